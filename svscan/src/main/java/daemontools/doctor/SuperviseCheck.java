package daemontools.doctor;

import daemontools.posix.Errno;
import daemontools.posix.FileStatus;
import daemontools.posix.LibC;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether supervise can use the directory {@code supervise} of a service, or make it. */
final class SuperviseCheck implements ServiceCheck {
    /** NFS, CIFS and SMB, by statfs(2)'s numbers. */
    private static final long[] NETWORK_FILE_SYSTEMS = {0x6969, 0xff534d42L, 0xfe534d42L, 0x517b};

    private final LibC libc;
    private final Files files;
    private final int uid;
    private final Map<String, String> users = new HashMap<>();

    /** @param uid the user that svscan runs as */
    SuperviseCheck(LibC libc, Files files, int uid) {
        this.libc = libc;
        this.files = files;
        this.uid = uid;
    }

    @Override
    public void check(Service service, Findings findings) {
        String path = service.path("supervise");
        FileStatus status = files.status(path);
        if (status != null && !status.isDirectory()) {
            findings.add(path, Diagnosis.SUPERVISE_NOT_WRITABLE, "it is no directory");
        } else if (status != null) {
            checkAccess(path, path, status, findings);
            checkUser(path, status, service.path(), findings);
            checkContents(path, service, findings);
        } else if (files.isMissing(path)) {
            checkCreation(path, service, findings);
        }
    }

    /** supervise makes the directory, or the one that a link names. */
    private void checkCreation(String path, Service service, Findings findings) {
        String target = files.target(path);
        String made = target == null ? path : Files.resolve(service.path(), target);
        String around = Files.parent(made);
        FileStatus status = files.status(around);
        if (status != null && status.isDirectory()) {
            checkAccess(path, around, status, findings);
        } else if (files.isMissing(around)) {
            findings.add(
                    path,
                    Diagnosis.SUPERVISE_NOT_WRITABLE,
                    "it is a link to " + target + ", and the directory around that is missing");
        }
    }

    /** @param directory where something is to be written: the directory itself, or the one around it */
    private void checkAccess(String path, String directory, FileStatus status, Findings findings) {
        int error = libc.eaccess(directory, LibC.W_OK);
        boolean isOurs = uid == (int) libc.getauxval(LibC.AT_EUID);
        boolean refused = isOurs ? error == -Errno.EACCES : lacks(status, Rights.WRITE | Rights.SEARCH);
        long flags = libc.mountFlags(directory);
        if (flags >= 0 && (flags & LibC.ST_RDONLY) != 0) {
            findings.add(path, Diagnosis.SUPERVISE_READ_ONLY, "it is on a file system that is mounted read-only");
        } else if (refused) {
            findings.add(path, Diagnosis.SUPERVISE_NOT_WRITABLE, "the user of svscan may not write there");
        } else if (isOnNetwork(directory)) {
            findings.add(path, Diagnosis.SUPERVISE_ON_NETWORK, "it is on a network file system");
        }
    }

    /** Of svscan's groups nothing is known. */
    private boolean lacks(FileStatus status, int rights) {
        boolean groupMay = (status.permissions() & 0020) != 0;
        return !groupMay && !Rights.has(status, uid, -1, rights);
    }

    private boolean isOnNetwork(String path) {
        long type = libc.statfs(path);
        for (long network : NETWORK_FILE_SYSTEMS) {
            if (type == network) return true;
        }
        return false;
    }

    private void checkUser(String path, FileStatus status, String service, Findings findings) {
        String other = users.putIfAbsent(status.device() + " " + status.inode(), service);
        if (other != null)
            findings.add(path, Diagnosis.SUPERVISE_SHARED, "it is the same directory as that of " + other);
    }

    private void checkContents(String path, Service service, Findings findings) {
        for (String name : new String[] {"control", "ok"}) {
            FileStatus status = files.status(path + "/" + name);
            if (status != null && !status.isFifo()) {
                findings.add(path + "/" + name, Diagnosis.NOT_A_FIFO, "it is no fifo");
            }
        }
        FileStatus lock = files.status(path + "/lock");
        if (lock != null && lacks(lock, Rights.WRITE)) {
            findings.add(path, Diagnosis.SUPERVISE_NOT_WRITABLE, "its file lock belongs to another user");
        }
        String supervisor = otherSupervisor(path, service);
        if (supervisor != null) findings.add(path, Diagnosis.OTHER_SUPERVISOR, supervisor + " has left files in it");
    }

    private @Nullable String otherSupervisor(String path, Service service) {
        if (files.exists(path + "/stat") && files.exists(path + "/pid")) return "runit";
        boolean isS6s = files.exists(path + "/death_tally") || files.isDirectory(service.path("event"));
        FileStatus status = isS6s ? files.status(path + "/status") : null;
        return status != null && status.size() != daemontools.service.Status.LENGTH ? "s6" : null;
    }
}

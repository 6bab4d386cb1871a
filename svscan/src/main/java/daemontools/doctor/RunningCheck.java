package daemontools.doctor;

import daemontools.posix.Bytes;
import daemontools.posix.Errno;
import daemontools.posix.FileStatus;
import daemontools.posix.LibC;
import daemontools.service.ServiceDirectory;
import daemontools.service.Status;
import daemontools.service.Want;
import java.util.List;

/** Whether what runs belongs together: one svscan, its supervises, their locks and fifos. */
final class RunningCheck implements ServiceCheck {
    private final LibC libc;
    private final Files files;
    private final Processes processes;
    private final Locks locks;
    private final List<Processes.Entry> svscans;

    /** @param svscans those that look at the directory of services */
    RunningCheck(LibC libc, Files files, Processes processes, List<Processes.Entry> svscans) {
        this.libc = libc;
        this.files = files;
        this.processes = processes;
        this.locks = new Locks(files);
        this.svscans = svscans;
    }

    @Override
    public void check(Service service, Findings findings) {
        FileStatus directory = files.status(service.path());
        if (directory == null) return;
        List<Processes.Entry> supervises = processes.supervises(directory);
        boolean answers = answers(service);
        if (!supervises.isEmpty() && !answers) {
            findings.add(
                    service.path("supervise"),
                    Diagnosis.SUPERVISE_REMOVED,
                    "it is not the one that the running supervise uses, "
                            + supervises.getFirst().pid());
        }
        checkLock(service, supervises, findings);
        checkOrigin(service, supervises, findings);
        if (answers && service.has("down") && isWantedUp(service)) {
            findings.add(service.path("down"), Diagnosis.DOWN_BUT_UP, "the service is up in spite of this file");
        }
    }

    /** Whether a supervise has its fifo open, as svok asks. */
    private boolean answers(Service service) {
        int fd = libc.open(service.path(ServiceDirectory.OK), LibC.O_WRONLY | LibC.O_NONBLOCK | LibC.O_CLOEXEC, 0);
        if (fd < 0) return fd != -Errno.ENXIO && fd != -Errno.ENOENT;
        libc.close(fd);
        return true;
    }

    private void checkLock(Service service, List<Processes.Entry> supervises, Findings findings) {
        FileStatus lock = files.status(service.path(ServiceDirectory.LOCK));
        int holder = lock == null ? 0 : locks.holder(lock);
        if (holder == 0 || !supervises.isEmpty()) return;
        String words = processes.words(holder);
        // Where we may not see its directory it can be the right supervise.
        if (words.isEmpty() || !files.exists("/proc/" + holder + "/cwd")) return;
        findings.add(
                service.path(ServiceDirectory.LOCK), Diagnosis.LOCK_HELD, "process " + holder + " holds it: " + words);
    }

    private void checkOrigin(Service service, List<Processes.Entry> supervises, Findings findings) {
        if (svscans.isEmpty()) return;
        for (Processes.Entry supervise : supervises) {
            boolean belongs = false;
            for (Processes.Entry svscan : svscans) belongs |= svscan.pid() == supervise.parent();
            if (belongs) continue;
            findings.add(
                    service.path(),
                    Diagnosis.STRAY_SUPERVISE,
                    "its supervise, process " + supervise.pid() + ", is not a child of the svscan that runs, process "
                            + svscans.getFirst().pid());
            return;
        }
    }

    private boolean isWantedUp(Service service) {
        String bytes = files.read(service.path(ServiceDirectory.STATUS), Status.LENGTH);
        if (bytes == null || bytes.length() < Status.LENGTH) return false;
        Status status = Status.decode(Bytes.of(bytes));
        return status.isUp() && status.want() == Want.UP;
    }
}

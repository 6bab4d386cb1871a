package daemontools.svscan;

import daemontools.posix.Bytes;
import daemontools.posix.Errno;
import daemontools.posix.LibC;
import daemontools.service.ServiceDirectory;
import java.util.ArrayList;
import java.util.List;

/**
 * The control fifos of supervises that run, found among the descriptors of each: the name of its directory may be gone,
 * or another's by now.
 */
final class ControlFifos {
    private static final String NAME = "/" + ServiceDirectory.CONTROL;
    /** What Linux puts after the name of a file that has none any more. */
    private static final String DELETED = " (deleted)";

    private final LibC libc;
    private final byte[] target = new byte[4096];

    ControlFifos(LibC libc) {
        this.libc = libc;
    }

    /**
     * Opens one for writing, by name where its supervise does not show it.
     *
     * @return the descriptor, or the error of the name
     */
    int open(ScannedService.Child supervise, String directory) {
        int fd = openOfProcess(supervise.pid());
        return fd >= 0 ? fd : ServiceDirectory.openFifo(libc, directory + NAME);
    }

    private int openOfProcess(int pid) {
        // In a /proc that is not of our PID namespace the number would be that of another process.
        if (!target("/proc/self").equals(String.valueOf(libc.getpid()))) return -Errno.ENOENT;
        String folder = "/proc/" + pid + "/fd";
        List<String> descriptors = new ArrayList<>();
        libc.listDirectory(folder, descriptors);
        for (String descriptor : descriptors) {
            String link = folder + "/" + descriptor;
            String file = target(link);
            if (file.endsWith(NAME) || file.endsWith(NAME + DELETED)) return ServiceDirectory.openFifo(libc, link);
        }
        return -Errno.ENOENT;
    }

    private String target(String link) {
        return Bytes.string(target, 0, Math.max(0, libc.readlink(link, target)));
    }
}

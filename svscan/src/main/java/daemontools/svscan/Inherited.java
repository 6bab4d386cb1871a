package daemontools.svscan;

import daemontools.posix.Bytes;
import daemontools.posix.LibC;
import daemontools.posix.Signals;
import java.util.HashSet;
import java.util.Set;

/**
 * The children of the first process that it did not start: what services left behind. They may hold the writing end of a
 * log's pipe, which then never comes to its end.
 */
final class Inherited {
    private static final String CHILDREN = "/proc/self/task/1/children";
    private static final int BUFFER = 4096;

    private final LibC libc;
    private final Launcher launcher;
    private final Set<Integer> told = new HashSet<>();

    Inherited(LibC libc, Launcher launcher) {
        this.libc = libc;
        this.launcher = launcher;
    }

    /** Asks each to end, once, as supervise does, or kills it. */
    void end(boolean kill) {
        for (String word : children().split(" ", -1)) {
            if (word.isEmpty()) continue;
            int pid = Integer.parseInt(word);
            if (launcher.isOurs(pid)) continue;
            if (kill) {
                libc.kill(pid, Signals.KILL);
            } else if (told.add(pid)) {
                libc.kill(pid, Signals.TERM);
                libc.kill(pid, Signals.CONT);
            }
        }
    }

    /** Their pids, each with a space after it; none where the kernel does not tell. */
    private String children() {
        StringBuilder pids = new StringBuilder();
        int fd = libc.open(CHILDREN, LibC.O_RDONLY | LibC.O_CLOEXEC, 0);
        if (fd < 0) return "";
        byte[] buffer = new byte[BUFFER];
        for (int count = libc.read(fd, buffer, 0, BUFFER); count > 0; count = libc.read(fd, buffer, 0, BUFFER)) {
            pids.append(Bytes.string(buffer, 0, count));
        }
        libc.close(fd);
        return pids.toString();
    }
}

package daemontools.svscan;

import daemontools.common.Diagnostics;
import daemontools.common.PathSearch;
import daemontools.posix.ChildSetup;
import daemontools.posix.Errno;
import daemontools.posix.FileStatus;
import daemontools.posix.LibC;
import daemontools.svscan.ScannedService.Child;
import java.util.HashMap;
import java.util.Map;

/** Starts supervises, and knows which of them run (spec 3.1). */
final class Launcher {
    private static final int STANDARD_INPUT = 0;
    private static final int STANDARD_OUTPUT = 1;
    private static final int ANY_CHILD = -1;

    private final LibC libc;
    private final Diagnostics say;
    private final String path;
    private final long blockedSignals;
    private final FileStatus status = new FileStatus();
    private final int[] exitStatus = new int[1];
    private final Map<Integer, Child> running = new HashMap<>();
    private boolean childless;

    /** @param blockedSignals the signals that supervises are to find blocked */
    Launcher(LibC libc, Diagnostics say, long blockedSignals) {
        this.libc = libc;
        this.say = say;
        this.path = libc.getenv("PATH");
        this.blockedSignals = blockedSignals;
    }

    /** Takes note of all children that have ended, also of those that we never started. */
    void collectEnded() {
        while (true) {
            int pid = libc.waitpid(ANY_CHILD, LibC.WNOHANG, exitStatus);
            childless = pid == -Errno.ECHILD;
            if (pid <= 0) return;
            Child child = running.remove(pid);
            if (child != null) child.setPid(0);
        }
    }

    /** How many of the supervises that were started were not yet seen to end. */
    int running() {
        return running.size();
    }

    boolean isOurs(int pid) {
        return running.containsKey(pid);
    }

    /** Whether there was no child left, of whatever origin, when they were last collected. */
    boolean isChildless() {
        return childless;
    }

    /** Starts what does not run of a service; what fails is warned of, and false. Without room for a process no log is tried. */
    boolean startMissing(ScannedService service) {
        int main = service.main().isRunning() ? 0 : startMain(service);
        return !isLackOfProcesses(main) && startMissingLog(service) && main >= 0;
    }

    private int startMain(ScannedService service) {
        ChildSetup setup = service.isLogged()
                ? new ChildSetup(0, blockedSignals, service.pipeWriter(), STANDARD_OUTPUT)
                : new ChildSetup(0, blockedSignals);
        return start(service.main(), service.name(), service.name(), setup);
    }

    /** Starts the supervise of a service's log if there is to be one and it does not run; what fails is warned of, and false. */
    boolean startMissingLog(ScannedService service) {
        if (!service.isLogged() || service.log().isRunning()) return true;
        String name = service.name();
        int error = libc.stat(name + "/.", status);
        if (error < 0) {
            say.warn("unable to switch to " + name, error);
            return false;
        }
        ChildSetup setup = new ChildSetup(0, blockedSignals, service.pipeReader(), STANDARD_INPUT);
        return start(service.log(), "log", name + "/log", setup.in(name)) >= 0;
    }

    /** Returns the pid, or the negative error number. */
    private int start(Child child, String directory, String label, ChildSetup setup) {
        String[] argv = {"supervise", directory};
        int pid = PathSearch.run("supervise", path, program -> {
            // Spares a child for each place where there is no such program.
            if (program.startsWith("/") && libc.stat(program, status) == -Errno.ENOENT) return -Errno.ENOENT;
            return libc.spawn(program, argv, null, setup);
        });
        if (isLackOfProcesses(pid)) {
            say.warn("unable to fork for " + label, pid);
        } else if (pid < 0) {
            say.warn("unable to start supervise " + label, pid);
        } else {
            child.setPid(pid);
            running.put(pid, child);
        }
        return pid;
    }

    private static boolean isLackOfProcesses(int error) {
        return error == -Errno.EAGAIN || error == -Errno.ENOMEM;
    }
}

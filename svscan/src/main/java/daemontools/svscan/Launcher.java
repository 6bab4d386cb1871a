package daemontools.svscan;

import daemontools.common.Diagnostics;
import daemontools.common.Environment;
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

    private final LibC libc;
    private final Diagnostics say;
    private final String path;
    private final long blockedSignals;
    private final FileStatus status = new FileStatus();
    private final Map<Integer, Child> running = new HashMap<>();

    Launcher(LibC libc, Diagnostics say) {
        this.libc = libc;
        this.say = say;
        this.path = Environment.value(libc.environment(), "PATH");
        this.blockedSignals = libc.blockedSignals();
    }

    /** Takes note that a child has ended. */
    void ended(int pid) {
        Child child = running.remove(pid);
        if (child != null) child.setPid(0);
    }

    /** Starts what does not run of a service; what fails is warned of, and tried again on the next pass. */
    void startMissing(ScannedService service, String name) {
        if (!service.main().isRunning()) {
            ChildSetup setup = service.isLogged()
                    ? new ChildSetup(0, blockedSignals, service.pipeWriter(), STANDARD_OUTPUT)
                    : new ChildSetup(0, blockedSignals);
            start(service.main(), name, name, setup);
        }
        if (service.isLogged() && !service.log().isRunning()) {
            int error = libc.stat(name + "/.", status);
            if (error < 0) {
                say.warn("unable to switch to " + name, error);
                return;
            }
            ChildSetup setup = new ChildSetup(0, blockedSignals, service.pipeReader(), STANDARD_INPUT);
            start(service.log(), "log", name + "/log", setup.in(name));
        }
    }

    private void start(Child child, String directory, String label, ChildSetup setup) {
        String[] argv = {"supervise", directory};
        int pid = PathSearch.run("supervise", path, program -> {
            // Spares a child for each place where there is no such program.
            if (program.startsWith("/") && libc.stat(program, status) == -Errno.ENOENT) return -Errno.ENOENT;
            return libc.spawn(program, argv, null, setup);
        });
        if (pid == -Errno.EAGAIN || pid == -Errno.ENOMEM) {
            say.warn("unable to fork for " + label, pid);
        } else if (pid < 0) {
            say.warn("unable to start supervise " + label, pid);
        } else {
            child.setPid(pid);
            running.put(pid, child);
        }
    }
}

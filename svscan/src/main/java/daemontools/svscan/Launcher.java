package daemontools.svscan;

import daemontools.common.Diagnostics;
import daemontools.common.PathSearch;
import daemontools.posix.ChildSetup;
import daemontools.posix.Errno;
import daemontools.posix.FileStatus;
import daemontools.posix.LibC;
import daemontools.posix.PathBuffer;
import java.util.List;
import java.util.function.ToIntFunction;

/** Starts supervises, and knows which of them run (spec 3.1). Takes memory for a new service only. */
final class Launcher {
    static final String SUPERVISE = "supervise";
    private static final int ANY_CHILD = -1;

    private final LibC libc;
    private final Diagnostics say;
    private final long blockedSignals;
    private final RunningChildren running = new RunningChildren();
    private final List<String> places;
    private final ToIntFunction<String> attempt = this::start;
    private final PathBuffer path = new PathBuffer();
    private final FileStatus status = new FileStatus();
    private final int[] exitStatus = new int[1];
    private final String[] argv = {SUPERVISE, ""};
    private final ChildSetup unlogged;
    private Child starting = new Child();
    private boolean childless;

    /** @param blockedSignals the signals that are blocked when a supervise starts */
    Launcher(LibC libc, Diagnostics say, long blockedSignals) {
        this.libc = libc;
        this.say = say;
        this.blockedSignals = blockedSignals;
        this.unlogged = new ChildSetup(0, blockedSignals);
        this.places = PathSearch.places(SUPERVISE, libc.getenv("PATH"));
    }

    /** Collects all children that have ended, also those that svscan did not start. */
    void collectEnded() {
        while (true) {
            int pid = libc.waitpid(ANY_CHILD, LibC.WNOHANG, exitStatus);
            childless = pid == -Errno.ECHILD;
            if (pid <= 0) return;
            Child child = running.find(pid);
            if (child != null) running.remove(child);
        }
    }

    /** The number of supervises that run, as far as is known. */
    int running() {
        return running.count();
    }

    boolean isOurs(int pid) {
        return running.find(pid) != null;
    }

    /** Whether there was no child of any kind left when they were last collected. */
    boolean isChildless() {
        return childless;
    }

    /** Prepares the start of the catch-all log's supervise. */
    void prepareCatchAll(ScannedService service, String name, int[] descriptors) {
        service.main().prepare(name, name, new ChildSetup(0, blockedSignals, descriptors));
        service.setName(name);
    }

    /** Prepares the start of a service's supervises. This takes memory; the start itself takes none. */
    void prepare(ScannedService service, String name) {
        if (service.isLogged()) {
            service.main().prepare(name, name, new ChildSetup(0, blockedSignals, service.output()));
            ChildSetup inDirectory = new ChildSetup(0, blockedSignals, service.input()).in(name);
            service.log().prepare(name + "/log", "log", inDirectory);
        } else {
            service.main().prepare(name, name, unlogged);
        }
        service.setName(name);
    }

    /**
     * Starts the supervises of a service that do not run. Warns of a failure and returns false. If no process can be made
     * for the service, its log is not tried.
     */
    boolean startMissing(ScannedService service) {
        int main = service.main().isRunning() ? 0 : start(service.main());
        return !Errno.isLackOfProcesses(main) && startMissingLog(service) && main >= 0;
    }

    /** The same for the service's log alone, if it has one. */
    boolean startMissingLog(ScannedService service) {
        if (!service.isLogged() || service.log().isRunning()) return true;
        path.begin().add(service.name()).add("/.");
        int error = libc.stat(path.bytes(), status);
        if (error < 0) {
            say.warn("unable to switch to ", service.name(), "", error);
            return false;
        }
        return start(service.log()) >= 0;
    }

    /** Returns the pid, or the negative error number. */
    private int start(Child child) {
        starting = child;
        argv[1] = child.operand();
        int pid = PathSearch.run(places, attempt);
        if (Errno.isLackOfProcesses(pid)) {
            say.warn("unable to fork for ", child.name(), "", pid);
        } else if (pid < 0) {
            say.warn("unable to start supervise ", child.name(), "", pid);
        } else {
            child.setPid(pid);
            running.add(child);
        }
        return pid;
    }

    private int start(String program) {
        // Makes no child for a folder of PATH that has no supervise.
        if (program.startsWith("/") && libc.stat(program, status) == -Errno.ENOENT) return -Errno.ENOENT;
        return libc.spawn(program, argv, null, starting.setup());
    }
}

package daemontools.supervise;

import daemontools.common.Diagnostics;
import daemontools.common.Pause;
import daemontools.posix.ChildSetup;
import daemontools.posix.Errno;
import daemontools.posix.LibC;
import daemontools.posix.Signals;
import daemontools.service.ServiceDirectory;
import daemontools.service.StatusFile;
import daemontools.service.Want;

/** The service that is supervised: its state, and the single steps that change it (spec 2.2-2.4). */
final class Service {
    /** A start is never followed by another within a second. */
    private static final int PAUSE_AFTER_START = 1;
    /** When there can be no child, there may be one later. */
    private static final int PAUSE_AFTER_FAILED_FORK = 60;

    private static final String[] RUN = {ServiceDirectory.RUN};
    private static final String SHELL = "/bin/sh";
    private static final int STANDARD_OUTPUT = 1;
    private static final int STANDARD_ERROR = 2;

    private final LibC libc;
    private final Diagnostics say;
    private final StatusFile statusFile;
    private final String directory;
    private final ChildSetup childSetup;

    /** In nanoseconds since the UNIX epoch. */
    private long since;

    private int pid;
    private boolean paused;
    private Want want;
    private boolean exitWhenDown;
    private boolean startFailed;

    /** @param blockedSignals the signals that ./run is to find blocked: those we were started with, but SIGCHLD */
    Service(LibC libc, Diagnostics say, StatusFile statusFile, String directory, long blockedSignals, Want want) {
        this.libc = libc;
        this.say = say;
        this.statusFile = statusFile;
        this.directory = directory;
        this.childSetup = new ChildSetup(Signals.set(Signals.CHLD), blockedSignals);
        this.want = want;
        markDown();
    }

    boolean isUp() {
        return pid != 0;
    }

    int pid() {
        return pid;
    }

    /** Whether supervise is to end now. */
    boolean isFinished() {
        return exitWhenDown && !isUp();
    }

    /** Whether the service is wanted up and only a failed start keeps it down, so that no death will lead to the next. */
    boolean needsAnotherStart() {
        return startFailed && want == Want.UP && !exitWhenDown;
    }

    void want(Want wanted) {
        want = wanted;
    }

    void markPaused(boolean isPaused) {
        paused = isPaused;
    }

    void exitWhenDown() {
        exitWhenDown = true;
    }

    void markDown() {
        pid = 0;
        since = libc.clockGettime(LibC.CLOCK_REALTIME);
    }

    /** A service that is down is not paused, whatever was asked for. */
    void writeStatus() {
        statusFile.write(since, pid, paused && isUp(), want);
    }

    void signal(int number) {
        libc.kill(pid, number);
    }

    void startIfWanted() {
        if (want == Want.UP && !exitWhenDown) start();
    }

    /** Starts ./run and waits a second; whatever comes in the meantime is seen after it. */
    void start() {
        int child = libc.spawn(ServiceDirectory.RUN, RUN, null, childSetup);
        if (cannotBeExecuted(child)) child = startReporterOf(child);
        startFailed = child < 0;
        if (!startFailed) {
            pid = child;
            paused = false;
            since = libc.clockGettime(LibC.CLOCK_REALTIME);
            writeStatus();
            Pause.seconds(libc, PAUSE_AFTER_START);
        } else if (cannotBeExecuted(child)) {
            Pause.seconds(libc, PAUSE_AFTER_START);
        } else {
            say.warn("unable to fork for " + directory + ", sleeping 60 seconds", child);
            Pause.seconds(libc, PAUSE_AFTER_FAILED_FORK);
        }
    }

    /** Whether it was the program that could not be started, and not the child that could not be made. */
    private static boolean cannotBeExecuted(int child) {
        return child < 0 && child != -Errno.EAGAIN && child != -Errno.ENOMEM;
    }

    /**
     * In 0.76 it is a child that finds ./run impossible to execute, says so and exits 111, and is taken for the
     * service; {@link LibC#spawn} leaves no child behind, so a shell is that child. A shell may lack a descriptor to
     * redirect its output with, and complains of a directory that is gone: it starts with the one and without the other.
     */
    private int startReporterOf(int error) {
        String message = "supervise: fatal: unable to start " + directory + "/run: " + Errno.text(error);
        int child = startShell("printf '%s\\n' \"$0\"; exit 111", message, STANDARD_ERROR, STANDARD_OUTPUT);
        if (child == -Errno.EBADF) child = startShell("exit 111", message);
        if (cannotBeExecuted(child)) Diagnostics.print(libc, message);
        return child;
    }

    private int startShell(String script, String name, int... descriptors) {
        ChildSetup setup = new ChildSetup(childSetup.defaultSignals(), childSetup.blockedSignals(), descriptors);
        return libc.spawn(SHELL, new String[] {"sh", "-c", script, name}, null, setup.in("/"));
    }
}

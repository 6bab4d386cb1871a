package daemontools.supervise;

import daemontools.common.Diagnostics;
import daemontools.common.Pause;
import daemontools.posix.LibC;
import daemontools.service.StatusFile;
import daemontools.service.Want;

/** The service that is supervised: its state, and the single steps that change it (spec 2.2-2.4). */
final class Service {
    /** A start is never followed by another within a second. */
    private static final int PAUSE_AFTER_START = 1;
    /** When there can be no child, there may be one later. */
    private static final int PAUSE_AFTER_FAILED_FORK = 60;

    private final LibC libc;
    private final Diagnostics say;
    private final StatusFile statusFile;
    private final String directory;
    private final Run run;

    /** In nanoseconds since the UNIX epoch. */
    private long since;

    private int pid;
    private boolean paused;
    private Want want;
    private boolean exitWhenDown;
    private boolean startFailed;

    Service(LibC libc, Diagnostics say, StatusFile statusFile, String directory, Run run, Want want) {
        this.libc = libc;
        this.say = say;
        this.statusFile = statusFile;
        this.directory = directory;
        this.run = run;
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

    /** Whether the service is wanted up and only a failed fork keeps it down, so that no death will lead to the next. */
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

    /** Starts ./run again. Nobody waits for the status to say so, as after a command, so it may take a little longer. */
    void startIfWanted() {
        if (want == Want.UP && !exitWhenDown) started(run.startAgain());
    }

    /** Starts ./run. */
    void start() {
        started(run.start());
    }

    /** Waits a second when a child was made; whatever comes in the meantime is seen after it. */
    private void started(int child) {
        startFailed = child < 0;
        if (startFailed) {
            say.warn("unable to fork for ", directory, ", sleeping 60 seconds", child);
            Pause.seconds(libc, PAUSE_AFTER_FAILED_FORK);
        } else {
            pid = child;
            paused = false;
            since = libc.clockGettime(LibC.CLOCK_REALTIME);
            writeStatus();
            Pause.seconds(libc, PAUSE_AFTER_START);
        }
    }
}

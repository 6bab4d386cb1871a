package daemontools.supervise;

import daemontools.common.Diagnostics;
import daemontools.posix.LibC;
import daemontools.posix.Signals;
import daemontools.service.Setting;
import daemontools.service.Settings;
import daemontools.service.Status;
import daemontools.service.StatusFile;
import daemontools.service.StatusReader;
import daemontools.service.Want;

/** The service that is supervised: its state, and the single steps that change it (spec 2.2-2.4). */
final class Service {
    private static final long KILL_MILLIS = 5000;
    /** ./finish exits with it where the service is not to be started again. */
    private static final int FAILED_FOR_GOOD = 125;

    private final LibC libc;
    private final Diagnostics say;
    private final String directory;
    private final StatusFile statusFile;
    private final DetailsFile details;
    private final Settings settings;
    private final Deadlines deadlines;
    private final Notifications notifications;
    private final Starts starts;
    private final Restarts restarts;
    private final Processes processes;
    private final Child run;
    private final Readiness readiness;
    private final History history = new History();

    /** In nanoseconds since the UNIX epoch. */
    private long since;

    private Want want;
    private boolean paused;
    private boolean exitWhenDown;
    private boolean startsAfterwards;
    private boolean failed;

    /**
     * @param directory the service directory as messages are to name it; the files are those of the current one
     * @param blockedSignals the signals that the service is to find blocked
     */
    Service(LibC libc, Diagnostics say, String directory, long blockedSignals, Want want) {
        this.libc = libc;
        this.say = say;
        this.directory = directory;
        this.want = want;
        this.statusFile = new StatusFile(libc, say, directory);
        this.details = new DetailsFile(libc, say, directory);
        this.settings = new Settings(libc, say, directory);
        this.deadlines = new Deadlines(libc);
        this.notifications = new Notifications(libc, say, directory, settings);
        this.restarts = new Restarts(libc, settings);
        Program check = new Program(libc, say, directory, Setting.CHECK.file(), blockedSignals);
        this.processes = new Processes(libc, check, deadlines.checkKill);
        this.run = processes.run();
        this.readiness = new Readiness(libc, say, directory, settings, deadlines, processes.check());
        this.starts = new Starts(
                libc, say, directory, blockedSignals, settings, deadlines, notifications, processes.leftBehind());
        this.since = libc.clockGettime(LibC.CLOCK_REALTIME);
    }

    // ---- what it is ----

    State state() {
        return processes.state();
    }

    /** Whether supervise is to end now. */
    boolean isFinished() {
        return exitWhenDown && state() == State.DOWN;
    }

    boolean wantsStart() {
        return (want == Want.UP || startsAfterwards) && !exitWhenDown;
    }

    Deadlines deadlines() {
        return deadlines;
    }

    Notifications notifications() {
        return notifications;
    }

    Processes processes() {
        return processes;
    }

    Readiness readiness() {
        return readiness;
    }

    // ---- the ends of its processes ----

    /** What the ends of processes mean, one at a time; at last {@link Event#NOTHING}. */
    Event nextEnd() {
        return processes.nextEnd(settings.isDaemon());
    }

    void markDown() {
        since = libc.clockGettime(LibC.CLOCK_REALTIME);
        history.ended(run.exit(), since);
        deadlines.kill.unset();
        restarts.ended(readiness.isReady());
        readiness.end();
        notifications.closePipe();
        run.forget();
        if (restarts.haveFailed()) fail(" ended too often: leaving it down");
    }

    /** What ./run left behind is the service. */
    void takeOldest() {
        run.began(processes.leftBehind().oldest(), false);
        starts.note(run.pid());
    }

    void endWhatIsLeft() {
        if (!processes.leftBehind().end(downSignal())) return;
        long limit = settings.value(Setting.TIMEOUT_KILL, KILL_MILLIS);
        if (limit > 0) deadlines.kill.setIn(limit);
    }

    void markClean() {
        processes.leftBehind().ended();
        deadlines.kill.unset();
    }

    /** Starts ./finish where there is one, unless something is left that is to end first. */
    void startFinish() {
        if (state() == State.DOWN && !starts.finish(processes.finish(), history)) history.finished();
    }

    void markFinished() {
        deadlines.kill.unset();
        history.finished();
        if (processes.finish().exit() == FAILED_FOR_GOOD) fail(" has failed for good, says ./finish: leaving it down");
        processes.finish().forget();
    }

    private void fail(String why) {
        want(Want.DOWN);
        failed = true;
        say.warn("", directory, why);
    }

    // ---- starts ----

    void start() {
        starts.start(this);
    }

    void startIfWanted() {
        starts.startAgain(this);
    }

    void startNow() {
        starts.startNow(this, true);
    }

    /** It is started once more when its processes have ended, if it is not to be down then. */
    void startAfterwards() {
        startsAfterwards = want != Want.DOWN;
    }

    /** When the next start may be, in monotonic nanoseconds; zero is at once. */
    long restartsAt() {
        return startsAfterwards ? 0 : restarts.nextStart();
    }

    /** ./run was started. */
    void began(int pid, boolean leadsGroup) {
        run.began(pid, leadsGroup);
        paused = false;
        startsAfterwards = false;
        since = libc.clockGettime(LibC.CLOCK_REALTIME);
        history.started(pid);
        restarts.started();
        readiness.begin();
        write();
    }

    /** Takes over what a supervise that was killed has left running, with the state that it had; whether there is any. */
    boolean takeOver() {
        details.goOn();
        if (!starts.takeOver(processes)) return false;
        Status status = new StatusReader(libc).read();
        if (status != null && status.isUp() && status.pid() == run.pid()) {
            since = status.since().unixNanos();
            paused = status.paused();
            want = status.want();
        }
        if (!run.isThere()) return true;
        history.started(run.pid());
        restarts.started();
        readiness.begin();
        return true;
    }

    // ---- what is wanted ----

    void want(Want wanted) {
        want = wanted;
        if (wanted == Want.DOWN) {
            deadlines.start.unset();
            startsAfterwards = false;
        } else {
            failed = false;
            restarts.forget();
        }
    }

    void markPaused(boolean isPaused) {
        paused = isPaused;
    }

    void exitWhenDown() {
        exitWhenDown = true;
    }

    // ---- signals ----

    void signal(int number) {
        run.signal(number);
    }

    /** Asks ./run to end, and sees to it that it does so in time. */
    void signalDown() {
        readiness.beAtRest();
        run.signal(downSignal());
        long limit = settings.value(Setting.TIMEOUT_KILL, 0);
        if (limit > 0 && !deadlines.kill.isSet()) deadlines.kill.setIn(limit);
    }

    void signalReload() {
        run.signal((int) settings.value(Setting.RELOAD_SIGNAL, Signals.HUP));
    }

    private int downSignal() {
        return (int) settings.value(Setting.DOWN_SIGNAL, Signals.TERM);
    }

    void killAll() {
        processes.kill(settings.isDaemon());
    }

    void markReady() {
        if (readiness.begins()) history.becameReady();
    }

    void markCheckFailed() {
        if (readiness.failsForGood()) Event.IS_STUCK.happenTo(this);
    }

    // ---- what others see ----

    /** A service that is down is not paused, whatever was asked for. */
    void write() {
        statusFile.write(since, run.pid(), paused && run.isThere(), want);
        details.write(this);
    }

    void writeDetails() {
        details.write(this);
    }

    void keepDetails() {
        details.keep();
        details.write(this);
    }

    /** Adds the lines of {@code supervise/details}. */
    void describe(DetailsText text) {
        text.add("state", state().word()).add("pid", run.pid()).addTime("since", since);
        text.add("want", want.word()).add("paused", paused && run.isThere()).add("exiting", exitWhenDown);
        text.add("failed", failed);
        readiness.describe(text);
        history.describe(text);
        if (deadlines.start.isSet()) text.addTime("next-start", deadlines.start.inUnixNanos());
        if (state() == State.LINGERING)
            text.add("lingering", processes.leftBehind().count());
    }
}

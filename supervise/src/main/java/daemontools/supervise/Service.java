package daemontools.supervise;

import daemontools.posix.Signals;
import daemontools.service.Details;
import daemontools.service.Setting;
import daemontools.service.Settings;
import daemontools.service.Status;
import daemontools.service.Want;

/** The service that is supervised: its state, and the single steps that change it (spec 2.2-2.4). */
final class Service {
    /** ./finish exits with it where the service is not to be started again. */
    private static final int FAILED_FOR_GOOD = 125;

    private final Context context;
    private final Shown shown;
    private final Settings settings;
    private final Deadlines deadlines;
    private final Notifications notifications;
    private final Starts starts;
    private final Restarts restarts;
    private final Wish wish;
    private final Processes processes;
    private final Child run;
    private final Readiness readiness;
    private final Signalling signalling;
    private final History history = new History();

    Service(Context context, Want want) {
        this.context = context;
        this.shown = new Shown(context);
        this.settings = new Settings(context.libc(), context.say(), context.directory());
        this.deadlines = new Deadlines(context.libc());
        this.notifications = new Notifications(context, settings);
        this.restarts = new Restarts(context.libc(), settings);
        this.wish = new Wish(want, deadlines.start, restarts);
        Program check = new Program(context, Setting.CHECK.file());
        this.processes = new Processes(context.libc(), check, deadlines.checkKill);
        this.run = processes.run();
        this.readiness = new Readiness(context, settings, deadlines, processes.check());
        this.signalling = new Signalling(settings, deadlines.kill, processes, readiness);
        this.starts = new Starts(context, settings, deadlines, notifications, processes.leftBehind());
    }

    // ---- what it is ----

    State state() {
        return processes.state();
    }

    /** Whether supervise is to end now. */
    boolean isFinished() {
        return wish.exits() && state() == State.DOWN;
    }

    /** How supervise ends where it ends as its service did: see {@link History#exitCode}. */
    int exitCode() {
        return history.exitCode();
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

    Signalling signalling() {
        return signalling;
    }

    Wish wish() {
        return wish;
    }

    Shown shown() {
        return shown;
    }

    // ---- the ends of its processes ----

    /** What the ends of processes mean, one at a time; at last {@link Event#NOTHING}. */
    Event nextEnd() {
        return processes.nextEnd(settings.isDaemon());
    }

    void markDown() {
        history.ended(run.exit(), shown.change());
        deadlines.kill.unset();
        restarts.ended(readiness.isReady(), wish.isEndAskedFor());
        readiness.end();
        notifications.closePipe();
        run.forget();
        if (restarts.haveFailed()) fail(" ended too often: leaving it down");
    }

    /** What ./run left behind is the service. */
    void takeOldest() {
        run.began(processes.leftBehind().oldest(), false);
        starts.note(run.pid());
        if (!wish.isEnd()) return;
        signalling.sendDown();
        signalling.send(Signals.CONT);
    }

    void markClean() {
        processes.leftBehind().ended();
        deadlines.kill.unset();
    }

    /** Starts ./finish where there is one, unless something is left that is to end first. */
    void startFinish() {
        if (state() == State.DOWN && !starts.finish(processes.finish(), history)) history.finished();
    }

    /** What ./finish leaves behind has had its time. */
    void markFinished() {
        deadlines.kill.unset();
        history.finished();
        if (processes.finish().exit() == FAILED_FOR_GOOD) fail(" has failed for good, says ./finish: leaving it down");
        processes.finish().forget();
        processes.leftBehind().kill();
    }

    private void fail(String why) {
        wish.fail();
        if (context.isAlone()) wish.exitWhenDown();
        context.say().warn("", context.directory(), why);
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

    /** When it may be started again, in monotonic nanoseconds; zero is at once. */
    long restartsAt() {
        return wish.isStartAtOnce() ? 0 : restarts.nextStart();
    }

    /** ./run was started. */
    void began(int pid, boolean leadsGroup) {
        run.began(pid, leadsGroup);
        processes.leftBehind().ended();
        wish.started();
        shown.pause(false);
        shown.change();
        goOn();
        write();
    }

    private void goOn() {
        history.started(run.pid());
        restarts.started();
        readiness.begin();
    }

    /** Takes over what a supervise that was killed has left running, with the state that it had; whether there is any. */
    boolean takeOver() {
        shown.goOnWithDetails();
        if (!starts.takeOver(processes)) return false;
        if (run.isThere()) {
            Status before = shown.goOn(run.pid());
            if (before != null) wish.goOn(before.want());
            goOn();
            takeOverReadiness();
        }
        return true;
    }

    /** Without details of that run nobody knows whether it is ready. */
    private void takeOverReadiness() {
        Details details = Details.read(context.libc());
        if (details == null || details.number(Details.Fact.PID) != run.pid()) return;
        if (details.is(Details.Fact.READY)) {
            readiness.isSince(details.nanos(Details.Fact.READY_SINCE));
            history.becameReady();
        } else {
            notifications.reopenPipe(run.pid());
        }
    }

    // ---- what it shows of itself ----

    void markReady() {
        if (readiness.begins()) history.becameReady();
    }

    void markCheckFailed() {
        if (readiness.failsForGood()) Event.IS_STUCK.happenTo(this);
    }

    // ---- what others see ----

    void write() {
        writeStatus();
        writeDetails();
    }

    void writeStatus() {
        shown.writeStatus(run, wish);
    }

    void writeDetails() {
        shown.writeDetails(this);
    }

    /** Adds the lines of {@code supervise/details}. */
    void describe(DetailsText text) {
        shown.describe(text, this);
        readiness.describe(text);
        history.describe(text);
        if (deadlines.start.isSet()) text.addTime("next-start", deadlines.start.inUnixNanos());
        if (state() == State.LINGERING)
            text.add("lingering", processes.leftBehind().count());
    }
}

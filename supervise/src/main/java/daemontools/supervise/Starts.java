package daemontools.supervise;

import daemontools.posix.LibC;
import daemontools.service.Setting;
import daemontools.service.Settings;
import org.jspecify.annotations.Nullable;

/** When and how ./run and ./finish are started, with all that the settings of the moment ask for. */
final class Starts {
    /** A start is never followed by another within a second. */
    private static final int MILLIS_AFTER_START = 1000;
    /** When there can be no child, there may be one later. */
    private static final int MILLIS_AFTER_FAILED_FORK = 60_000;

    private static final long FINISH_MILLIS = 5000;

    private final LibC libc;
    private final Context context;
    private final Settings settings;
    private final Deadlines deadlines;
    private final Notifications notifications;
    private final LeftBehind leftBehind;
    private final Program run;
    private final Program finish;
    private final ProcessRecord runRecord;
    private final ProcessRecord finishRecord;
    private final ChildExtras runExtras = new ChildExtras();
    private final ChildExtras finishExtras = new ChildExtras();

    /** Monotonic nanoseconds; zero where nothing stands in the way of a start. */
    private long earliest;
    /** Whether there was nothing to read in the service directory when ./run ended, just now. */
    private boolean isKnownToBePlain;

    Starts(
            Context context,
            Settings settings,
            Deadlines deadlines,
            Notifications notifications,
            LeftBehind leftBehind) {
        this.libc = context.libc();
        this.context = context;
        this.settings = settings;
        this.deadlines = deadlines;
        this.notifications = notifications;
        this.leftBehind = leftBehind;
        this.run = new Program(context, Program.RUN);
        this.finish = new Program(context, Setting.FINISH.file());
        this.runRecord = new ProcessRecord(context, Program.RUN);
        this.finishRecord = new ProcessRecord(context, Setting.FINISH.file());
    }

    /** Starts ./run because a command asks for it: at once, if its last start is a second ago. */
    void start(Service service) {
        startAt(earliest, service, false);
    }

    /** Starts ./run again if it is wanted, and nothing of its last run is left. */
    void startAgain(Service service) {
        if (service.state() == State.DOWN && service.wish().isStart()) {
            startAt(Math.max(earliest, service.restartsAt()), service, true);
        }
        isKnownToBePlain = false;
    }

    /** Without a wait there is nothing to ask the clock for. */
    private void startAt(long moment, Service service, boolean again) {
        if (moment == 0 || moment <= libc.clockGettime(LibC.CLOCK_MONOTONIC)) {
            startNow(service, again);
        } else {
            deadlines.start.setTo(moment);
            service.writeDetails();
        }
    }

    /** @param again whether nobody waits for the status to say so, as after a command: it may take a little longer */
    void startNow(Service service, boolean again) {
        deadlines.start.unset();
        if (!isKnownToBePlain) settings.look(true);
        leftBehind.reap(settings.has(Setting.ORPHANAGE));
        notifications.prepare(runExtras);
        int pid = settings.any() ? startWithSettings() : again ? run.startAgain() : run.start(ChildExtras.NONE);
        notifications.started();
        if (pid < 0) hasFailed(service, pid);
        else hasStarted(service, pid);
    }

    private int startWithSettings() {
        return run.start(runExtras.leadingSession(leadsGroup()).notedIn(record(runRecord)));
    }

    private void hasFailed(Service service, int error) {
        context.say().warn("unable to fork for ", context.directory(), ", sleeping 60 seconds", error);
        if (isDeafAfterwards()) deadlines.deaf.setIn(MILLIS_AFTER_FAILED_FORK);
        if (service.wish().isStart()) deadlines.start.setIn(MILLIS_AFTER_FAILED_FORK);
        service.writeDetails();
    }

    private void hasStarted(Service service, int pid) {
        earliest = 0;
        service.began(pid, leadsGroup());
        if (!isDeafAfterwards()) {
            earliest = libc.clockGettime(LibC.CLOCK_MONOTONIC) + MILLIS_AFTER_START * Deadline.NANOS_PER_MILLI;
        } else {
            deadlines.deaf.setIn(MILLIS_AFTER_START);
        }
    }

    /** Whether nothing of ours is in play: then it is as deaf as 0.76's (spec 2.4). */
    private boolean isDeafAfterwards() {
        return !settings.any() && !context.isAlone();
    }

    /** Starts ./finish where there is one; whether it runs now. */
    boolean finish(Child child, History history) {
        settings.look(false);
        isKnownToBePlain = settings.areNone();
        if (!settings.has(Setting.FINISH)) return false;
        finishExtras.leadingSession(leadsGroup()).notedIn(record(finishRecord));
        int pid = finish.start(finishExtras, history.operands(context.directory()));
        if (pid < 0) {
            context.say().warn("unable to fork for ", context.directory(), "/finish: skipping it", pid);
            return false;
        }
        child.began(pid, leadsGroup());
        limitFinish();
        return true;
    }

    private void limitFinish() {
        long limit = settings.value(Setting.TIMEOUT_FINISH, FINISH_MILLIS);
        if (limit > 0) deadlines.kill.setIn(limit);
    }

    /** Makes a process that stands for ./run now the noted one. */
    void note(int pid) {
        if (settings.has(Setting.ADOPT)) runRecord.write(pid);
    }

    /** Takes over what runs of a supervise that was killed: ./run, or ./finish. */
    boolean takeOver(Processes processes) {
        settings.look(false);
        if (!settings.has(Setting.ADOPT)) return false;
        leftBehind.reap(settings.has(Setting.ORPHANAGE));
        notifications.prepareSocket();
        boolean isRun = takeOver(processes.run(), runRecord);
        boolean isFinish = !isRun && takeOver(processes.finish(), finishRecord);
        if (isFinish) limitFinish();
        runRecord.reserve();
        finishRecord.reserve();
        return isRun || isFinish;
    }

    /** What the record says must still be true once the process is ours: its number could have become another's. */
    private boolean takeOver(Child child, ProcessRecord record) {
        int pid = record.running();
        if (pid == 0 || !child.takeOver(pid, leadsGroup())) return false;
        if (record.running() == pid) return true;
        child.letGo();
        return false;
    }

    private boolean leadsGroup() {
        return settings.has(Setting.PROCESS_GROUP);
    }

    private @Nullable ProcessRecord record(ProcessRecord record) {
        if (!settings.has(Setting.ADOPT)) return null;
        record.prepare();
        return record;
    }
}

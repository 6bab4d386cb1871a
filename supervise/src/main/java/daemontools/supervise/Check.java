package daemontools.supervise;

import daemontools.posix.LibC;
import daemontools.posix.Signals;

/** The runs of ./check, one at a time, each in a session of its own so that what it starts ends with it. */
final class Check {
    private static final long TIME_LIMIT_MILLIS = 10_000;
    private static final ChildExtras EXTRAS = new ChildExtras().leadingSession(true);

    private final Program program;
    private final Deadline late;
    private final Child child;
    private boolean isStale;

    /** @param late when it is killed */
    Check(LibC libc, Program program, Deadline late) {
        this.program = program;
        this.late = late;
        this.child = new Child(libc);
    }

    Child child() {
        return child;
    }

    /** Starts one, unless one runs or there is no room for a process. */
    void start() {
        if (child.isThere()) return;
        int pid = program.start(EXTRAS);
        if (pid < 0) return;
        child.began(pid, true);
        isStale = false;
        late.setIn(TIME_LIMIT_MILLIS);
    }

    void kill() {
        if (child.isThere()) child.signal(Signals.KILL);
    }

    /** The ./run that it was to look at has ended, or is to: what it says is not listened to. */
    void abandon() {
        kill();
        isStale = true;
    }

    /** What its end means. */
    Event result() {
        late.unset();
        child.killGroup();
        child.forget();
        if (isStale) return Event.NOTHING;
        return child.exit() == 0 ? Event.BECAME_READY : Event.HAS_FAILED;
    }
}

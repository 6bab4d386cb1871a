package daemontools.supervise;

import daemontools.posix.LibC;
import daemontools.posix.Signals;
import org.jspecify.annotations.Nullable;

/** The processes of a service: its {@link State} follows from which of them are there. */
final class Processes {
    private final Child run;
    private final Child finish;
    private final Check check;
    private final LeftBehind leftBehind;
    /** Whether one of those that are to end has. */
    private boolean lessIsLeft;

    /** @param program ./check, which is killed at the deadline {@code late} */
    Processes(LibC libc, Program program, Deadline late) {
        this.run = new Child(libc);
        this.finish = new Child(libc);
        this.check = new Check(libc, program, late);
        this.leftBehind = new LeftBehind(libc, check);
    }

    Child run() {
        return run;
    }

    Child finish() {
        return finish;
    }

    Check check() {
        return check;
    }

    LeftBehind leftBehind() {
        return leftBehind;
    }

    State state() {
        if (run.isThere()) return State.UP;
        if (leftBehind.areEnding()) return State.LINGERING;
        return finish.isThere() ? State.FINISHING : State.DOWN;
    }

    /** The one that is no child of ours, null where each is. */
    @Nullable
    Child adopted() {
        if (run.pidfd() >= 0) return run;
        return finish.pidfd() >= 0 ? finish : null;
    }

    /** Notes the end of a child of ours; {@link #nextEnd} says what follows. */
    void ended(int pid, int exit) {
        boolean isKnown =
                run.ended(pid, exit) || finish.ended(pid, exit) || check.child().ended(pid, exit);
        if (isKnown) return;
        leftBehind.killAgain();
        lessIsLeft = leftBehind.areEnding();
    }

    /**
     * What the ends that were noted mean, one at a time; at last {@link Event#NOTHING}.
     *
     * @param leavesDaemon whether what ./run leaves behind is the service
     */
    Event nextEnd(boolean leavesDaemon) {
        if (run.hasEnded()) return leavesDaemon && leftBehind.findOldest() ? Event.LEFT_A_DAEMON : Event.RUN_ENDED;
        if (finish.hasEnded()) return Event.FINISH_ENDED;
        if (leftBehind.areEnding() && leftBehind.count() == 0) return Event.NOTHING_IS_LEFT;
        if (check.child().hasEnded()) return check.result();
        boolean less = lessIsLeft;
        lessIsLeft = false;
        return less ? Event.LESS_IS_LEFT : Event.NOTHING;
    }

    /** Kills what is there in this state. */
    void kill(boolean leavesDaemon) {
        if (run.isThere()) run.signal(Signals.KILL);
        else if (finish.isThere()) finish.signal(Signals.KILL);
        if (leavesDaemon || leftBehind.areEnding()) leftBehind.kill();
    }
}

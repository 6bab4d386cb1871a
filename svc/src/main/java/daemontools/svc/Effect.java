package daemontools.svc;

import daemontools.service.ControlCommand;
import daemontools.service.Details;
import daemontools.service.Details.Fact;
import daemontools.service.ObservedService;
import daemontools.service.Status;
import daemontools.service.Want;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether what was asked of a service has come about. What it was before is compared with what it is now, by counters
 * where supervise keeps details: a state that was reached and left again counts as reached.
 */
final class Effect {
    private static final String UP = "up";
    private static final String DOWN = "down";

    private final Goal goal;
    /** What the commands have the service wanted to be, null where none of them says. */
    private final @Nullable Want want;
    /** Whether a run that was alive before is not the one that is waited for. */
    private final boolean endsRun;

    private @Nullable Status statusBefore;
    private @Nullable Details before;
    private @Nullable Details lastSeen;
    private boolean becameReady;

    Effect(Request request) {
        this.goal = request.goal();
        this.want = want(request);
        this.endsRun = endsRun(request);
    }

    private static @Nullable Want want(Request request) {
        int up = Math.max(request.indexOf(ControlCommand.UP), request.indexOf(ControlCommand.RESTART));
        int down = request.indexOf(ControlCommand.DOWN);
        int once = request.indexOf(ControlCommand.ONCE);
        int last = Math.max(up, Math.max(down, once));
        if (last < 0) return null;
        return last == up ? Want.UP : last == down ? Want.DOWN : Want.NEITHER;
    }

    private static boolean endsRun(Request request) {
        boolean ends = request.has(ControlCommand.TERMINATE) || request.has(ControlCommand.KILL);
        return ends || request.has(ControlCommand.DOWN) || request.has(ControlCommand.RESTART);
    }

    /** The service is as it was before: the commands have not been read yet. */
    void begin(ObservedService service) {
        statusBefore = service.status();
        before = service.details();
        lastSeen = before;
        becameReady = false;
    }

    /** Whether the goal was reached, once the commands were obeyed. */
    boolean isReached(ObservedService service) {
        Details now = service.details();
        if (now == null || before == null || lastSeen == null)
            return isReachedBy(Objects.requireNonNull(service.status()), service.isReady());
        boolean reached = isReachedBy(before, lastSeen, now);
        lastSeen = now;
        return reached;
    }

    /** Whether another supervise has taken the place of the one that was told. */
    boolean isReplaced(@Nullable Details now) {
        return before != null && now != null && now.number(Fact.SUPERVISE) != before.number(Fact.SUPERVISE);
    }

    /** Whether the service will not get there by itself. */
    boolean hasFailed(@Nullable Details now) {
        return now != null && !goal.isDown() && now.is(Fact.FAILED) && !now.is(Fact.STATE, UP);
    }

    // ---- by details ----

    private boolean isReachedBy(Details then, Details last, Details now) {
        boolean started = grew(then, now, Fact.STARTS) > 0;
        boolean mustStart = endsRun && then.is(Fact.STATE, UP);
        return switch (goal) {
            case RESTARTED -> started;
            case UP -> started || (!mustStart && now.is(Fact.STATE, UP));
            case READY -> isReady(then, last, now, mustStart, started);
            case DOWN -> !now.is(Fact.STATE, UP) || (!isObeyed(now) && grew(then, now, Fact.ENDS) > 0);
            case FINISHED -> now.is(Fact.STATE, DOWN) || (!isObeyed(now) && grew(then, now, Fact.FINISHES) > 0);
        };
    }

    private static long grew(Details from, Details to, Fact counter) {
        return to.number(counter) - from.number(counter);
    }

    /** Whether the service is wanted down as we said: then an end that came before does not count. */
    private boolean isObeyed(Details now) {
        return want == Want.DOWN && now.is(Fact.WANT, DOWN);
    }

    private boolean isReady(Details then, Details last, Details now, boolean mustStart, boolean started) {
        boolean isNew = started || !mustStart;
        if (!now.is(Fact.READINESS)) return started || (isNew && now.is(Fact.STATE, UP));
        // Of what has become ready since the last look, the run before may be one.
        boolean sawStart = grew(then, last, Fact.STARTS) > 0 || !mustStart;
        int ofOldRun = sawStart || last.is(Fact.READY) ? 0 : 1;
        becameReady |= isNew && grew(last, now, Fact.READIES) > ofOldRun;
        return becameReady || (isNew && now.is(Fact.READY));
    }

    // ---- by the status, of a supervise that keeps no details ----

    private boolean isReachedBy(Status now, boolean isReady) {
        Status then = Objects.requireNonNull(statusBefore);
        boolean started = now.isUp() && !now.isSameRun(then);
        boolean mustStart = endsRun && then.isUp();
        boolean isUp = mustStart ? started : now.isUp();
        return switch (goal) {
            case RESTARTED -> started;
            case UP -> isUp;
            case READY -> isUp && isReady;
            case DOWN, FINISHED -> !now.isUp() || (started && then.isUp() && now.want() != want);
        };
    }
}

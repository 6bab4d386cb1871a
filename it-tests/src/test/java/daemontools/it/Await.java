package daemontools.it;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waiting for a condition, never for time. */
final class Await {
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final long FIRST_STEP_NANOS = 2_000_000;
    private static final long LONGEST_STEP_NANOS = 50_000_000;

    private Await() {}

    /** Returns as soon as the condition holds; fails, naming it, when it does not come to hold. */
    static void until(String condition, Callable<Boolean> holds) throws Exception {
        until(condition, LONGEST, holds);
    }

    static void until(String condition, Duration longest, Callable<Boolean> holds) throws Exception {
        long end = System.nanoTime() + longest.toNanos();
        long step = FIRST_STEP_NANOS;
        while (!holds.call()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + longest.toSeconds() + " s: " + condition);
            }
            LockSupport.parkNanos(step);
            step = Math.min(2 * step, LONGEST_STEP_NANOS);
        }
    }
}

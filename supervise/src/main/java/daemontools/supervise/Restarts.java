package daemontools.supervise;

import daemontools.posix.LibC;
import daemontools.service.Setting;
import daemontools.service.Settings;

/** When a service that keeps ending is started again, and when it has failed for good. Times are monotonic nanoseconds. */
final class Restarts {
    private static final long FIRST_DELAY_MILLIS = 1000;

    private final LibC libc;
    private final Settings settings;
    /** The last ends, as many as are a failure, the oldest at {@link #oldest}. */
    private long[] ends = {};

    private int oldest;
    private int count;
    /** In milliseconds. */
    private long delay;

    private long started;
    private long ended;

    Restarts(LibC libc, Settings settings) {
        this.libc = libc;
        this.settings = settings;
    }

    /** Where no setting asks for any of it, the clock is not asked either. */
    private boolean isInPlay() {
        return settings.has(Setting.BACK_OFF) || settings.has(Setting.MAX_DEATHS);
    }

    /** What has been is forgotten. */
    void forget() {
        delay = 0;
        count = 0;
    }

    /** ./run was started. */
    void started() {
        if (isInPlay()) started = libc.clockGettime(LibC.CLOCK_MONOTONIC);
    }

    /** ./run has ended. An end that a command has asked for is no failure. */
    void ended(boolean wasReady, boolean isAskedFor) {
        if (!isInPlay()) forget();
        if (!isInPlay() || isAskedFor) return;
        ended = libc.clockGettime(LibC.CLOCK_MONOTONIC);
        long most = settings.value(Setting.BACK_OFF, 0);
        boolean wasGood = wasReady || ended - started >= most * Deadline.NANOS_PER_MILLI;
        if (wasGood) delay = 0;
        else delay = Math.min(most, delay == 0 ? FIRST_DELAY_MILLIS : 2 * delay);
        remember(ended);
    }

    private void remember(long now) {
        int most = (int) settings.value(Setting.MAX_DEATHS, 0);
        if (most != ends.length) {
            ends = new long[most];
            count = 0;
            oldest = 0;
        }
        if (most == 0) return;
        if (count < most) {
            ends[(oldest + count++) % most] = now;
        } else {
            ends[oldest] = now;
            oldest = (oldest + 1) % most;
        }
    }

    /** Whether there were as many ends, within the time, as are a failure for good. */
    boolean haveFailed() {
        if (count == 0 || count < ends.length) return false;
        long last = ends[(oldest + count - 1) % count];
        return last - ends[oldest] <= settings.deathsWithin() * Deadline.NANOS_PER_MILLI;
    }

    /** When the next start may be; zero is at once. */
    long nextStart() {
        return delay == 0 ? 0 : ended + delay * Deadline.NANOS_PER_MILLI;
    }
}

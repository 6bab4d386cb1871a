package daemontools.common;

import daemontools.posix.LibC;

/** Waiting for time to pass. */
public final class Pause {
    private static final long NANOS_PER_MILLI = 1_000_000;
    /** Each wait is this much longer than what is left, so that a pause is never too short (spec 1.9). */
    private static final int SLACK_MILLIS = 20;

    private static final int[] NO_DESCRIPTORS = {};
    private static final boolean[] NONE_READY = {};

    private Pause() {}

    /**
     * Waits a number of seconds, whatever signals come (0.76's deep sleep). By the monotonic clock: setting the clock
     * must not hold up a service.
     */
    public static void seconds(LibC libc, int seconds) {
        long end = libc.clockGettime(LibC.CLOCK_MONOTONIC) + seconds * 1000L * NANOS_PER_MILLI;
        while (true) {
            long left = end - libc.clockGettime(LibC.CLOCK_MONOTONIC);
            if (left <= 0) return;
            libc.poll(NO_DESCRIPTORS, NONE_READY, (int) (left / NANOS_PER_MILLI) + SLACK_MILLIS);
        }
    }
}

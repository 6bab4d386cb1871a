package daemontools.supervise;

import daemontools.posix.LibC;

/**
 * A moment at which something is due, by the monotonic clock: setting the clock must not hold up a service. Unset, it
 * never comes.
 */
final class Deadline {
    static final long NANOS_PER_MILLI = 1_000_000;

    private static final long NEVER = Long.MAX_VALUE;

    private final LibC libc;
    private final Event event;
    private long moment = NEVER;

    /** @param event what happens to the service when the moment has come */
    Deadline(LibC libc, Event event) {
        this.libc = libc;
        this.event = event;
    }

    Event event() {
        return event;
    }

    boolean isSet() {
        return moment != NEVER;
    }

    /** The moment in nanoseconds of the monotonic clock; of an unset one, later than any. */
    long moment() {
        return moment;
    }

    void setTo(long nanos) {
        moment = nanos;
    }

    /** Sets it to so many milliseconds from now. */
    void setIn(long milliseconds) {
        moment = libc.clockGettime(LibC.CLOCK_MONOTONIC) + milliseconds * NANOS_PER_MILLI;
    }

    /** The same by the clock that shows the time of day, in nanoseconds since the UNIX epoch. */
    long inUnixNanos() {
        return moment - libc.clockGettime(LibC.CLOCK_MONOTONIC) + libc.clockGettime(LibC.CLOCK_REALTIME);
    }

    void unset() {
        moment = NEVER;
    }

    /** Whether its moment has come; then it is unset. */
    boolean comes(long now) {
        if (now < moment) return false;
        moment = NEVER;
        return true;
    }
}

package daemontools.supervise;

import daemontools.posix.LibC;

/** All the moments that supervise waits for. */
final class Deadlines {
    static final int NO_LIMIT = -1;

    /**
     * Until then neither commands nor deaths are looked at, as 0.76 does for a second after a start, and for a minute after
     * a failed fork.
     */
    final Deadline deaf;
    /** The next start of ./run. */
    final Deadline start;
    /** What was asked to end is killed. */
    final Deadline kill;
    /** The next start of ./check. */
    final Deadline check;
    /** ./check is killed. */
    final Deadline checkKill;
    /** A service that has not said that it lives is stuck. */
    final Deadline watchdog;

    private final LibC libc;
    private final Deadline[] all;

    Deadlines(LibC libc) {
        this.libc = libc;
        deaf = new Deadline(libc, Event.NOTHING);
        start = new Deadline(libc, Event.START_DUE);
        kill = new Deadline(libc, Event.KILL_DUE);
        check = new Deadline(libc, Event.CHECK_DUE);
        checkKill = new Deadline(libc, Event.CHECK_IS_LATE);
        watchdog = new Deadline(libc, Event.IS_STUCK);
        all = new Deadline[] {deaf, start, kill, check, checkKill, watchdog};
    }

    /** How long to wait at most so that none is missed, in milliseconds, or {@link #NO_LIMIT}. */
    int milliseconds() {
        Deadline earliest = deaf;
        for (Deadline deadline : all) {
            if (deadline.moment() < earliest.moment()) earliest = deadline;
        }
        return milliseconds(earliest);
    }

    /** How long it is until one comes, in milliseconds, at least one until it does; {@link #NO_LIMIT} for an unset one. */
    int milliseconds(Deadline deadline) {
        if (!deadline.isSet()) return NO_LIMIT;
        long left = deadline.moment() - libc.clockGettime(LibC.CLOCK_MONOTONIC);
        return left <= 0 ? 0 : (int) Math.min(left / Deadline.NANOS_PER_MILLI + 1, Integer.MAX_VALUE);
    }

    /** Lets happen what is due. */
    void comeTo(Service service) {
        if (milliseconds() != 0) return;
        long now = libc.clockGettime(LibC.CLOCK_MONOTONIC);
        for (Deadline deadline : all) {
            if (deadline.comes(now)) deadline.event().happenTo(service);
        }
    }
}

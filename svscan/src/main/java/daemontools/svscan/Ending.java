package daemontools.svscan;

/** Where a service is on its way through the {@link Phase}s of its end, and what its supervise has still to be told. */
final class Ending {
    /** How long a supervise may fail to be told, or to do what needs no time once it is told: to kill. */
    private static final long PATIENCE_NANOS = 10_000_000_000L;

    private Phase phase;
    private boolean beginningIsUnsent;
    private boolean escalationIsUnsent;
    private boolean escalated;
    private boolean tried;
    /** When it was asked for what is to be done now, in nanoseconds. */
    private long asked;

    /** Takes note of the phase; returns whether it has just begun. */
    boolean enters(Phase now, long moment) {
        if (now == phase) return false;
        phase = now;
        beginningIsUnsent = true;
        escalationIsUnsent = false;
        escalated = false;
        tried = false;
        asked = moment;
        return true;
    }

    /** What is left is not asked any longer. */
    void escalate(long moment) {
        escalationIsUnsent = true;
        escalated = true;
        asked = moment;
    }

    boolean isGoingDown() {
        return phase == Phase.GOING_DOWN;
    }

    boolean isGone() {
        return phase == Phase.GONE;
    }

    /** The commands that are to be sent, none when all were. */
    byte[] unsent() {
        return phase.commands(beginningIsUnsent, escalationIsUnsent);
    }

    void markSent() {
        beginningIsUnsent = false;
        escalationIsUnsent = false;
    }

    /** Takes note of a failure; returns whether there was one before: a supervise that has just been started has no fifo yet. */
    boolean failsAgain() {
        boolean again = tried;
        tried = true;
        return again;
    }

    /** The commands that are to be carried out by force, none while there is hope. */
    byte[] overdue(long moment) {
        boolean isLate = moment - asked >= PATIENCE_NANOS;
        boolean isDeaf = escalationIsUnsent || (escalated && isGoingDown());
        return phase.commands(isLate && beginningIsUnsent, isLate && isDeaf);
    }

    /** They are, and that is looked at again as late as the first time. */
    void markForced(long moment) {
        asked = moment;
    }
}

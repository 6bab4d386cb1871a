package daemontools.svscan;

/** The {@link Phase} of a service's end, and which commands its supervise must still get. */
final class Ending {
    /** How long a supervise may fail to take commands, or may take to kill its service. */
    private static final long PATIENCE_NANOS = 10_000_000_000L;

    private Phase phase;
    private boolean beginningIsUnsent;
    private boolean escalationIsUnsent;
    private boolean escalated;
    private boolean tried;
    /** When the supervise had to be told what is due now, in nanoseconds. */
    private long asked;

    /** Sets the phase. Returns whether it has just begun. */
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

    /** Makes the harder commands of the phase due. */
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

    /** The commands that must still be sent. */
    byte[] unsent() {
        return phase.commands(beginningIsUnsent, escalationIsUnsent);
    }

    void markSent() {
        beginningIsUnsent = false;
        escalationIsUnsent = false;
    }

    /** Notes a failure. Returns whether it is the second: the first is normal, as a new supervise may not have its fifo yet. */
    boolean failsAgain() {
        boolean again = tried;
        tried = true;
        return again;
    }

    /** The commands to be carried out by force, because their supervise did not do so in time. */
    byte[] overdue(long moment) {
        boolean isLate = moment - asked >= PATIENCE_NANOS;
        boolean isDeaf = escalationIsUnsent || (escalated && isGoingDown());
        return phase.commands(isLate && beginningIsUnsent, isLate && isDeaf);
    }

    /** Notes that they were. If that has no effect, they are due again after the same time. */
    void markForced(long moment) {
        asked = moment;
    }
}

package daemontools.svscan;

/** The {@link Phase} of a service's end, the step of it, and which commands its supervise must still get. */
final class Ending {
    /** How long a supervise may fail to take commands, or may take to kill its service. */
    private static final long PATIENCE_NANOS = 10_000_000_000L;

    private static final byte[] NOTHING = {};

    private Phase phase = Phase.STAYING;
    private int step;
    /** The first step whose commands are not sent; one more than the step when all are. */
    private int unsentStep;

    private boolean tried;
    /** When the supervise had to be told what is due now, in nanoseconds. */
    private long asked;

    /** Sets the phase. Returns whether it has just begun. */
    boolean enters(Phase now, long moment) {
        if (now == phase) return false;
        phase = now;
        step = 0;
        unsentStep = 0;
        tried = false;
        asked = moment;
        return true;
    }

    /** Makes the harder commands of the phase due. */
    void escalate(long moment) {
        if (step < phase.lastStep()) step++;
        else unsentStep = step;
        asked = moment;
    }

    /** Does so if the supervise was asked so many nanoseconds ago. */
    void escalateAfter(long patience, long moment) {
        if (step < phase.lastStep() && moment - asked >= patience) escalate(moment);
    }

    boolean isGoingDown() {
        return !phase.isOfLog();
    }

    boolean isGone() {
        return phase == Phase.GONE;
    }

    /** The commands that must still be sent. */
    byte[] unsent() {
        return unsentStep <= step ? phase.commands(unsentStep, step) : NOTHING;
    }

    boolean isUnsent() {
        return unsent().length > 0;
    }

    void markSent() {
        unsentStep = step + 1;
    }

    /** Notes a failure. Returns whether it is the second: the first is normal, as a new supervise may not have its fifo yet. */
    boolean failsAgain() {
        boolean again = tried;
        tried = true;
        return again;
    }

    /** The commands to be carried out by force, because their supervise did not do so in time. */
    byte[] overdue(long moment) {
        if (moment - asked < PATIENCE_NANOS) return NOTHING;
        boolean isDeaf = step > 0 && step == phase.lastStep();
        return isDeaf && !isUnsent() ? phase.commands(step, step) : unsent();
    }

    /** Begins to wait anew: if they have no effect, they are due again after the same time. */
    void waitAnew(long moment) {
        asked = moment;
    }
}

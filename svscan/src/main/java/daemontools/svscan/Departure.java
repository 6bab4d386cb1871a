package daemontools.svscan;

import daemontools.common.Diagnostics;
import daemontools.posix.LibC;

/**
 * Ends services: takes each from {@link Phase} to phase, and tells its supervises what is due. A service may take as long as
 * it needs, or for the grace time. A supervise may not: one that does not take commands is killed.
 */
final class Departure {
    /** The patience that never ends. */
    static final long FOR_EVER = Long.MAX_VALUE;

    private final LibC libc;
    private final Diagnostics say;
    private final Control control;
    private long patience = FOR_EVER;

    Departure(LibC libc, Diagnostics say, Control control) {
        this.libc = libc;
        this.say = say;
        this.control = control;
    }

    /** From now on a service, and then its log, has so many nanoseconds to end before the harder commands are due. */
    void limit(long nanoseconds) {
        patience = nanoseconds;
    }

    /** Takes a service to its next phase if it is ready for it, and sends the commands that are due. */
    void advance(ScannedService service, long now) {
        Ending ending = service.ending();
        boolean begins = ending.enters(Phase.of(service), now);
        ending.escalateAfter(patience, now);
        Child supervise = ending.isGoingDown() ? service.main() : service.log();
        int error = tell(supervise, ending);
        // Only when our ends of the pipe are closed can the log come to the end of its input; it is told before that it
        // will
        // not be started again.
        if (begins && !ending.isGoingDown()) service.closePipe(libc);
        byte[] overdue = ending.overdue(now);
        if (overdue.length > 0) {
            if (error < 0) say.warn("unable to control ", supervise.name(), ", killing its supervise", error);
            else say.warn("", supervise.name(), " does not end, killing its supervise");
            control.force(supervise, overdue);
            ending.waitAnew(now);
        } else if (error < 0 && ending.failsAgain()) {
            say.warn("unable to control ", supervise.name(), "", error);
        }
    }

    private int tell(Child supervise, Ending ending) {
        byte[] unsent = ending.unsent();
        if (unsent.length == 0) return 0;
        int error = control.send(supervise, unsent);
        if (error == 0) ending.markSent();
        return error;
    }
}

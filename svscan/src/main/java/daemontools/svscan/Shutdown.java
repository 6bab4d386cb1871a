package daemontools.svscan;

import daemontools.common.Diagnostics;
import daemontools.posix.Errno;
import daemontools.posix.LibC;
import daemontools.posix.Signals;

/**
 * The clean end of svscan: all services go down at once, and each log ends when it has read its service's last line. A
 * service may take as long as it needs. A supervise may not: one that does not take commands is killed.
 */
final class Shutdown {
    /** How often failures are tried again. */
    private static final int RETRY_MILLIS = 1000;

    private static final int STANDARD_OUTPUT = 1;
    private static final int STANDARD_ERROR = 2;

    private final LibC libc;
    private final Diagnostics say;
    private final Launcher launcher;
    private final KnownServices services;
    private final Orphans orphans;
    private final Control control;
    private boolean escalated;
    private boolean outputIsClosed;

    /** @param orphans null where svscan is not the first process, and so inherits no children */
    Shutdown(LibC libc, Diagnostics say, Launcher launcher, KnownServices services, Orphans orphans) {
        this.libc = libc;
        this.say = say;
        this.launcher = launcher;
        this.services = services;
        this.orphans = orphans;
        this.control = new Control(libc);
    }

    /** Returns when all have ended. */
    void run(SignalQueue signals) {
        libc.signalIgnore(Signals.PIPE);
        startMissingLogs();
        while (!isOver()) {
            if (signals.stopIsNext(RETRY_MILLIS)) escalate();
        }
    }

    private boolean isOver() {
        try {
            return advance();
        } catch (OutOfMemoryError lacking) {
            say.warn("unable to end services, pausing", -Errno.ENOMEM);
            return false;
        }
    }

    /** Starts logs that do not run just now: there may be lines in their pipes. */
    void startMissingLogs() {
        for (int i = 0; i < services.count(); i++) {
            if (services.get(i).isActive()) launcher.startMissingLog(services.get(i));
        }
    }

    /** Does what can be done now, and returns whether all have ended. */
    boolean advance() {
        long now = libc.clockGettime(LibC.CLOCK_MONOTONIC);
        boolean areDown = true;
        boolean areGone = true;
        for (int i = 0; i < services.count(); i++) {
            Ending ending = services.get(i).ending();
            advance(services.get(i), ending, now);
            areDown &= !ending.isGoingDown();
            areGone &= ending.isGone();
        }
        if (orphans == null) return areGone;
        if (areDown) orphans.end(escalated);
        if (areGone) closeOutput();
        return launcher.isChildless();
    }

    /** Takes a service to its next phase if it is ready for it, and sends the commands that are due. */
    private void advance(ScannedService service, Ending ending, long now) {
        boolean begins = ending.enters(Phase.of(service), now);
        // Only when our ends of the pipe are closed can the log come to the end of its input.
        if (begins && !ending.isGoingDown()) service.closePipe(libc);
        Child supervise = ending.isGoingDown() ? service.main() : service.log();
        int error = tell(supervise, ending);
        byte[] overdue = ending.overdue(now);
        if (overdue.length > 0) {
            if (error < 0) say.warn("unable to control ", supervise.name(), ", killing its supervise", error);
            else say.warn("", supervise.name(), " does not end, killing its supervise");
            control.force(supervise, overdue);
            ending.markForced(now);
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

    /** Closes output and errors, so that a reader such as readproctitle comes to its end. */
    private void closeOutput() {
        if (outputIsClosed) return;
        outputIsClosed = true;
        libc.close(STANDARD_OUTPUT);
        libc.close(STANDARD_ERROR);
    }

    /** To be called when svscan gets TERM once more: what still runs is killed. */
    void escalate() {
        escalated = true;
        long now = libc.clockGettime(LibC.CLOCK_MONOTONIC);
        for (int i = 0; i < services.count(); i++) services.get(i).ending().escalate(now);
    }
}

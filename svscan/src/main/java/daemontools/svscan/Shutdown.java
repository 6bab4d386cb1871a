package daemontools.svscan;

import daemontools.common.Diagnostics;
import daemontools.posix.Errno;
import daemontools.posix.LibC;
import daemontools.posix.Signals;
import org.jspecify.annotations.Nullable;

/**
 * The clean end of svscan: all services go down at once, and each log ends when it has read its service's last line.
 * {@link Departure} tells them.
 */
final class Shutdown {
    /** How often failures are tried again. */
    private static final int RETRY_MILLIS = 1000;

    private static final long NOT_YET = -1;

    private static final int STANDARD_OUTPUT = 1;
    private static final int STANDARD_ERROR = 2;

    private final LibC libc;
    private final Diagnostics say;
    private final Launcher launcher;
    private final KnownServices services;
    private final @Nullable Orphans orphans;
    private final Departure departure;
    private final long grace;
    /** Null where there is none. */
    private final @Nullable CatchAll catchAll;

    private boolean escalated;
    private boolean outputIsClosed;
    /** When all services were found to be down. */
    private long downSince = NOT_YET;

    /**
     * @param departure how services end
     * @param grace how many nanoseconds what runs may take to end, {@link Departure#FOR_EVER} for no limit
     * @param catchAll the log of what has no other, null where there is none
     * @param orphans null where svscan is not the first process, and so inherits no children
     */
    Shutdown(
            LibC libc,
            Diagnostics say,
            Launcher launcher,
            KnownServices services,
            Departure departure,
            long grace,
            @Nullable CatchAll catchAll,
            @Nullable Orphans orphans) {
        this.libc = libc;
        this.say = say;
        this.launcher = launcher;
        this.services = services;
        this.departure = departure;
        this.grace = grace;
        this.catchAll = catchAll;
        this.orphans = orphans;
    }

    /** Returns when all have ended. */
    void run(SignalQueue signals) {
        libc.signalIgnore(Signals.PIPE);
        begin();
        while (!isOver()) {
            signals.await(RETRY_MILLIS);
            if (signals.stopCame()) escalate();
        }
    }

    /** Starts logs that do not run just now, as there may be lines in their pipes; the grace time begins. */
    void begin() {
        departure.limit(grace);
        for (int i = 0; i < services.count(); i++) {
            ScannedService service = services.get(i);
            service.ending().waitAnew(now());
            if (service.isActive() && !service.isLeaving()) launcher.startMissingLog(service);
            if (service.isCatchAll()) launcher.startMissing(service);
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

    /** Does what can be done now, and returns whether all have ended. */
    boolean advance() {
        long now = now();
        boolean areDown = true;
        boolean areGone = true;
        for (int i = 0; i < services.count(); i++) {
            ScannedService service = services.get(i);
            if (service.isCatchAll()) continue;
            departure.advance(service, now);
            areDown &= !service.ending().isGoingDown();
            areGone &= service.ending().isGone();
        }
        if (areGone && catchAll != null) areGone = hasEnded(catchAll, now);
        if (orphans == null) return areGone;
        if (areDown) orphans.end(escalated || graceIsOver(now));
        if (areGone) closeOutput();
        return launcher.isChildless();
    }

    /** Whether the services have been down for the grace time; it may be that of what they left behind, too. */
    private boolean graceIsOver(long now) {
        if (downSince == NOT_YET) downSince = now;
        return now - downSince >= grace;
    }

    /** Lets the catch-all log read to the end: nobody else is left. */
    private boolean hasEnded(CatchAll log, long now) {
        log.service().leave();
        departure.advance(log.service(), now);
        log.close();
        return log.service().ending().isGone();
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
        long now = now();
        for (int i = 0; i < services.count(); i++) services.get(i).ending().escalate(now);
    }

    private long now() {
        return libc.clockGettime(LibC.CLOCK_MONOTONIC);
    }
}

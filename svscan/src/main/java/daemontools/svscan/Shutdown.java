package daemontools.svscan;

import daemontools.common.Diagnostics;
import daemontools.posix.LibC;
import daemontools.posix.Signals;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The clean end of svscan: its services go down, all at once, and each log ends when it has read its service's last line. */
final class Shutdown {
    /** What could not be done yet is tried again. */
    private static final int RETRY_MILLIS = 1000;

    private final LibC libc;
    private final Launcher launcher;
    private final Inherited inherited;
    private final List<EndingService> services = new ArrayList<>();
    private boolean insisting;

    /** @param inherited null where svscan is not the first process, and inherits no children */
    Shutdown(LibC libc, Diagnostics say, Launcher launcher, Collection<ScannedService> known, Inherited inherited) {
        this.libc = libc;
        this.launcher = launcher;
        this.inherited = inherited;
        ControlFifos fifos = new ControlFifos(libc);
        for (ScannedService service : known) {
            // A log that is just not there may have lines in its pipe.
            if (service.isActive()) launcher.startMissingLog(service);
            services.add(new EndingService(libc, say, fifos, service));
        }
    }

    /** Returns when all have ended. */
    void run(SignalQueue signals) {
        libc.signalIgnore(Signals.PIPE);
        while (!goOn()) {
            if (signals.stopIsNext(RETRY_MILLIS)) insist();
        }
    }

    /** Does what can be done now, and returns whether all have ended. */
    boolean goOn() {
        services.forEach(EndingService::goOn);
        services.removeIf(EndingService::isGone);
        if (inherited == null) return services.isEmpty();
        if (services.stream().noneMatch(EndingService::isGoingDown)) inherited.end(insisting);
        return launcher.isChildless();
    }

    /** Told to stop once more: what is left is not asked any longer. */
    void insist() {
        insisting = true;
        services.forEach(EndingService::insist);
    }
}

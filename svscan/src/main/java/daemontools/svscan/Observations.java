package daemontools.svscan;

import daemontools.common.Diagnostics;
import daemontools.posix.Errno;
import daemontools.posix.FileStatus;
import daemontools.posix.LibC;
import daemontools.posix.PathBuffer;
import daemontools.service.ControlCommand;
import daemontools.service.DirectoryWatch;
import daemontools.service.ServiceDirectory;
import org.jspecify.annotations.Nullable;

/**
 * Observes services by the details that their supervises keep: the essential ones, whose end is the end of all, and where a
 * service manager wants to know how they are, all.
 */
final class Observations {
    private static final byte[] ASK = ControlCommand.bytes(ControlCommand.DETAILS);
    /** What a shell adds to the number of the signal that ended a command. */
    private static final int KILLED = 128;
    /** The exit code where that of the essential service is not known. */
    private static final int UNKNOWN_EXIT = 111;

    private final LibC libc;
    private final Diagnostics say;
    private final KnownServices services;
    private final boolean ofAll;
    private final Control control;
    private final DetailsReader details;
    private final PathBuffer path = new PathBuffer();
    private final FileStatus status = new FileStatus();
    /** Null as long as nothing is observed. */
    private @Nullable DirectoryWatch watch;

    private boolean pending;
    private boolean blind;
    private boolean ended;
    private int exitCode;

    /** @param ofAll whether all services are observed, not just the essential ones */
    Observations(LibC libc, Diagnostics say, KnownServices services, Control control, boolean ofAll) {
        this.libc = libc;
        this.say = say;
        this.services = services;
        this.ofAll = ofAll;
        this.control = control;
        this.details = new DetailsReader(libc);
    }

    /** What {@link LibC#poll} finds ready when something has changed; -1 where there is no such thing. */
    int descriptor() {
        return watch == null ? -1 : watch.descriptor();
    }

    /** Whether supervises could not be asked yet: they have just been started. */
    boolean arePending() {
        return pending;
    }

    /** Whether the kernel does not tell of all changes, so that {@link #look} must be called from time to time. */
    boolean isBlind() {
        return blind;
    }

    /** Whether an essential service has ended. */
    boolean essentialHasEnded() {
        return ended;
    }

    /** That of the essential service that has ended; zero if none has. */
    int exitCode() {
        return exitCode;
    }

    /** Asks supervises that are new. */
    void askTheNew() {
        pending = false;
        blind = false;
        try {
            for (int i = 0; i < services.count(); i++) {
                ScannedService service = services.get(i);
                if (service.main().isRunning() && isObserved(service)) askIfNew(service);
            }
        } catch (OutOfMemoryError lacking) {
            say.warn("unable to observe services, pausing", -Errno.ENOMEM);
            pending = true;
        }
    }

    private boolean isObserved(ScannedService service) {
        return (ofAll || service.isEssential()) && !service.isLeaving();
    }

    private void askIfNew(ScannedService service) {
        if (watch == null) watch = new DirectoryWatch(libc);
        Observation observation = service.observation();
        if (observation == null) {
            path.begin().add(service.name()).add("/").add(ServiceDirectory.DOWN);
            observation = new Observation(libc.stat(path.bytes(), status) < 0);
            service.setObservation(observation);
        }
        int pid = service.main().pid();
        if (observation.askedPid() != pid && !ask(watch, service, observation, pid)) pending = true;
        else blind |= observation.watch() == DirectoryWatch.NONE;
    }

    /** What its directory holds before it is asked is an earlier supervise's, whose pid may have been the same. */
    private boolean ask(DirectoryWatch watching, ScannedService service, Observation observation, int pid) {
        String directory = observation.directory(service.name());
        int number = watching.add(directory);
        boolean areThere = details.read(service.main(), pid);
        long inode = areThere ? details.inode() : 0;
        long changed = areThere ? details.changed() : 0;
        if (control.send(service.main(), ASK) < 0) return false;
        boolean hasJustBeenMade = number == DirectoryWatch.NONE;
        if (hasJustBeenMade) number = watching.add(directory);
        observation.asked(pid, number, inode, changed);
        if (hasJustBeenMade) look(service, observation);
        return true;
    }

    /** Looks at the services that have changed. */
    void takeChanges() {
        if (watch == null) return;
        for (int changed = watch.next(); changed != DirectoryWatch.NONE; changed = watch.next()) look(changed);
    }

    /** Looks at those whose directory has this number; {@link DirectoryWatch#ANY} for all. */
    void look(int number) {
        for (int i = 0; i < services.count(); i++) {
            ScannedService service = services.get(i);
            Observation observation = service.observation();
            if (observation == null || observation.askedPid() == 0) continue;
            if (number == DirectoryWatch.ANY || observation.watch() == number) look(service, observation);
        }
    }

    private void look(ScannedService service, Observation observation) {
        int pid = observation.askedPid();
        if (!details.read(service.main(), pid) || details.number("supervise") != pid) return;
        if (observation.isFormer(details.inode(), details.changed())) return;
        observation.setState(state());
        if (service.isEssential() && !service.isLeaving() && hasEnded() && !ended) end(service);
    }

    private Observation.State state() {
        if (details.is("failed", "1")) return Observation.State.FAILED;
        if (!details.is("state", "up")) return Observation.State.DOWN;
        boolean isReady = details.is("ready", "1") || !details.is("readiness", "1");
        return isReady ? Observation.State.UP : Observation.State.STARTING;
    }

    /** Whether the service has failed for good, or has ended and is not wanted up. */
    private boolean hasEnded() {
        boolean isWanted = details.is("want", "up") && !details.is("failed", "1");
        return details.is("state", "down") && details.number("ends") > 0 && !isWanted;
    }

    private void end(ScannedService service) {
        ended = true;
        int signal = details.number("signal");
        int exit = details.number("exit");
        exitCode = signal > 0 ? KILLED + signal : exit >= 0 ? exit : UNKNOWN_EXIT;
        say.warn("", service.name(), ", which is essential, has ended: ending all services");
    }
}

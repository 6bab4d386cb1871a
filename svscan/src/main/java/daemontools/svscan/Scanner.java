package daemontools.svscan;

import daemontools.common.Diagnostics;
import daemontools.posix.DirectoryReader;
import daemontools.posix.Errno;
import daemontools.posix.FileStatus;
import daemontools.posix.LibC;
import daemontools.posix.PathBuffer;
import daemontools.service.ServiceDirectory;
import org.jspecify.annotations.Nullable;

/**
 * The services of the current directory, and the passes that keep a supervise running for each (spec 3). A pass takes
 * memory for new or renamed services, and for a {@link Footprint}. Without memory, it does everything else.
 */
final class Scanner {
    /** 0.76 stops at 1000. */
    static final int MOST_SERVICES = 10_000;

    private static final String ESSENTIAL = "/" + ServiceDirectory.ESSENTIAL;

    private final LibC libc;
    private final Diagnostics say;
    private final Launcher launcher;
    private final Footprint footprint;
    private final KnownServices services = new KnownServices();
    private final DirectoryReader entry;
    private final PathBuffer path = new PathBuffer();
    private final FileStatus status = new FileStatus();
    private final boolean isInCharge;
    private boolean troubled;
    private int runningAfterPass;
    private int leaving;
    /** Null where there is none. */
    private @Nullable ScannedService catchAll;

    /** @param isInCharge whether services leave whose entries are gone; in 0.76 they stay */
    Scanner(LibC libc, Diagnostics say, Launcher launcher, boolean isInCharge) {
        this.libc = libc;
        this.say = say;
        this.launcher = launcher;
        this.isInCharge = isInCharge;
        this.footprint = new Footprint(libc);
        this.entry = new DirectoryReader(libc);
    }

    KnownServices services() {
        return services;
    }

    Footprint footprint() {
        return footprint;
    }

    /** Whether there is nothing to do before something changes. */
    boolean isSettled() {
        return !troubled && !supervisesHaveEnded() && footprint.isUnchanged();
    }

    /** Whether supervises are to be started again by the next pass. */
    boolean supervisesHaveEnded() {
        return launcher.running() != runningAfterPass;
    }

    /** Whether services are being ended because their entries are gone. */
    boolean someLeave() {
        return leaving > 0;
    }

    /**
     * Makes the catch-all log known, before all other services.
     *
     * @throws daemontools.common.Failure where there is no such directory
     */
    ScannedService takeInCatchAll(String name) {
        int error = libc.stat(name, status);
        if (error == 0 && !status.isDirectory()) error = -Errno.ENOTDIR;
        if (error < 0) throw say.fatal("unable to start the log " + name, error);
        catchAll = new ScannedService(status.device(), status.inode(), false);
        catchAll.becomeCatchAll();
        catchAll.setName(name);
        services.add(catchAll);
        return catchAll;
    }

    /** Makes a pass, unless it would find the same as the last one, which left nothing to do. */
    void pass() {
        try {
            launcher.collectEnded();
            if (supervisesHaveEnded() || !footprint.isUnchanged()) lookAtAll();
        } catch (OutOfMemoryError lacking) {
            troubled = true;
            footprint.distrust();
            say.warn("unable to look at services, pausing", -Errno.ENOMEM);
        }
    }

    private void lookAtAll() {
        // While something is wrong, each pass looks at everything.
        if (troubled) footprint.distrust();
        else footprint.begin();
        troubled = false;
        for (int i = 0; i < services.count(); i++) services.get(i).setActive(false);
        int error = lookAtEntries();
        if (error < 0) {
            say.warn("unable to read directory", error);
            troubled = true;
        } else {
            forgetTheGone();
        }
        if (troubled) footprint.distrust();
        runningAfterPass = launcher.running();
    }

    /**
     * Looks at one entry after the other: a list of all might not fit into memory. The directory is open meanwhile, so that
     * a pipe cannot take the last free descriptor, which the next pass needs.
     */
    private int lookAtEntries() {
        int result = entry.open(".");
        if (result < 0) return result;
        try {
            while ((result = entry.next()) > 0) {
                if (entry.nameByte(0) != '.') lookAtEntry();
            }
        } finally {
            entry.close();
        }
        return result;
    }

    private void lookAtEntry() {
        path.begin().add(entry);
        try {
            if (look()) footprint.add(path.bytes());
            else troubled = true;
        } catch (OutOfMemoryError lacking) {
            path.begin().add(entry);
            warn("unable to start ", -Errno.ENOMEM);
            troubled = true;
        }
    }

    /** Looks at an entry, and starts what is missing. Warns of trouble and returns false; the next pass tries again. */
    private boolean look() {
        int error = libc.stat(path.bytes(), status);
        if (error < 0) {
            warn("unable to stat ", error);
            if (isInCharge) keepNamed();
            return false;
        }
        if (!status.isDirectory()) return true;
        ScannedService service = services.find(status.device(), status.inode());
        // Another directory under the catch-all log's name is none, and no other service.
        if (catchAll != null && service != catchAll && entry.isCalled(catchAll.name())) return true;
        if (service == null) {
            service = takeIn(status.device(), status.inode());
            if (service == null) return false;
        }
        if (service.isLeaving()) return false;
        if (isInCharge) service.setEssential(hasFile(ESSENTIAL));
        // If several entries lead to a service, it keeps the name of the first, unless it must be started under
        // another.
        boolean isNamed = service == catchAll || (service.isActive() && service.isComplete());
        if (!isNamed && !entry.isCalled(service.name())) launcher.prepare(service, entry.name());
        service.setActive(true);
        return launcher.startMissing(service);
    }

    private boolean hasFile(String name) {
        int length = path.length();
        boolean isThere = libc.stat(path.add(name).bytes(), status) == 0;
        path.cut(length);
        return isThere;
    }

    /** An entry is there, whatever it leads to: its service stays. */
    private void keepNamed() {
        for (int i = 0; i < services.count(); i++) {
            if (entry.isCalled(services.get(i).name())) services.get(i).setActive(true);
        }
    }

    /** Makes a new service known. Looks for its log, this once. Returns null when that fails on this pass. */
    private @Nullable ScannedService takeIn(long device, long inode) {
        if (services.count() >= MOST_SERVICES) {
            say.warning("unable to start ")
                    .add(path.bytes(), path.length())
                    .add(": running too many services")
                    .print(libc);
            return null;
        }
        int length = path.length();
        int log = libc.stat(path.add("/log").bytes(), status);
        if (log < 0 && log != -Errno.ENOENT) {
            warn("unable to stat ", log);
            return null;
        }
        path.cut(length);
        ScannedService service = new ScannedService(device, inode, log == 0);
        launcher.prepare(service, entry.name());
        services.makeRoom();
        // Last, because nothing may fail after the pipe is open.
        int error = service.isLogged() ? service.openPipe(libc) : 0;
        if (error < 0) {
            warn("unable to create pipe for ", error);
            return null;
        }
        services.add(service);
        return service;
    }

    private void warn(String trouble, int error) {
        say.warning(trouble).add(path.bytes(), path.length()).addReason(error).print(libc);
    }

    /** Forgets services that are no longer in the directory, when their supervises have ended. */
    private void forgetTheGone() {
        leaving = 0;
        for (int i = services.count() - 1; i >= 0; i--) {
            ScannedService service = services.get(i);
            if (service.isActive() || service == catchAll) continue;
            if (!service.isRunning()) {
                service.closePipe(libc);
                services.remove(i);
            } else if (isInCharge) {
                service.leave();
                leaving++;
            }
        }
    }
}

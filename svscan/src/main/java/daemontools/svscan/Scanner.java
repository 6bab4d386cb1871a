package daemontools.svscan;

import daemontools.common.Diagnostics;
import daemontools.posix.Errno;
import daemontools.posix.FileStatus;
import daemontools.posix.LibC;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** The services of the current directory, and the passes that keep a supervise running for each (spec 3). */
final class Scanner {
    /** 0.76 stops at 1000. */
    static final int MOST_SERVICES = 10_000;

    /** A service is its directory, whatever links to it are called. */
    private record Identity(long device, long inode) {
        // A record's own hashCode and equals are slow in a native image.
        @Override
        public int hashCode() {
            return Long.hashCode(31 * device + inode);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Identity that && that.device == device && that.inode == inode;
        }
    }

    private final LibC libc;
    private final Diagnostics say;
    private final Launcher launcher;
    private final Footprint footprint;
    private final Map<Identity, ScannedService> services = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private final FileStatus status = new FileStatus();
    private int runningAfterPass;

    Scanner(LibC libc, Diagnostics say, Launcher launcher) {
        this.libc = libc;
        this.say = say;
        this.launcher = launcher;
        this.footprint = new Footprint(libc);
    }

    Collection<ScannedService> services() {
        return services.values();
    }

    /** Makes a pass; where it would be just like the last, which left nothing to be done, it is spared. */
    void pass() {
        launcher.collectEnded();
        if (launcher.running() == runningAfterPass && footprint.isUnchanged()) return;
        footprint.begin();
        for (ScannedService service : services.values()) service.setInactive();
        names.clear();
        int error = libc.listDirectory(".", names);
        // A descriptor that no pipe gets: the next pass needs it to read the directory.
        int reserved = libc.open(".", LibC.O_RDONLY | LibC.O_CLOEXEC, 0);
        for (String name : names) {
            if (name.startsWith(".")) continue;
            if (look(name)) footprint.add(name);
            else footprint.distrust();
        }
        if (reserved >= 0) libc.close(reserved);
        if (error < 0) {
            say.warn("unable to read directory", error);
            footprint.distrust();
        } else {
            forgetTheGone();
        }
        runningAfterPass = launcher.running();
    }

    /** Returns whether all is as it should be; what is not was warned of, and is tried again on the next pass. */
    private boolean look(String name) {
        int error = libc.stat(name, status);
        if (error < 0) {
            say.warn("unable to stat " + name, error);
            return false;
        }
        if (!status.isDirectory()) return true;
        Identity identity = new Identity(status.device(), status.inode());
        ScannedService service = services.get(identity);
        if (service == null) {
            service = firstSeen(name);
            if (service == null) return false;
            services.put(identity, service);
        }
        service.foundAs(name);
        return launcher.startMissing(service);
    }

    /** Decides once whether the service is logged; null when it cannot be taken in on this pass. */
    private ScannedService firstSeen(String name) {
        if (services.size() >= MOST_SERVICES) {
            say.warn("unable to start " + name + ": running too many services");
            return null;
        }
        int log = libc.stat(name + "/log", status);
        if (log == -Errno.ENOENT) return ScannedService.unlogged();
        if (log < 0) {
            say.warn("unable to stat " + name + "/log", log);
            return null;
        }
        int[] pipe = new int[2];
        int error = libc.pipe(pipe, LibC.O_CLOEXEC);
        if (error < 0) {
            say.warn("unable to create pipe for " + name, error);
            return null;
        }
        return ScannedService.logged(pipe);
    }

    /** What is no longer in the directory is forgotten when its supervises have ended. */
    private void forgetTheGone() {
        for (Iterator<ScannedService> each = services.values().iterator(); each.hasNext(); ) {
            ScannedService service = each.next();
            if (service.isActive() || service.isRunning()) continue;
            service.closePipe(libc);
            each.remove();
        }
    }
}

package daemontools.svscan;

import daemontools.common.Diagnostics;
import daemontools.posix.Errno;
import daemontools.posix.FileStatus;
import daemontools.posix.LibC;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** The services of the current directory, and the passes that keep a supervise running for each (spec 3). */
final class Scanner {
    /** 0.76 stops at 1000. */
    static final int MOST_SERVICES = 10_000;

    private static final int ANY_CHILD = -1;

    /** A service is its directory, whatever links to it are called. */
    private record Identity(long device, long inode) {}

    private final LibC libc;
    private final Diagnostics say;
    private final Launcher launcher;
    private final Map<Identity, ScannedService> services = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private final FileStatus status = new FileStatus();
    private final int[] exitStatus = new int[1];

    Scanner(LibC libc, Diagnostics say, Launcher launcher) {
        this.libc = libc;
        this.say = say;
        this.launcher = launcher;
    }

    void pass() {
        collectChildren();
        for (ScannedService service : services.values()) service.setActive(false);
        names.clear();
        int error = libc.listDirectory(".", names);
        for (String name : names) {
            if (!name.startsWith(".")) look(name);
        }
        if (error < 0) {
            say.warn("unable to read directory", error);
        } else {
            forgetTheGone();
        }
    }

    private void collectChildren() {
        while (true) {
            int pid = libc.waitpid(ANY_CHILD, LibC.WNOHANG, exitStatus);
            if (pid <= 0) return;
            launcher.ended(pid);
        }
    }

    private void look(String name) {
        int error = libc.stat(name, status);
        if (error < 0) {
            say.warn("unable to stat " + name, error);
            return;
        }
        if (!status.isDirectory()) return;
        Identity identity = new Identity(status.device(), status.inode());
        ScannedService service = services.get(identity);
        if (service == null) {
            service = firstSeen(name);
            if (service == null) return;
            services.put(identity, service);
        }
        service.setActive(true);
        launcher.startMissing(service, name);
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
            if (service.isLogged()) {
                libc.close(service.pipeReader());
                libc.close(service.pipeWriter());
            }
            each.remove();
        }
    }
}

package daemontools.multilog;

import daemontools.common.Tai64n;
import daemontools.posix.Errno;
import daemontools.posix.FileStatus;
import daemontools.posix.LibC;

/** A log directory: the names in it, and how a file becomes one of the old files. All paths are relative to it. */
final class LogDirectory {
    static final String LOCK = "lock";
    static final String CURRENT = "current";
    static final String PREVIOUS = "previous";
    static final String PROCESSED = "processed";
    static final String STATE = "state";
    static final String NEW_STATE = "newstate";

    /** Finished and safe on disk. */
    static final String SAFE = "s";
    /** Was being written when there was an outage: perhaps truncated, not processed. */
    static final String UNSAFE = "u";

    static final int OPEN = 0644;
    /** Being executable tells that the file has been brought to disk. */
    static final int FINISHED = 0744;

    private static final int APPEND = LibC.O_WRONLY | LibC.O_NONBLOCK | LibC.O_APPEND | LibC.O_CREAT | LibC.O_CLOEXEC;
    private static final int APPEND_MODE = 0600;

    private final LibC libc;
    private final Persistence persistence;
    private final LogSettings settings;
    private final int fd;

    LogDirectory(LibC libc, Persistence persistence, LogSettings settings, int fd) {
        this.libc = libc;
        this.persistence = persistence;
        this.settings = settings;
        this.fd = fd;
    }

    /** As the script names it. */
    String path() {
        return settings.path();
    }

    /** What messages call a file in it. */
    String path(String name) {
        return settings.path() + "/" + name;
    }

    /** Makes it the current directory. */
    void enter() {
        persistence.insist("unable to switch to " + path(), () -> libc.fchdir(fd));
    }

    /** Opens a file to write at its end; creates it if need be. */
    int openToAppend(String name) {
        return libc.open(name, APPEND, APPEND_MODE);
    }

    /** Turns a file, if it is there, into an old file with the present time in its name; then removes what is too old. */
    void finish(String name, String code) {
        FileStatus status = new FileStatus();
        int found = persistence.insist("unable to stat " + path(name), () -> {
            int error = libc.stat(name, status);
            return error == -Errno.ENOENT ? Errno.ENOENT : error;
        });
        if (found == Errno.ENOENT) return;
        // With two links, an earlier run came as far as the unlink.
        if (status.links() == 1) link(name, code);
        persistence.insist("unable to remove " + path(name), () -> libc.unlink(name));
        persistence.insist("unable to read " + path(), () -> OldFiles.trim(libc, settings.files()));
    }

    private void link(String name, String code) {
        while (true) {
            String old = Tai64n.now(libc) + "." + code;
            int error = libc.link(name, old);
            if (error >= 0) return;
            persistence.pause("unable to link to " + path(old), error);
        }
    }
}

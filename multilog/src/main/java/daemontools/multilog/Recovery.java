package daemontools.multilog;

import daemontools.common.Diagnostics;
import daemontools.posix.Errno;
import daemontools.posix.FileStatus;
import daemontools.posix.LibC;

/**
 * What the last multilog left in the current directory, which is the log's (spec 11.5): {@code current} is marked where
 * it came to its end, and after an outage it is not.
 */
final class Recovery {
    private static final int TRUNCATE = LibC.O_WRONLY | LibC.O_NONBLOCK | LibC.O_CREAT | LibC.O_TRUNC;

    private final LibC libc;
    private final Diagnostics say;
    private final LogDirectory directory;
    private final FileStatus status = new FileStatus();

    Recovery(LibC libc, Diagnostics say, LogDirectory directory) {
        this.libc = libc;
        this.say = say;
        this.directory = directory;
    }

    /** The size of a {@code current} that is to be gone on with; -1 after an outage, or where there is none. */
    long sizeToContinue() {
        return isFinished(LogDirectory.CURRENT) ? status.size() : -1;
    }

    /** After an outage: what was being written becomes an old file, and a rotation that was under way ends. */
    void recover() {
        libc.unlink(LogDirectory.STATE);
        libc.unlink(LogDirectory.NEW_STATE);
        if (isFinished(LogDirectory.PROCESSED)) {
            libc.unlink(LogDirectory.PREVIOUS);
            directory.finish(LogDirectory.PROCESSED, LogDirectory.SAFE);
        } else {
            libc.unlink(LogDirectory.PROCESSED);
            // It was brought to disk before it got its name, so a processor may have it.
            if (directory.settings().inBackground()) libc.chmod(LogDirectory.PREVIOUS, LogDirectory.FINISHED);
            directory.finish(LogDirectory.PREVIOUS, LogDirectory.UNSAFE);
        }
        directory.finish(LogDirectory.CURRENT, LogDirectory.UNSAFE);
        int state = libc.open(LogDirectory.STATE, TRUNCATE, LogDirectory.OPEN);
        if (state < 0) throw say.fatal("unable to write to " + directory.path(LogDirectory.STATE), state);
        libc.close(state);
    }

    /** Whether the file is there and carries the mark of being safe on disk. */
    private boolean isFinished(String name) {
        int error = libc.stat(name, status);
        if (error == -Errno.ENOENT) return false;
        if (error < 0) throw say.fatal("unable to stat " + directory.path(name), error);
        return status.isExecutableByOwner();
    }
}

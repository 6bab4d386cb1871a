package daemontools.multilog;

import daemontools.common.Diagnostics;
import daemontools.posix.Errno;
import daemontools.posix.FileStatus;
import daemontools.posix.LibC;

/** Opening a log directory at start: taking its lock, and going on from what the last multilog left (spec 11.5). */
final class Opening {
    private final LibC libc;
    private final Diagnostics say;
    private final Persistence persistence;
    private final int bufferSize;
    private final OldFiles oldFiles;
    private final FileStatus status = new FileStatus();

    Opening(LibC libc, Diagnostics say, Persistence persistence, int bufferSize) {
        this.libc = libc;
        this.say = say;
        this.persistence = persistence;
        this.bufferSize = bufferSize;
        this.oldFiles = new OldFiles(libc);
    }

    /** Opens the directory of the settings, a path relative to the current directory, which it becomes. */
    Log open(LogSettings settings) {
        String path = settings.path();
        libc.mkdir(path, 0700);
        int fd = checked(
                "unable to open directory " + path,
                libc.open(path, LibC.O_RDONLY | LibC.O_NONBLOCK | LibC.O_CLOEXEC, 0));
        checked("unable to open directory " + path, libc.fchdir(fd));
        LogDirectory directory = new LogDirectory(libc, persistence, oldFiles, settings, fd);

        int lock = checked("unable to lock directory " + path, directory.openToAppend(LogDirectory.LOCK));
        checked("unable to lock directory " + path, libc.flock(lock, LibC.LOCK_EX | LibC.LOCK_NB));

        boolean clean = isFinished(directory, LogDirectory.CURRENT);
        long size = clean ? status.size() : 0;
        if (!clean) recover(directory);
        String action = clean ? "unable to append to " : "unable to write to ";
        int current =
                checked(action + directory.path(LogDirectory.CURRENT), directory.openToAppend(LogDirectory.CURRENT));
        checked(
                "unable to set mode of " + directory.path(LogDirectory.CURRENT),
                libc.fchmod(current, LogDirectory.OPEN));

        Rotation rotation = new Rotation(libc, say, directory, settings.processor());
        return new Log(libc, directory, rotation, settings.size(), bufferSize, current, size);
    }

    /** After an outage: what was being written becomes an old file, and a rotation that was under way ends. */
    private void recover(LogDirectory directory) {
        libc.unlink(LogDirectory.STATE);
        libc.unlink(LogDirectory.NEW_STATE);
        if (isFinished(directory, LogDirectory.PROCESSED)) {
            libc.unlink(LogDirectory.PREVIOUS);
            directory.finish(LogDirectory.PROCESSED, LogDirectory.SAFE);
        } else {
            libc.unlink(LogDirectory.PROCESSED);
            directory.finish(LogDirectory.PREVIOUS, LogDirectory.UNSAFE);
        }
        directory.finish(LogDirectory.CURRENT, LogDirectory.UNSAFE);
        int flags = LibC.O_WRONLY | LibC.O_NONBLOCK | LibC.O_CREAT | LibC.O_TRUNC;
        int state = libc.open(LogDirectory.STATE, flags, LogDirectory.OPEN);
        libc.close(checked("unable to write to " + directory.path(LogDirectory.STATE), state));
    }

    /** Whether the file is there and carries the mark of being safe on disk. */
    private boolean isFinished(LogDirectory directory, String name) {
        int error = libc.stat(name, status);
        if (error == -Errno.ENOENT) return false;
        checked("unable to stat " + directory.path(name), error);
        return status.isExecutableByOwner();
    }

    private int checked(String trouble, int result) {
        if (result < 0) throw say.fatal(trouble, result);
        return result;
    }
}

package daemontools.multilog;

import daemontools.common.Diagnostics;
import daemontools.posix.LibC;

/** Opens log directories at the start: takes their locks, and goes on from what the last multilog left (spec 11.5). */
final class LogOpener {
    private static final int DIRECTORY = LibC.O_RDONLY | LibC.O_NONBLOCK | LibC.O_CLOEXEC;

    private final LibC libc;
    private final Diagnostics say;
    private final EndlessRetry retry;
    private final int stampLength;
    private final int bufferSize;
    private final Requests requests;
    private final OldFiles oldFiles;

    LogOpener(LibC libc, Diagnostics say, EndlessRetry retry, Requests requests, int stampLength, int bufferSize) {
        this.libc = libc;
        this.say = say;
        this.retry = retry;
        this.requests = requests;
        this.stampLength = stampLength;
        this.bufferSize = bufferSize;
        this.oldFiles = new OldFiles(libc);
    }

    /** Opens the directory of the settings, a path relative to the current directory, which it becomes. */
    Log open(LogSettings settings) {
        LogDirectory directory = enter(settings);
        lock(directory);
        Recovery recovery = new Recovery(libc, say, directory);
        long size = recovery.sizeToContinue();
        if (size < 0) recovery.recover();
        int current = openCurrent(directory, size < 0 ? "unable to write to " : "unable to append to ");
        Rotation rotation = rotation(directory, settings);
        return new Log(libc, directory, rotation, stampLength, bufferSize, current, Math.max(size, 0));
    }

    private LogDirectory enter(LogSettings settings) {
        String path = settings.path();
        libc.mkdir(path, 0700);
        int fd = checked("unable to open directory " + path, libc.open(path, DIRECTORY, 0));
        checked("unable to open directory " + path, libc.fchdir(fd));
        return new LogDirectory(libc, retry, oldFiles, settings, fd);
    }

    private void lock(LogDirectory directory) {
        String trouble = "unable to lock directory " + directory.path();
        int lock = checked(trouble, directory.openToAppend(LogDirectory.LOCK));
        checked(trouble, libc.flock(lock, LibC.LOCK_EX | LibC.LOCK_NB));
    }

    private int openCurrent(LogDirectory directory, String trouble) {
        String path = directory.path(LogDirectory.CURRENT);
        int current = checked(trouble + path, directory.openToAppend(LogDirectory.CURRENT));
        checked("unable to set mode of " + path, libc.fchmod(current, LogDirectory.OPEN));
        return current;
    }

    private Rotation rotation(LogDirectory directory, LogSettings settings) {
        String text = settings.processor();
        if (text == null) return new Rotation(libc, directory, null, null);
        ProcessorCommand command = ProcessorCommand.prepare(libc, say, text, settings.inBackground());
        if (!settings.inBackground()) {
            return new Rotation(libc, directory, new Processor(libc, say, directory, command), null);
        }
        BackgroundProcessor processor = new BackgroundProcessor(libc, retry, directory, command, requests);
        directory.keepFor(processor);
        return new Rotation(libc, directory, null, processor);
    }

    private int checked(String trouble, int result) {
        if (result < 0) throw say.fatal(trouble, result);
        return result;
    }
}

package daemontools.multilog;

import daemontools.posix.LibC;
import org.jspecify.annotations.Nullable;

/** Turning a directory's current file into an old one and starting another (spec 11.7). */
final class Rotation {
    private final LibC libc;
    private final LogDirectory directory;
    private final @Nullable Processor processor;
    private final @Nullable BackgroundProcessor background;

    /** One of the processors is null, or both are. */
    Rotation(
            LibC libc,
            LogDirectory directory,
            @Nullable Processor processor,
            @Nullable BackgroundProcessor background) {
        this.libc = libc;
        this.directory = directory;
        this.processor = processor;
        this.background = background;
    }

    /** Closes the current file; returns a descriptor of the new one. */
    int rotate(int full) {
        directory.enter();
        sync(full, LogDirectory.CURRENT);
        libc.close(full);
        rename(LogDirectory.CURRENT, LogDirectory.PREVIOUS, "unable to rename current to previous in directory ");
        int current = create(LogDirectory.CURRENT);
        setMode(current, LogDirectory.CURRENT, LogDirectory.OPEN);
        markPrevious();
        if (processor != null) {
            process(processor);
        } else if (background != null) {
            background.expectFile();
            directory.finish(LogDirectory.PREVIOUS, LogDirectory.UNSAFE);
        } else {
            directory.finish(LogDirectory.PREVIOUS, LogDirectory.SAFE);
        }
        return current;
    }

    /** Null for none. */
    @Nullable
    BackgroundProcessor background() {
        return background;
    }

    /** Marks the current file as safe on disk, at the end of a run. */
    void leave(int current) {
        sync(current, LogDirectory.CURRENT);
        setMode(current, LogDirectory.CURRENT, LogDirectory.FINISHED);
    }

    private void process(Processor through) {
        through.run();
        int processed = create(LogDirectory.PROCESSED);
        sync(processed, LogDirectory.PROCESSED);
        setMode(processed, LogDirectory.PROCESSED, LogDirectory.FINISHED);
        libc.close(processed);
        int newState = create(LogDirectory.NEW_STATE);
        sync(newState, LogDirectory.NEW_STATE);
        libc.close(newState);
        directory.remove(LogDirectory.PREVIOUS);
        rename(LogDirectory.NEW_STATE, LogDirectory.STATE, "unable to rename newstate to state in directory ");
        directory.finish(LogDirectory.PROCESSED, LogDirectory.SAFE);
    }

    private void rename(String from, String to, String trouble) {
        int error;
        while ((error = libc.rename(from, to)) < 0) directory.pause(trouble, error);
    }

    private int create(String name) {
        int fd;
        while ((fd = directory.openToAppend(name)) < 0) directory.pause("unable to create ", name, fd);
        return fd;
    }

    private void sync(int fd, String name) {
        int error;
        while ((error = libc.fsync(fd)) < 0) directory.pause("unable to write ", name, " to disk", error);
    }

    private void setMode(int fd, String name, int mode) {
        int error;
        while ((error = libc.fchmod(fd, mode)) < 0) directory.pause("unable to set mode of ", name, error);
    }

    private void markPrevious() {
        int error;
        while ((error = libc.chmod(LogDirectory.PREVIOUS, LogDirectory.FINISHED)) < 0) {
            directory.pause("unable to set mode of ", LogDirectory.PREVIOUS, error);
        }
    }
}

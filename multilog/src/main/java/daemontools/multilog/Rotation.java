package daemontools.multilog;

import daemontools.common.Diagnostics;
import daemontools.posix.LibC;

/** Turning a directory's current file into an old one and starting another (spec 11.7). */
final class Rotation {
    private final LibC libc;
    private final Persistence persistence;
    private final LogDirectory directory;
    private final Processor processor;

    /** {@code command} is the processor's, null for none. */
    Rotation(LibC libc, Diagnostics say, Persistence persistence, LogDirectory directory, String command) {
        this.libc = libc;
        this.persistence = persistence;
        this.directory = directory;
        this.processor = command == null ? null : new Processor(libc, say, persistence, directory, command);
    }

    /** Closes the current file; returns a descriptor of the new one. */
    int rotate(int full) {
        directory.enter();
        sync(full, LogDirectory.CURRENT);
        libc.close(full);
        persistence.insist(
                "unable to rename current to previous in directory " + directory.path(),
                () -> libc.rename(LogDirectory.CURRENT, LogDirectory.PREVIOUS));
        int current = create(LogDirectory.CURRENT);
        setMode(current, LogDirectory.CURRENT, LogDirectory.OPEN);
        persistence.insist(
                "unable to set mode of " + directory.path(LogDirectory.PREVIOUS),
                () -> libc.chmod(LogDirectory.PREVIOUS, LogDirectory.FINISHED));
        if (processor == null) {
            directory.finish(LogDirectory.PREVIOUS, LogDirectory.SAFE);
        } else {
            process();
        }
        return current;
    }

    /** Marks the current file as safe on disk, at the end of a run. */
    void leave(int current) {
        sync(current, LogDirectory.CURRENT);
        setMode(current, LogDirectory.CURRENT, LogDirectory.FINISHED);
    }

    private void process() {
        processor.run();
        int processed = create(LogDirectory.PROCESSED);
        sync(processed, LogDirectory.PROCESSED);
        setMode(processed, LogDirectory.PROCESSED, LogDirectory.FINISHED);
        libc.close(processed);
        int newState = create(LogDirectory.NEW_STATE);
        sync(newState, LogDirectory.NEW_STATE);
        libc.close(newState);
        persistence.insist(
                "unable to remove " + directory.path(LogDirectory.PREVIOUS), () -> libc.unlink(LogDirectory.PREVIOUS));
        persistence.insist(
                "unable to rename newstate to state in directory " + directory.path(),
                () -> libc.rename(LogDirectory.NEW_STATE, LogDirectory.STATE));
        directory.finish(LogDirectory.PROCESSED, LogDirectory.SAFE);
    }

    private int create(String name) {
        return persistence.insist("unable to create " + directory.path(name), () -> directory.openToAppend(name));
    }

    private void sync(int fd, String name) {
        persistence.insist("unable to write " + directory.path(name) + " to disk", () -> libc.fsync(fd));
    }

    private void setMode(int fd, String name, int mode) {
        persistence.insist("unable to set mode of " + directory.path(name), () -> libc.fchmod(fd, mode));
    }
}

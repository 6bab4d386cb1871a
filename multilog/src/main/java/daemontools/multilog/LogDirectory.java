package daemontools.multilog;

import daemontools.common.Message;
import daemontools.posix.Errno;
import daemontools.posix.FileStatus;
import daemontools.posix.LibC;
import org.jspecify.annotations.Nullable;

/** A log directory: the names in it, and how a file becomes one of the old files. All paths are relative to it. */
final class LogDirectory {
    static final String LOCK = "lock";
    static final String CURRENT = "current";
    static final String PREVIOUS = "previous";
    static final String PROCESSED = "processed";
    static final String STATE = "state";
    static final String NEW_STATE = "newstate";

    /** Finished and safe on disk. */
    static final char SAFE = 's';
    /** Was being written when there was an outage: perhaps truncated, not processed. */
    static final char UNSAFE = 'u';

    static final int OPEN = 0644;
    /** Being executable tells that the file has been brought to disk. */
    static final int FINISHED = 0744;

    private static final int APPEND = LibC.O_WRONLY | LibC.O_NONBLOCK | LibC.O_APPEND | LibC.O_CREAT | LibC.O_CLOEXEC;
    private static final int APPEND_MODE = 0600;

    private final LibC libc;
    private final EndlessRetry retry;
    private final OldFiles oldFiles;
    private final StampedName newest;
    private final LogSettings settings;
    private final int fd;
    private final FileStatus status = new FileStatus();
    /** Which old files are not to go yet, null for none. */
    private @Nullable BackgroundProcessor keeper;

    LogDirectory(LibC libc, EndlessRetry retry, OldFiles oldFiles, LogSettings settings, int fd) {
        this.libc = libc;
        this.retry = retry;
        this.oldFiles = oldFiles;
        this.newest = new StampedName(libc);
        this.settings = settings;
        this.fd = fd;
    }

    /** From here on no old file goes that is still to be processed. */
    void keepFor(BackgroundProcessor processor) {
        keeper = processor;
    }

    LogSettings settings() {
        return settings;
    }

    /** As the script names it. */
    String path() {
        return settings.path();
    }

    /** What messages call a file in it. */
    String path(String name) {
        return settings.path() + "/" + name;
    }

    /** Says what the trouble with the directory is, where no system call failed, and waits. */
    void pause(String trouble) {
        retry.pause(about(trouble));
    }

    /** Says what the trouble with the directory is, and waits. */
    void pause(String trouble, int error) {
        if (!makesRoom(error)) retry.pause(about(trouble), error);
    }

    /** Says what the trouble with a file in it is, and waits. */
    void pause(String trouble, String name, int error) {
        pause(trouble, name, "", error);
    }

    /** The same, where something is said behind the file's name. */
    void pause(String trouble, String name, String rest, int error) {
        if (!makesRoom(error)) retry.pause(about(trouble).add("/").add(name).add(rest), error);
    }

    /** Begins what is said of a trouble with it. */
    Message about(String trouble) {
        return retry.trouble(trouble).add(path());
    }

    /** Makes it the current directory. */
    void enter() {
        int error;
        while ((error = libc.fchdir(fd)) < 0) pause("unable to switch to ", error);
    }

    /** Opens a file to write at its end; creates it if need be. */
    int openToAppend(String name) {
        return libc.open(name, APPEND, APPEND_MODE);
    }

    /** Turns a file, if it is there, into an old file with the present time in its name; then removes what is too old. */
    void finish(String name, char code) {
        if (!exists(name)) return;
        // With two links, an earlier run came as far as the unlink.
        if (status.links() == 1) link(name, code);
        remove(name);
        // At the start a processor in the background is not there yet: what is too old goes when it is.
        if (keeper != null || !settings.inBackground()) trim();
    }

    /** Removes old files, the oldest first, until they are not too many. */
    private void trim() {
        while (true) {
            int error = settings.oldBytes() > 0 ? oldFiles.lookAtSizes() : oldFiles.look();
            if (error == 0 && !areTooMany()) return;
            if (error == 0 && keeper != null && keeper.isToProcess(oldFiles.oldest())) {
                if (!keeper.awaitProcessed(oldFiles.oldest())) return;
                continue;
            }
            if (error == 0) error = libc.unlink(oldFiles.oldest());
            if (error < 0) pause("unable to read ", error);
        }
    }

    private boolean areTooMany() {
        boolean tooLarge = settings.oldBytes() > 0 && oldFiles.bytes() > settings.oldBytes();
        return oldFiles.count() >= settings.files() || tooLarge;
    }

    /** On a full disk with a limit to the old files, the oldest makes room; false where there is none to go. */
    private boolean makesRoom(int error) {
        if (settings.oldBytes() == 0 || (error != -Errno.ENOSPC && error != -Errno.EDQUOT)) return false;
        enter();
        if (oldFiles.look() < 0 || oldFiles.count() == 0) return false;
        if (libc.unlink(oldFiles.oldest()) < 0) return false;
        retry.say(about("out of disk space, removed ").add("/").add(oldFiles.oldest(), oldFiles.oldestLength()));
        return true;
    }

    /** Removes a file. */
    void remove(String name) {
        int error;
        while ((error = libc.unlink(name)) < 0) pause("unable to remove ", name, error);
    }

    private boolean exists(String name) {
        int error;
        while ((error = libc.stat(name, status)) < 0) {
            if (error == -Errno.ENOENT) return false;
            pause("unable to stat ", name, error);
        }
        return true;
    }

    private void link(String name, char code) {
        while (true) {
            newest.set(code);
            if (settings.goesBeyond0_76() && oldFiles.look() == 0) oldFiles.putBehind(newest);
            int error = libc.link(name, newest.bytes());
            if (error >= 0) return;
            if (makesRoom(error)) continue;
            retry.pause(about("unable to link to ").add("/").add(newest.bytes(), StampedName.LENGTH), error);
        }
    }
}

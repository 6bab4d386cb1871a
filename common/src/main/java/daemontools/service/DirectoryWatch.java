package daemontools.service;

import daemontools.posix.Errno;
import daemontools.posix.Inotify;
import daemontools.posix.LibC;

/**
 * Tells when files in directories are replaced or removed. Where the kernel watches no more directories, it says ten times
 * a second that any may have changed.
 */
public final class DirectoryWatch {
    /** In place of a directory's number: none, and any of them. */
    public static final int NONE = -1;

    public static final int ANY = -2;

    private static final int CHANGES =
            LibC.IN_MOVED_TO | LibC.IN_DELETE | LibC.IN_DELETE_SELF | LibC.IN_MOVE_SELF | LibC.IN_ONLYDIR;

    private static final int MILLIS_BETWEEN_LOOKS = 100;

    private final Inotify inotify;
    private boolean isPartial;
    private boolean mayHaveMissed;

    public DirectoryWatch(LibC libc) {
        this.inotify = new Inotify(libc);
        this.isPartial = inotify.descriptor() < 0;
    }

    /** Watches a directory from now on; its number, or {@link #NONE} where the kernel does not. */
    public int add(String path) {
        return add(path, CHANGES);
    }

    /** The same for files that are created, and that get another name, too. */
    public int addForAll(String path) {
        return add(path, CHANGES | LibC.IN_CREATE | LibC.IN_MOVED_FROM);
    }

    private int add(String path, int changes) {
        int number = inotify.add(path, changes);
        if (number >= 0) return number;
        if (number == -Errno.ENOSPC || number == -Errno.ENOMEM) isPartial = true;
        return NONE;
    }

    /** What {@link LibC#poll} finds ready when something has changed; -1 where there is no such thing. */
    public int descriptor() {
        return Math.max(inotify.descriptor(), NONE);
    }

    /** How long to wait for that when one would wait for so many milliseconds, -1 for ever. */
    public int patience(int milliseconds) {
        if (!isPartial) return milliseconds;
        mayHaveMissed = true;
        return milliseconds < 0 ? MILLIS_BETWEEN_LOOKS : Math.min(milliseconds, MILLIS_BETWEEN_LOOKS);
    }

    /** The number of a directory in which something has changed, {@link #ANY}, or {@link #NONE} when there is none (any more). */
    public int next() {
        if (mayHaveMissed) {
            mayHaveMissed = false;
            return ANY;
        }
        if (!inotify.next()) return NONE;
        return inotify.watch() == Inotify.ANY ? ANY : inotify.watch();
    }

    /** Whether the last change was that of a file whose name begins with a dot. */
    public boolean isOfHiddenFile() {
        return inotify.isAboutHiddenFile();
    }

    public void close() {
        inotify.close();
    }
}

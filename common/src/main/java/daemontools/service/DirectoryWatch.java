package daemontools.service;

import daemontools.posix.Errno;
import daemontools.posix.LibC;

/**
 * Tells when files in directories are replaced or removed: inotify(7). Where the kernel watches no more directories, it
 * says ten times a second that any may have changed.
 */
public final class DirectoryWatch {
    /** In place of a directory's number: none, and any of them. */
    public static final int NONE = -1;

    public static final int ANY = -2;

    private static final int CHANGES =
            LibC.IN_MOVED_TO | LibC.IN_DELETE | LibC.IN_DELETE_SELF | LibC.IN_MOVE_SELF | LibC.IN_ONLYDIR;

    private static final int MILLIS_BETWEEN_LOOKS = 100;
    private static final int BUFFER = 4096;
    /** struct inotify_event: the watch, the events, a cookie, and the length of the name that follows. */
    private static final int LENGTH = 12;

    private static final int NAME = 16;

    private final LibC libc;
    private final int fd;
    private final byte[] events = new byte[BUFFER];
    private int at;
    private int end;
    private boolean isPartial;
    private boolean mayHaveMissed;

    public DirectoryWatch(LibC libc) {
        this.libc = libc;
        this.fd = libc.inotifyInit(LibC.O_NONBLOCK | LibC.O_CLOEXEC);
        this.isPartial = fd < 0;
    }

    /** Watches a directory from now on; its number, or {@link #NONE} where the kernel does not. */
    public int add(String path) {
        int number = fd < 0 ? NONE : libc.inotifyAddWatch(fd, path, CHANGES);
        if (number >= 0) return number;
        if (number == -Errno.ENOSPC || number == -Errno.ENOMEM) isPartial = true;
        return NONE;
    }

    /** What {@link LibC#poll} finds ready when something has changed; -1 where there is no such thing. */
    public int descriptor() {
        return Math.max(fd, NONE);
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
        if (at == end) {
            at = 0;
            end = fd < 0 ? 0 : Math.max(libc.read(fd, events, 0, BUFFER), 0);
            if (end == 0) return NONE;
        }
        int number = number(at);
        at += NAME + number(at + LENGTH);
        return number < 0 ? ANY : number;
    }

    private int number(int offset) {
        int number = 0;
        for (int i = 3; i >= 0; i--) number = (number << 8) | (events[offset + i] & 0xff);
        return number;
    }

    public void close() {
        if (fd >= 0) libc.close(fd);
    }
}

package daemontools.posix;

/** What has happened to watched files and directories, event by event: inotify(7). */
public final class Inotify {
    /** In place of a watch's number: of all, because there were too many events. */
    public static final int ANY = -1;

    private static final int IGNORED = 0x8000;
    private static final int BUFFER = 4096;
    /** struct inotify_event: the watch, the events, a cookie, the length of the name, and the name with NULs behind it. */
    private static final int EVENTS = 4;

    private static final int LENGTH = 12;
    private static final int NAME = 16;

    private final LibC libc;
    private final int fd;
    private final byte[] events = new byte[BUFFER];
    private int at;
    private int next;
    private int end;

    public Inotify(LibC libc) {
        this.libc = libc;
        this.fd = libc.inotifyInit(LibC.O_NONBLOCK | LibC.O_CLOEXEC);
    }

    /** What {@link LibC#poll} finds ready when something has happened; negative where the kernel grants none. */
    public int descriptor() {
        return fd;
    }

    /** Watches a path for {@code IN_} events from now on; the number of the watch, which is the same for the same file. */
    public int add(String path, int mask) {
        return fd < 0 ? fd : libc.inotifyAddWatch(fd, path, mask);
    }

    /** Watches it no more. */
    public void remove(int number) {
        libc.inotifyRmWatch(fd, number);
    }

    /** Goes to the next event; false when there is none (any more). */
    public boolean next() {
        if (next == end) {
            next = 0;
            end = fd < 0 ? 0 : Math.max(libc.read(fd, events, 0, BUFFER), 0);
            if (end == 0) return false;
        }
        at = next;
        next += NAME + number(LENGTH);
        return true;
    }

    /** The number of the watch that the event is about, or {@link #ANY}. */
    public int watch() {
        return number(0);
    }

    /** Whether the event is one of a mask. */
    public boolean is(int mask) {
        return (number(EVENTS) & mask) != 0;
    }

    /** Whether the watch has ended, as what it watched is gone, or it was removed. */
    public boolean isEnd() {
        return is(IGNORED);
    }

    /** Whether the event is about a file of that name in the directory that is watched. */
    public boolean isAbout(String name) {
        int length = name.length();
        if (number(LENGTH) <= length || events[at + NAME + length] != 0) return false;
        for (int i = 0; i < length; i++) {
            if (events[at + NAME + i] != (byte) name.charAt(i)) return false;
        }
        return true;
    }

    /** Whether the event is about a file, in the directory that is watched, whose name begins with a dot. */
    public boolean isAboutHiddenFile() {
        return number(LENGTH) > 0 && events[at + NAME] == '.';
    }

    private int number(int offset) {
        int number = 0;
        for (int i = 3; i >= 0; i--) number = (number << 8) | (events[at + offset + i] & 0xff);
        return number;
    }

    public void close() {
        if (fd >= 0) libc.close(fd);
    }
}

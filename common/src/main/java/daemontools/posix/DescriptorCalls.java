package daemontools.posix;

/** What {@link LibC} does with descriptors. */
public interface DescriptorCalls {
    int O_RDONLY = 0;
    int O_WRONLY = 1;
    int O_RDWR = 2;
    int O_CREAT = 0x40;
    int O_TRUNC = 0x200;
    int O_APPEND = 0x400;
    int O_NONBLOCK = 0x800;
    int O_DIRECTORY = 0x10000;
    int O_CLOEXEC = 0x80000;

    int F_DUPFD = 0;
    int F_GETFD = 1;
    int F_SETFD = 2;
    int F_SETFL = 4;
    int FD_CLOEXEC = 1;

    int LOCK_EX = 2;
    int LOCK_NB = 4;

    int IN_MODIFY = 0x2;
    int IN_ATTRIB = 0x4;
    int IN_CLOSE_WRITE = 0x8;
    int IN_MOVED_FROM = 0x40;
    int IN_MOVED_TO = 0x80;
    int IN_CREATE = 0x100;
    int IN_DELETE = 0x200;
    int IN_DELETE_SELF = 0x400;
    int IN_MOVE_SELF = 0x800;
    int IN_ONLYDIR = 0x1000000;

    int open(String path, int flags, int mode);

    /** As {@link #open(String, int, int)}; the bytes before the first NUL are the path. */
    int open(byte[] path, int flags, int mode);

    int close(int fd);

    /** The number of bytes read into {@code buffer} from {@code offset}, zero at end of file. */
    int read(int fd, byte[] buffer, int offset, int count);

    int write(int fd, byte[] buffer, int offset, int count);

    int fsync(int fd);

    /** Moves to {@code offset} from the start. */
    int lseek(int fd, long offset);

    int fchmod(int fd, int mode);

    int flock(int fd, int operation);

    int fcntl(int fd, int command, int argument);

    int dup(int fd);

    int dup2(int from, int to);

    /** pipe2: the read end in {@code ends[0]}, the write end in {@code ends[1]}. */
    int pipe(int[] ends, int flags);

    /** How many bytes wait to be read in a pipe or fifo; either end of it will do. */
    int unread(int fd);

    /**
     * Waits until one of the descriptors, 16 at most, can be read without waiting (or has come to its end), for a
     * number of milliseconds at most, -1 for ever. Sets {@code ready} for each and returns how many are. A descriptor
     * of -1 is none, and never ready; {@link #urgent} makes one that waits for something else.
     */
    int poll(int[] descriptors, boolean[] ready, int milliseconds);

    /** What {@link #poll} takes for a descriptor, or -1, on which it is to wait for what {@link #pollUrgent} sees. */
    static int urgent(int fd) {
        return fd == -1 ? fd : -2 - fd;
    }

    /**
     * Whether there is something urgent (POLLPRI) on a descriptor: on one of {@code /proc/self/mountinfo}, that mounts
     * have changed since the last call, or since it was opened.
     */
    boolean pollUrgent(int fd);

    /** inotify_init1: a descriptor that can be read once something has happened to what it watches: inotify(7). */
    int inotifyInit(int flags);

    /** Watches a path for the {@code IN_} events of a mask; returns the number of the watch. */
    int inotifyAddWatch(int fd, String path, int mask);

    int inotifyRmWatch(int fd, int watch);
}

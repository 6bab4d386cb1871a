package daemontools.posix;

/** What /proc/PID/stat tells of a process: proc_pid_stat(5). One object serves many looks, and makes no garbage. */
public final class ProcessStat {
    /** More than the fields up to the last that is read; the name in it has 64 bytes at most. */
    private static final int SIZE = 512;
    /** Fields behind the name, the state being the first. */
    private static final int PARENT = 1;

    private static final int START = 19;

    private final LibC libc;
    private final PathBuffer path = new PathBuffer();
    private final byte[] bytes = new byte[SIZE];
    private int state;
    private int end;

    public ProcessStat(LibC libc) {
        this.libc = libc;
    }

    /** Looks at a process; whether there is one of that number, and it has not ended yet. */
    public boolean read(int pid) {
        return readAlsoEnded(pid) && bytes[state] != 'Z' && bytes[state] != 'X';
    }

    /** The same, but it may have ended, as long as nobody has waited for it. */
    public boolean readAlsoEnded(int pid) {
        path.begin().add("/proc/").add(pid).add("/stat");
        int fd = libc.open(path.bytes(), LibC.O_RDONLY | LibC.O_CLOEXEC, 0);
        if (fd < 0) return false;
        end = libc.read(fd, bytes, 0, SIZE);
        libc.close(fd);
        int close = end - 1;
        while (close >= 0 && bytes[close] != ')') close--;
        state = close + 2;
        return close > 0 && state < end;
    }

    /** The parent's pid. */
    public int parent() {
        return (int) field(PARENT);
    }

    /** When the process started, in clock ticks since the machine did. */
    public long start() {
        return field(START);
    }

    private long field(int number) {
        int at = state;
        for (int blanks = 0; at < end && blanks < number; at++) {
            if (bytes[at] == ' ') blanks++;
        }
        long value = 0;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9') value = 10 * value + bytes[at++] - '0';
        return value;
    }
}

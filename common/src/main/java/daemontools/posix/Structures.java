package daemontools.posix;

/** The structures that C fills in or reads, as arrays of longs: both implementations of {@link LibC} hand them to C. */
final class Structures {
    /** {@code struct statx}, in longs; so long, too, is an array for any other structure here. */
    static final int STATX_SIZE = 32;
    /** {@code sigset_t}, in longs. The kernel reads and writes the first one. */
    static final int SIGNAL_SET_SIZE = 16;
    /** The most descriptors that {@link LibC#poll} takes: each is one long. */
    static final int MOST_POLLED = 16;
    /** {@code struct statfs}, in longs. */
    static final int STATFS_SIZE = 15;
    /** {@code struct signalfd_siginfo}, in longs. */
    static final int SIGNAL_SIZE = 16;
    /** {@code struct timespec}, in longs. */
    static final int TIME_SIZE = 2;

    private static final int STATX_LINKS = 16;
    private static final int STATX_OWNER = 20;
    private static final int STATX_GROUP = 24;
    private static final int STATX_MODE = 28;
    private static final int STATX_INODE = 32;
    private static final int STATX_LENGTH = 40;
    private static final int STATX_CHANGED = 96;
    private static final int STATX_CHANGED_NANOS = 104;
    private static final int STATX_DEVICE_MAJOR = 136;
    private static final int STATX_DEVICE_MINOR = 140;

    private static final int STATFS_FLAGS = 80;

    private static final long INT = 0xffffffffL;
    private static final int SHORT = 0xffff;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private Structures() {}

    /** The int at an offset, in bytes, that is a multiple of four: the lower half of a long comes first. */
    private static int intAt(long[] structure, int offset) {
        long pair = structure[offset / Long.BYTES];
        return (int) (offset % Long.BYTES == 0 ? pair : pair >>> Integer.SIZE);
    }

    private static long longAt(long[] structure, int offset) {
        return structure[offset / Long.BYTES];
    }

    static void readStatx(long[] s, FileStatus into) {
        long device = (long) intAt(s, STATX_DEVICE_MAJOR) << Integer.SIZE | (intAt(s, STATX_DEVICE_MINOR) & INT);
        int mode = intAt(s, STATX_MODE) & SHORT;
        into.set(device, longAt(s, STATX_INODE), mode, intAt(s, STATX_LINKS), longAt(s, STATX_LENGTH));
        into.setOwner(intAt(s, STATX_OWNER), intAt(s, STATX_GROUP));
        into.setChanged(longAt(s, STATX_CHANGED) * NANOS_PER_SECOND + intAt(s, STATX_CHANGED_NANOS));
    }

    static long readFileSystemType(long[] statfs) {
        return statfs[0] & INT;
    }

    static long readMountFlags(long[] statfs) {
        return longAt(statfs, STATFS_FLAGS);
    }

    /** Puts a signal set into a {@code sigset_t}. */
    static void fillSignals(long[] set, long signals) {
        for (int i = 1; i < SIGNAL_SET_SIZE; i++) set[i] = 0;
        set[0] = signals;
    }

    /** Puts descriptors as {@link LibC#poll} takes them into an array of {@code struct pollfd}. */
    static void fillPoll(long[] entries, int[] descriptors) {
        for (int i = 0; i < descriptors.length; i++) {
            boolean isUrgent = descriptors[i] < -1;
            int fd = isUrgent ? DescriptorCalls.urgent(descriptors[i]) : descriptors[i];
            entries[i] = pollEntry(fd, isUrgent ? Abi.POLLPRI : Abi.POLLIN);
        }
    }

    static void readPoll(long[] entries, boolean[] ready, int count) {
        for (int i = 0; i < count; i++) ready[i] = hasCome(entries[i]);
    }

    /** One {@code struct pollfd}: the descriptor, the events that are waited for, and those that have come. */
    static long pollEntry(int fd, int events) {
        return (long) events << Integer.SIZE | (fd & INT);
    }

    static boolean hasCome(long pollEntry) {
        return pollEntry >>> (Integer.SIZE + Short.SIZE) != 0;
    }

    /** The number of the signal that a read of a signal descriptor gave. */
    static int readSignal(long[] signal) {
        return (int) signal[0];
    }

    static long readNanos(long[] time) {
        return time[0] * NANOS_PER_SECOND + time[1];
    }
}

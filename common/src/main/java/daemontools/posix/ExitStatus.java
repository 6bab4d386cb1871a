package daemontools.posix;

/**
 * How a child ended, as one number: its exit code, 0 to 255, or 256 plus the number of the signal that killed
 * it. {@link #of} makes it of the wait status that {@link LibC#waitpid} gives.
 */
public final class ExitStatus {
    /** The end of a child whose status nobody could collect. */
    public static final int UNKNOWN = -1;

    private static final int KILLED = 256;
    /** Parts of a wait status. */
    private static final int SIGNAL = 0x7f;

    private static final int CODE = 0xff;

    private ExitStatus() {}

    /** The number for a wait status. */
    public static int of(int waitStatus) {
        int signal = waitStatus & SIGNAL;
        return signal != 0 ? KILLED + signal : waitStatus >>> 8 & CODE;
    }

    /** Whether the number means that a signal killed the child. */
    public static boolean isSignal(int exitStatus) {
        return exitStatus > KILLED;
    }

    /** The signal that killed the child; only where {@link #isSignal}. */
    public static int signal(int exitStatus) {
        return exitStatus - KILLED;
    }

    /**
     * Waits until a child ends, whatever signals come in the meantime.
     *
     * @param pid the child, or -1 for any child
     * @return the pid of the child, whose wait status is in {@code status[0]}, or the negative errno number
     */
    public static int await(LibC libc, int pid, int[] status) {
        int ended;
        do {
            ended = libc.waitpid(pid, 0, status);
        } while (ended == -Errno.EINTR);
        return ended;
    }
}

package daemontools.posix;

import java.util.function.IntConsumer;

/** Signal numbers, the same on every Linux machine that we run on, and sets of them as one long. */
public final class Signals {
    public static final int HUP = 1;
    public static final int INT = 2;
    public static final int KILL = 9;
    public static final int PIPE = 13;
    public static final int ALRM = 14;
    public static final int TERM = 15;
    public static final int CHLD = 17;
    public static final int CONT = 18;
    public static final int STOP = 19;

    private Signals() {}

    /** The set that holds the given signals: bit (number - 1) for each. */
    public static long set(int... numbers) {
        long set = 0;
        for (int number : numbers) set |= 1L << (number - 1);
        return set;
    }

    /** Calls {@code action} with each number of a set. */
    static void forEach(long set, IntConsumer action) {
        for (long rest = set; rest != 0; rest &= rest - 1) action.accept(Long.numberOfTrailingZeros(rest) + 1);
    }
}

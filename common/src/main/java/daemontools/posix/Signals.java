package daemontools.posix;

import org.jspecify.annotations.Nullable;

/** Signal numbers, the same on every Linux machine that we run on, and sets of them as one long. */
public final class Signals {
    public static final int HUP = 1;
    public static final int INT = 2;
    public static final int QUIT = 3;
    public static final int KILL = 9;
    public static final int USR1 = 10;
    public static final int USR2 = 12;
    public static final int PIPE = 13;
    public static final int ALRM = 14;
    public static final int TERM = 15;
    public static final int CHLD = 17;
    public static final int CONT = 18;
    public static final int STOP = 19;
    public static final int TSTP = 20;
    public static final int WINCH = 28;

    /** The greatest number of a signal. */
    public static final int LAST = 64;

    private static final @Nullable String[] NAMES = {
        null, "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM",
        "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF",
        "WINCH", "IO", "PWR", "SYS"
    };

    private Signals() {}

    /** The name of a signal without its {@code SIG}, null for one that has a number only: signal(7). */
    public static @Nullable String name(int number) {
        return number < NAMES.length ? NAMES[number] : null;
    }

    /** The number of the signal that a word names: {@code TERM}, {@code SIGTERM} or {@code 15}; zero for none. */
    public static int number(String word) {
        String name = word.startsWith("SIG") ? word.substring(3) : word;
        for (int number = 1; number <= LAST; number++) {
            if (name.equals(name(number)) || word.equals(Integer.toString(number))) return number;
        }
        return 0;
    }

    /** The set that holds the given signals: bit (number - 1) for each. */
    public static long set(int... numbers) {
        long set = 0;
        for (int number : numbers) set |= 1L << (number - 1);
        return set;
    }

    /** The lowest number in a set that is not empty. */
    static int lowest(long set) {
        return Long.numberOfTrailingZeros(set) + 1;
    }
}

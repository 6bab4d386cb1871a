package daemontools.tai64n;

/** Reads the parts of a TZ string with glibc's tolerance: numbers are those of sscanf. */
final class TzScanner {
    private static final char END = 0;
    private static final int SHORTEST_NAME = 3;
    private static final String SPACE = " \t\n\013\f\r";
    /** As an unsigned number. */
    private static final long LARGEST = -1;

    private final String text;
    private int at;

    TzScanner(String text) {
        this.text = text;
    }

    /** The next character, which stays the next; 0 at the end. */
    char next() {
        return at < text.length() ? text.charAt(at) : END;
    }

    boolean isAtEnd() {
        return next() == END;
    }

    /** Whether nothing but that character is left. */
    boolean isLast(char last) {
        return at == text.length() - 1 && next() == last;
    }

    boolean isAtDigit() {
        return isDigit(next());
    }

    boolean skip(char expected) {
        if (next() != expected) return false;
        at++;
        return true;
    }

    /** Skips a zone's name: letters, or between angle brackets letters, digits and signs. Skips nothing else. */
    boolean skipName() {
        int start = at;
        while (isLetter(next())) at++;
        if (at - start >= SHORTEST_NAME) return true;
        at = start;
        if (skip('<')) {
            while (isLetter(next()) || isDigit(next()) || next() == '+' || next() == '-') at++;
            if (at - start > SHORTEST_NAME && skip('>')) return true;
        }
        at = start;
        return false;
    }

    /** Reads numbers with separators between them; returns how many. Those that are not there stay as they are. */
    int numbers(char separator, int[] into) {
        int count = 0;
        int end = at;
        while (count < into.length && (count == 0 || skip(separator))) {
            int number = number();
            if (number < 0) break;
            into[count] = number;
            count++;
            end = at;
        }
        at = end;
        return count;
    }

    /** The low 16 bits of a number that may have spaces and a sign before it; -1 when there is none. */
    private int number() {
        while (!isAtEnd() && SPACE.indexOf(next()) >= 0) at++;
        boolean negative = next() == '-';
        if (negative || next() == '+') at++;
        if (!isAtDigit()) return -1;
        long value = digits();
        return (int) (negative && value != LARGEST ? -value : value) & 0xffff;
    }

    /** The unsigned number that the next digits make, {@link #LARGEST} where it does not fit. */
    long digits() {
        long value = 0;
        for (; isAtDigit(); at++) {
            int digit = next() - '0';
            boolean fits = Long.compareUnsigned(value, Long.divideUnsigned(LARGEST - digit, 10)) <= 0;
            value = fits ? value * 10 + digit : LARGEST;
        }
        return value;
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}

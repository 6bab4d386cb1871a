package daemontools.service;

import daemontools.posix.LibC;
import daemontools.posix.Signals;

/** The text of a setting's file: words between blanks, read one after the other without garbage. */
final class SettingText {
    /** What stands for a word that is none of those that are asked for. */
    static final int NOT_UNDERSTOOD = -1;

    /** More than any value; what is longer is not understood. */
    private static final int SIZE = 64;

    private static final int MOST_DIGITS = 15;
    private static final String SIGNAL_PREFIX = "SIG";

    private final byte[] bytes = new byte[SIZE];
    private int at;
    private int end;

    /** Reads a file from its beginning: zero, or the negative errno number. */
    int read(LibC libc, int fd) {
        int length = libc.read(fd, bytes, 0, SIZE);
        at = 0;
        end = Math.max(length, 0);
        return Math.min(length, 0);
    }

    /** Whether nothing but blanks is left, and the whole text fitted. */
    boolean isAtEnd() {
        skipBlanks();
        return at == end && end < SIZE;
    }

    /** The next word as a number. */
    long number() {
        skipBlanks();
        int first = at;
        long number = 0;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9' && at - first < MOST_DIGITS) {
            number = 10 * number + bytes[at++] - '0';
        }
        return at == first || !isBetweenWords() ? NOT_UNDERSTOOD : number;
    }

    /** The next word as a number between two, which it may be. */
    long number(long least, long most) {
        long number = number();
        return number < least || number > most ? NOT_UNDERSTOOD : number;
    }

    /** The next word as a signal: {@code TERM}, {@code SIGTERM} or {@code 15}. */
    long signal() {
        skipBlanks();
        int first = at;
        long number = number(1, Signals.LAST);
        if (number > 0) return number;
        at = first;
        if (!takesBeginning(SIGNAL_PREFIX)) at = first;
        int nameAt = at;
        for (int signal = 1; signal <= Signals.LAST; signal++) {
            String name = Signals.name(signal);
            if (name != null && takes(name)) return signal;
            at = nameAt;
        }
        return NOT_UNDERSTOOD;
    }

    /** Whether this is the next word, and goes past it if so. */
    boolean takes(String word) {
        return takesBeginning(word) && isBetweenWords();
    }

    private boolean takesBeginning(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (at == end || bytes[at] != text.charAt(i)) return false;
            at++;
        }
        return true;
    }

    private boolean isBetweenWords() {
        return at == end || isBlank(bytes[at]);
    }

    private void skipBlanks() {
        while (at < end && isBlank(bytes[at])) at++;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || (b >= '\t' && b <= '\r');
    }
}

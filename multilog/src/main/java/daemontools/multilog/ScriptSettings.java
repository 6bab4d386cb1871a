package daemontools.multilog;

import org.jspecify.annotations.Nullable;

/** The words of a script that say something of the log directories that follow them. */
final class ScriptSettings {
    static final int LARGEST_SIZE = 16777215;

    private static final int SMALLEST_SIZE = 4096;
    private static final long FEWEST_FILES = 2;

    private String prefix = "";
    private long size = 99999;
    private long files = 10;
    private long oldBytes;
    private long seconds;
    private @Nullable String processor;
    private boolean inBackground;

    /** Takes a word; one that is no setting changes nothing. */
    void take(String word) {
        if (word.isEmpty()) return;
        String rest = word.substring(1);
        switch (word.charAt(0)) {
            case 's' -> size = size(rest);
            case 'n' -> files = files(rest);
            case '!' -> {
                processor = rest;
                inBackground = false;
            }
            case '&' -> {
                if (rest.isEmpty()) return;
                processor = rest;
                inBackground = true;
            }
            case 'p' -> prefix = rest;
            case 'L' -> size = isNumber(rest) ? Math.max(positive(rest), SMALLEST_SIZE) : size;
            case 'S' -> oldBytes = isNumber(rest) ? positive(rest) : oldBytes;
            case 'R' -> seconds = isNumber(rest) ? positive(rest) : seconds;
            default -> {}
        }
    }

    /** What has been said so far, for a directory. */
    LogSettings of(String path) {
        return new LogSettings(path, prefix, size, files, oldBytes, seconds, processor, inBackground);
    }

    /** Whether a text is digits and no more, and not zero: where 0.76 has no such word, a slip of the pen means nothing. */
    static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') return false;
        }
        return number(text) != 0;
    }

    private static long size(String text) {
        long number = number(text);
        if (Long.compareUnsigned(number, LARGEST_SIZE) > 0) return LARGEST_SIZE;
        return Math.max(number, SMALLEST_SIZE);
    }

    private static long files(String text) {
        return Math.max(positive(text), FEWEST_FILES);
    }

    /** A number that is too large counts as the largest. */
    private static long positive(String text) {
        long number = number(text);
        return number < 0 ? Long.MAX_VALUE : number;
    }

    /** The digits at a text's beginning, as an unsigned number that wraps around like C's. */
    private static long number(String text) {
        long number = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) break;
            number = number * 10 + digit;
        }
        return number;
    }
}

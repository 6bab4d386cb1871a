package daemontools.svstat;

/**
 * A line for a terminal, all of one look.
 *
 * @param look the escape sequences that switch it on, empty for the usual one
 * @param text what is shown, in UTF-8
 */
record Line(String look, String text) {
    static final Line EMPTY = new Line("", "");

    static final String BOLD = "\033[1m";
    static final String DIM = "\033[2m";
    static final String REVERSE = "\033[7m";
    static final String RED = "\033[31m";
    static final String YELLOW = "\033[33m";
    static final String GREEN = "\033[32m";
    private static final String USUAL = "\033[0m";

    /** The text, or a part of it, with its look. */
    String dressed(String part) {
        return look.isEmpty() ? part : look + part + USUAL;
    }

    /** Whether each character takes one byte and one column. */
    boolean isAscii() {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) return false;
        }
        return true;
    }
}

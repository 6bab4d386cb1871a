package daemontools.common;

/** Text that others take for UTF-8, made of bytes that may be anything. */
public final class Utf8 {
    /** U+FFFD, the replacement character. */
    private static final String REPLACEMENT = "\u00ef\u00bf\u00bd";

    private static final int LAST = 0x10ffff;
    private static final int FIRST_SURROGATE = 0xd800;
    private static final int LAST_SURROGATE = 0xdfff;
    /** The least code point that needs so many bytes. */
    private static final int[] LEAST = {0, 0, 0x80, 0x800, 0x10000};

    private Utf8() {}

    /** The same bytes, but for each that is no part of a character U+FFFD. */
    public static String valid(String bytes) {
        StringBuilder text = new StringBuilder(bytes.length());
        int at = 0;
        while (at < bytes.length()) {
            int length = characterLength(bytes, at);
            if (length == 0) text.append(REPLACEMENT);
            else text.append(bytes, at, at + length);
            at += Math.max(length, 1);
        }
        return text.toString();
    }

    /** How many bytes the character takes that begins at an index, zero where none does. */
    public static int characterLength(String bytes, int at) {
        int first = bytes.charAt(at) & 0xff;
        if (first < 0x80) return 1;
        int length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
        if (first < 0xc0 || at + length > bytes.length()) return 0;
        int point = first & (0x7f >>> length);
        for (int i = 1; i < length; i++) {
            int next = bytes.charAt(at + i) & 0xff;
            if ((next & 0xc0) != 0x80) return 0;
            point = (point << 6) | (next & 0x3f);
        }
        boolean isSurrogate = point >= FIRST_SURROGATE && point <= LAST_SURROGATE;
        boolean isCharacter = first <= 0xf7 && point >= LEAST[length] && point <= LAST && !isSurrogate;
        return isCharacter ? length : 0;
    }
}

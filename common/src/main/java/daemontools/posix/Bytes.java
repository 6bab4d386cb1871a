package daemontools.posix;

/** Between Java's strings and C's: one char is one byte, both ways. */
public final class Bytes {
    private Bytes() {}

    /** The string's bytes. */
    @SuppressWarnings("deprecation") // drops the high bytes without a charset's machinery, which is just what is meant
    public static byte[] of(String text) {
        byte[] bytes = new byte[text.length()];
        text.getBytes(0, text.length(), bytes, 0);
        return bytes;
    }

    /** The string's bytes and a NUL after them. */
    @SuppressWarnings("deprecation") // as above
    static byte[] terminated(String text) {
        byte[] bytes = new byte[text.length() + 1];
        text.getBytes(0, text.length(), bytes, 0);
        return bytes;
    }

    /** The string that holds {@code length} bytes from {@code offset}. */
    @SuppressWarnings("deprecation") // as above: the high byte is zero
    public static String string(byte[] bytes, int offset, int length) {
        return new String(bytes, 0, offset, length);
    }
}

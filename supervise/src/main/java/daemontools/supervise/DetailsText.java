package daemontools.supervise;

/** The text of {@code supervise/details}: a name, a blank, a value on each line. Takes no memory but its own. */
final class DetailsText {
    /** More than all lines together. */
    private static final int SIZE = 1024;

    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final int DIGITS_OF_NANOS = 9;

    private final byte[] bytes = new byte[SIZE];
    private int length;

    /** Makes it empty. */
    DetailsText begin() {
        length = 0;
        return this;
    }

    DetailsText add(String name, String value) {
        return put(name).put(' ').put(value).put('\n');
    }

    DetailsText add(String name, long value) {
        return put(name).put(' ').put(value, 1).put('\n');
    }

    DetailsText add(String name, boolean value) {
        return add(name, value ? 1 : 0);
    }

    /** A moment in nanoseconds since the UNIX epoch, none before it, in seconds with nine decimals. */
    DetailsText addTime(String name, long moment) {
        long nanos = Math.max(moment, 0);
        put(name).put(' ').put(nanos / NANOS_PER_SECOND, 1);
        return put('.').put(nanos % NANOS_PER_SECOND, DIGITS_OF_NANOS).put('\n');
    }

    /** Not a copy. */
    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    private DetailsText put(String text) {
        for (int i = 0; i < text.length(); i++) put(text.charAt(i));
        return this;
    }

    private DetailsText put(char character) {
        bytes[length++] = (byte) character;
        return this;
    }

    private DetailsText put(long number, int digits) {
        if (digits > 1 || number >= 10) put(number / 10, digits - 1);
        return put((char) ('0' + number % 10));
    }
}

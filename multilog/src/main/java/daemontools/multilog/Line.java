package daemontools.multilog;

import java.util.Arrays;

/** The part of a line that the script looks at: its first {@link #MAXIMUM} bytes, the stamp included. */
final class Line {
    static final int MAXIMUM = 1000;

    private final byte[] bytes = new byte[MAXIMUM + 1];
    private int length;

    /** The line is {@link #length} bytes of this array. */
    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** How many more bytes there is room for. */
    int room() {
        return MAXIMUM - length;
    }

    /** Adds bytes, no more than there is room for. */
    void add(byte[] from, int offset, int count) {
        System.arraycopy(from, offset, bytes, length, count);
        length += count;
    }

    void clear() {
        length = 0;
    }

    /** The line and newlines behind it, always of the same length. */
    byte[] padded() {
        Arrays.fill(bytes, length, bytes.length, (byte) '\n');
        return bytes;
    }
}

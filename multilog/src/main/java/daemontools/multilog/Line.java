package daemontools.multilog;

import java.util.Arrays;

/**
 * The part of a line that the script looks at: its first {@link #MAXIMUM} bytes, the stamp included. Behind them there
 * are newlines up to a fixed length, which is how the line goes into status files.
 */
final class Line {
    static final int MAXIMUM = 1000;

    private final byte[] bytes = new byte[MAXIMUM + 1];
    private int length;

    Line() {
        Arrays.fill(bytes, (byte) '\n');
    }

    /** The line's bytes and the newlines behind them; not a copy. */
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
        Arrays.fill(bytes, 0, length, (byte) '\n');
        length = 0;
    }
}

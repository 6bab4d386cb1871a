package daemontools.common;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finding where lines end, eight bytes at a time. */
public final class Newlines {
    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EACH_BYTE = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long NEWLINES = '\n' * EACH_BYTE;

    private Newlines() {}

    /** The index of the first newline in {@code bytes} from {@code from} to before {@code to}, -1 if there is none. */
    public static int first(byte[] bytes, int from, int to) {
        int at = from;
        // Where a byte of a difference is zero, there is a newline; borrowing takes a mark into higher bytes only, so
        // that the lowest mark is a true one. All in one place, because an image that is built small calls methods.
        for (; at <= to - 4 * Long.BYTES; at += 4 * Long.BYTES) {
            long a = (long) EIGHT_BYTES.get(bytes, at) ^ NEWLINES;
            long b = (long) EIGHT_BYTES.get(bytes, at + Long.BYTES) ^ NEWLINES;
            long c = (long) EIGHT_BYTES.get(bytes, at + 2 * Long.BYTES) ^ NEWLINES;
            long d = (long) EIGHT_BYTES.get(bytes, at + 3 * Long.BYTES) ^ NEWLINES;
            long marks =
                    ((a - EACH_BYTE) & ~a) | ((b - EACH_BYTE) & ~b) | ((c - EACH_BYTE) & ~c) | ((d - EACH_BYTE) & ~d);
            if ((marks & HIGH_BITS) != 0) break;
        }
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            long difference = (long) EIGHT_BYTES.get(bytes, at) ^ NEWLINES;
            long marks = (difference - EACH_BYTE) & ~difference & HIGH_BITS;
            if (marks != 0) return at + (Long.numberOfTrailingZeros(marks) >>> 3);
        }
        for (; at < to; at++) {
            if (bytes[at] == '\n') return at;
        }
        return -1;
    }

    /** The index of the last newline in {@code bytes} from {@code from} to before {@code to}, -1 if there is none. */
    public static int last(byte[] bytes, int from, int to) {
        for (int at = to - 1; at >= from; at--) {
            if (bytes[at] == '\n') return at;
        }
        return -1;
    }
}

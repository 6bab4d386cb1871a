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
        for (; at <= to - 4 * Long.BYTES; at += 4 * Long.BYTES) {
            long found = marks(bytes, at)
                    | marks(bytes, at + Long.BYTES)
                    | marks(bytes, at + 2 * Long.BYTES)
                    | marks(bytes, at + 3 * Long.BYTES);
            if (found != 0) break;
        }
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            long found = marks(bytes, at);
            if (found != 0) return at + (Long.numberOfTrailingZeros(found) >>> 3);
        }
        for (; at < to; at++) {
            if (bytes[at] == '\n') return at;
        }
        return -1;
    }

    /** Has a bit set for newlines among eight bytes: none without one, and the lowest is where the first one is. */
    private static long marks(byte[] bytes, int at) {
        long difference = (long) EIGHT_BYTES.get(bytes, at) ^ NEWLINES;
        return (difference - EACH_BYTE) & ~difference & HIGH_BITS;
    }

    /** The index of the last newline in {@code bytes} from {@code from} to before {@code to}, -1 if there is none. */
    public static int last(byte[] bytes, int from, int to) {
        for (int at = to - 1; at >= from; at--) {
            if (bytes[at] == '\n') return at;
        }
        return -1;
    }
}

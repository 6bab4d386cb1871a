package daemontools.multilog;

import daemontools.common.LineStamp;
import daemontools.posix.LibC;

/** The name of an old file: a TAI64N label, a dot and a letter, in an array that is used again and again. */
final class StampedName {
    /** The length of a label. */
    static final int LABEL = LineStamp.LENGTH - 1;
    /** The length of a name. */
    static final int LENGTH = LABEL + 2;

    private static final int SECONDS_AT = 1;
    private static final int NANOSECONDS_AT = 17;
    private static final int NANOS = 1_000_000_000;
    private static final int MICROSECOND = 1000;

    private final LineStamp stamp;
    private final byte[] bytes = new byte[LENGTH + 1];

    StampedName(LibC libc) {
        stamp = new LineStamp(libc);
    }

    /** The name, with a NUL behind it. */
    byte[] bytes() {
        return bytes;
    }

    /** Makes it the name of the present moment. */
    void set(char code) {
        stamp.expire();
        System.arraycopy(stamp.text(), 0, bytes, 0, LABEL);
        bytes[LABEL] = '.';
        bytes[LABEL + 1] = (byte) code;
    }

    /** Makes sure that it sorts behind the label at the beginning of another name: by a microsecond if need be. */
    void setBehind(byte[] other) {
        if (compare(bytes, other) > 0) return;
        long nanoseconds = hex(other, NANOSECONDS_AT, LABEL) + MICROSECOND;
        long seconds = hex(other, SECONDS_AT, NANOSECONDS_AT) + nanoseconds / NANOS;
        writeHex(seconds, SECONDS_AT, NANOSECONDS_AT);
        writeHex(nanoseconds % NANOS, NANOSECONDS_AT, LABEL);
    }

    /** Compares the labels at the beginning of two names as strcmp(3) does. */
    static int compare(byte[] one, byte[] other) {
        int at = 0;
        while (at < LABEL - 1 && one[at] == other[at]) at++;
        return (one[at] & 0xff) - (other[at] & 0xff);
    }

    /** Whether a name begins with a label that a clock may have shown. */
    static boolean hasLabel(byte[] name) {
        for (int i = SECONDS_AT; i < LABEL; i++) {
            if (digit(name[i]) < 0) return false;
        }
        return name[0] == '@' && name[SECONDS_AT] < '8' && hex(name, NANOSECONDS_AT, LABEL) < NANOS;
    }

    private static long hex(byte[] name, int from, int to) {
        long number = 0;
        for (int i = from; i < to; i++) number = number << 4 | digit(name[i]);
        return number;
    }

    private static int digit(byte b) {
        if (b >= '0' && b <= '9') return b - '0';
        return b >= 'a' && b <= 'f' ? b - 'a' + 10 : -1;
    }

    private void writeHex(long number, int from, int to) {
        long rest = number;
        for (int at = to - 1; at >= from; at--) {
            int digit = (int) rest & 15;
            bytes[at] = (byte) (digit < 10 ? '0' + digit : 'a' + digit - 10);
            rest >>>= 4;
        }
    }
}

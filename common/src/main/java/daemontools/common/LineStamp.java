package daemontools.common;

import daemontools.posix.LibC;

/**
 * The stamp that is put before a line: a TAI64N label of the time, and a space. Its digits are kept until the clock
 * shows another microsecond, and only those that changed are computed.
 */
public final class LineStamp {
    /** The length of a stamp in bytes. */
    public static final int LENGTH = 26;

    private static final byte[] DIGITS = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
    };
    private static final long NANOS = 1_000_000_000;
    private static final int SECONDS_END = 17;
    private static final int NANOSECONDS_END = 25;

    private final LibC libc;
    private final byte[] text = new byte[LENGTH];
    private long second = Long.MIN_VALUE;
    private int microsecond = -1;
    private boolean expired = true;

    public LineStamp(LibC libc) {
        this.libc = libc;
        text[0] = '@';
        text[LENGTH - 1] = ' ';
    }

    /** The stamp's bytes, always in the same array. The clock is read by the first call after {@link #expire} only. */
    public byte[] text() {
        if (expired) {
            readClock();
            expired = false;
        }
        return text;
    }

    /** Makes the next {@link #text} read the clock again. */
    public void expire() {
        expired = true;
    }

    private void readClock() {
        long now = libc.clockGettime(LibC.CLOCK_REALTIME);
        long nowSecond = Math.floorDiv(now, NANOS);
        int nowMicrosecond = (int) (now - nowSecond * NANOS) / 1000;
        if (nowSecond != second) {
            second = nowSecond;
            hex(Tai64n.EPOCH + second, 16, SECONDS_END);
        } else if (nowMicrosecond == microsecond) {
            return;
        }
        microsecond = nowMicrosecond;
        hex(microsecond * 1000 + 500, 8, NANOSECONDS_END);
    }

    private void hex(long number, int digits, int end) {
        long rest = number;
        for (int at = end - 1; at >= end - digits; at--) {
            text[at] = DIGITS[(int) rest & 15];
            rest >>>= 4;
        }
    }
}

package daemontools.common;

import daemontools.posix.LibC;

/**
 * The stamp that is put before a line. Its digits are kept until the clock shows another microsecond, and only those that
 * changed are computed.
 */
public final class LineStamp {
    /** The length of a TAI64N stamp in bytes. */
    public static final int LENGTH = Tai64nStamp.LENGTH;

    private static final long NANOS = 1_000_000_000;
    /** Times this and shifted so far, a number below 10^9 is divided by 1000. */
    private static final long THOUSANDTH = 274_877_907;

    private static final int THOUSANDTH_SHIFT = 38;

    private final LibC libc;
    private final StampFormat format;
    private final byte[] text;
    /** When the second that the stamp shows began, in nanoseconds. */
    private long second = Long.MIN_VALUE;

    private int microsecond = -1;
    private boolean expired = true;

    /** TAI64N labels. */
    public LineStamp(LibC libc) {
        this(libc, new Tai64nStamp());
    }

    public LineStamp(LibC libc, StampFormat format) {
        this.libc = libc;
        this.format = format;
        this.text = new byte[format.length()];
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
        long part = now - second;
        boolean isSameSecond = part >= 0 && part < NANOS;
        if (!isSameSecond) {
            long seconds = Math.floorDiv(now, NANOS);
            second = seconds * NANOS;
            part = now - second;
            format.writeSecond(seconds, text);
        }
        int nowMicrosecond = (int) ((part * THOUSANDTH) >>> THOUSANDTH_SHIFT);
        if (isSameSecond && nowMicrosecond == microsecond) return;
        microsecond = nowMicrosecond;
        format.writeMicrosecond(microsecond, text);
    }
}

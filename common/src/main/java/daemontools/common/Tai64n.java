package daemontools.common;

import daemontools.posix.LibC;

/**
 * TAI64N labels as 0.76 makes them (spec 1.9): no leap seconds, the clock read in whole microseconds, nanoseconds
 * always ending in 500. Packed, a label is 8 bytes of seconds and 4 of nanoseconds, both big-endian.
 */
public final class Tai64n {
    /** The label's seconds for the UNIX epoch: 2^62 + 10. */
    public static final long EPOCH = (1L << 62) + 10;
    /** The length of a packed label in bytes. */
    public static final int PACKED_LENGTH = 12;

    private static final long NANOS = 1_000_000_000;

    private final long seconds;
    private final int nanoseconds;

    private Tai64n(long seconds, int nanoseconds) {
        this.seconds = seconds;
        this.nanoseconds = nanoseconds;
    }

    public static Tai64n now(LibC libc) {
        return ofUnixNanos(libc.clockGettime(LibC.CLOCK_REALTIME));
    }

    /** The label of a moment, given in nanoseconds since the UNIX epoch. */
    public static Tai64n ofUnixNanos(long unixNanos) {
        return new Tai64n(labelSeconds(unixNanos), labelNanoseconds(unixNanos));
    }

    /** The label in {@link #PACKED_LENGTH} bytes from {@code offset}. */
    public static Tai64n unpack(byte[] bytes, int offset) {
        return new Tai64n(bigEndian(bytes, offset, 8), (int) bigEndian(bytes, offset + 8, 4));
    }

    /** The moment in seconds since the UNIX epoch. */
    public long unixSeconds() {
        return seconds - EPOCH;
    }

    /** Whether this is the label of a moment, given in nanoseconds since the UNIX epoch. */
    public boolean isOf(long unixNanos) {
        return seconds == labelSeconds(unixNanos) && nanoseconds == labelNanoseconds(unixNanos);
    }

    /** Seconds as the label counts them: {@link #EPOCH} and the UNIX seconds. */
    public long seconds() {
        return seconds;
    }

    public int nanoseconds() {
        return nanoseconds;
    }

    /** The label's moment in nanoseconds since the UNIX epoch. */
    public long unixNanos() {
        return (seconds - EPOCH) * NANOS + nanoseconds;
    }

    /** Puts the label of a moment, given in nanoseconds since the UNIX epoch, packed into an array. */
    public static void pack(long unixNanos, byte[] into, int offset) {
        long seconds = labelSeconds(unixNanos);
        int nanoseconds = labelNanoseconds(unixNanos);
        for (int i = 0; i < 8; i++) into[offset + i] = (byte) (seconds >>> (56 - 8 * i));
        for (int i = 0; i < 4; i++) into[offset + 8 + i] = (byte) (nanoseconds >>> (24 - 8 * i));
    }

    private static long labelSeconds(long unixNanos) {
        return EPOCH + Math.floorDiv(unixNanos, NANOS);
    }

    private static int labelNanoseconds(long unixNanos) {
        return (int) (Math.floorMod(unixNanos, NANOS) / 1000) * 1000 + 500;
    }

    /** The external form: {@code @} and 24 lower-case hexadecimal digits. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(25).append('@');
        hex(text, seconds, 16);
        hex(text, nanoseconds, 8);
        return text.toString();
    }

    private static void hex(StringBuilder text, long number, int digits) {
        for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
            text.append(Character.forDigit((int) (number >>> shift) & 15, 16));
        }
    }

    private static long bigEndian(byte[] bytes, int offset, int count) {
        long number = 0;
        for (int i = 0; i < count; i++) number = (number << 8) | (bytes[offset + i] & 0xff);
        return number;
    }
}

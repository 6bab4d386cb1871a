package daemontools.common;

/** {@code 2026-11-25T02:47:14.609524Z }: ISO 8601, in UTC. Years beyond 9999 are shown by their last four digits. */
public final class IsoStamp implements StampFormat {
    /** The length of a stamp in bytes, with the space behind it. */
    public static final int LENGTH = 28;

    private static final byte[] TEMPLATE = {
        '0', '0', '0', '0', '-', '0', '0', '-', '0', '0', 'T', '0', '0', ':', '0', '0', ':', '0', '0', '.', '0', '0',
        '0', '0', '0', '0', 'Z', ' '
    };
    private static final int SECONDS_END = 19;
    private static final int MICROSECONDS = 20;
    private static final int MICROSECONDS_END = 26;
    /** 2^40 / 10^6, rounded up: times a number of microseconds it is the part of the second in 40 binary places. */
    private static final long PART_OF_SECOND = 1_099_512;

    private static final int PLACES = 40;

    private final int[] fields = new int[Calendar.FIELDS];

    @Override
    public int length() {
        return LENGTH;
    }

    @Override
    public void writeSecond(long second, byte[] text) {
        Calendar.localTime(second, 0, fields);
        System.arraycopy(TEMPLATE, 0, text, 0, LENGTH);
        decimal(fields[Calendar.SECOND], text, SECONDS_END, 2);
        decimal(fields[Calendar.MINUTE], text, SECONDS_END - 3, 2);
        decimal(fields[Calendar.HOUR], text, SECONDS_END - 6, 2);
        decimal(fields[Calendar.DAY], text, SECONDS_END - 9, 2);
        decimal(fields[Calendar.MONTH] + 1, text, SECONDS_END - 12, 2);
        decimal(fields[Calendar.YEAR] + Calendar.FIRST_YEAR, text, SECONDS_END - 15, 4);
    }

    /** Takes digit by digit from the front, by multiplying: a division would be slower. */
    @Override
    public void writeMicrosecond(int microsecond, byte[] text) {
        long rest = microsecond * PART_OF_SECOND;
        for (int at = MICROSECONDS; at < MICROSECONDS_END; at++) {
            rest *= 10;
            text[at] = (byte) ('0' + (rest >>> PLACES));
            rest &= (1L << PLACES) - 1;
        }
    }

    private static void decimal(int number, byte[] text, int end, int digits) {
        int rest = number;
        for (int at = end - 1; at >= end - digits; at--) {
            text[at] = (byte) ('0' + Math.floorMod(rest, 10));
            rest = Math.floorDiv(rest, 10);
        }
    }
}

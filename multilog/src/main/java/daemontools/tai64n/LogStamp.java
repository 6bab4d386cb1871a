package daemontools.tai64n;

import daemontools.common.Calendar;
import daemontools.common.IsoStamp;
import daemontools.common.Tai64n;

/** Reads the stamp that a logged line begins with: a TAI64N label, or the time in UTC as multilog's {@code T} writes it. */
final class LogStamp {
    private static final long NANOS = 1_000_000_000;
    private static final int LABEL_END = 25;
    private static final int SECONDS_END = 17;
    private static final int ISO_END = IsoStamp.LENGTH - 1;
    private static final String ISO_FORM = "dddd-dd-ddTdd:dd:dd.ddddddZ";

    private final int[] fields = new int[Calendar.FIELDS];
    private int end;
    private long seconds;
    private int nanoseconds;

    /** Whether there is a stamp at {@code from}; the others tell of it then. */
    boolean read(byte[] bytes, int from, int to) {
        if (from == to) return false;
        return bytes[from] == '@' ? readLabel(bytes, from, to) : readIso(bytes, from, to);
    }

    /** Where it ends; the space behind it is not part of it. */
    int end() {
        return end;
    }

    /** Seconds since the UNIX epoch. */
    long seconds() {
        return seconds;
    }

    int nanoseconds() {
        return nanoseconds;
    }

    /** The moment in nanoseconds since the UNIX epoch; the first or last that there is a number for, if need be. */
    long moment() {
        return moment(seconds, nanoseconds);
    }

    static long moment(long seconds, int nanoseconds) {
        long most = Long.MAX_VALUE / NANOS - 1;
        return Math.clamp(seconds, -most, most) * NANOS + nanoseconds;
    }

    /** The label of a moment, in nanoseconds since the UNIX epoch. */
    static String label(long moment) {
        return Tai64n.ofUnixNanos(moment).toString();
    }

    private boolean readLabel(byte[] bytes, int from, int to) {
        if (to - from < LABEL_END) return false;
        for (int i = from + 1; i < from + LABEL_END; i++) {
            if (digit(bytes[i]) < 0) return false;
        }
        seconds = hex(bytes, from + 1, from + SECONDS_END) - Tai64n.EPOCH;
        nanoseconds = (int) hex(bytes, from + SECONDS_END, from + LABEL_END);
        end = from + LABEL_END;
        return nanoseconds >= 0 && nanoseconds < NANOS;
    }

    private boolean readIso(byte[] bytes, int from, int to) {
        if (to - from < ISO_END) return false;
        for (int i = 0; i < ISO_END; i++) {
            char form = ISO_FORM.charAt(i);
            byte b = bytes[from + i];
            if (form == 'd' ? b < '0' || b > '9' : b != form) return false;
        }
        fields[Calendar.YEAR] = decimal(bytes, from, 4) - Calendar.FIRST_YEAR;
        fields[Calendar.MONTH] = decimal(bytes, from + 5, 2) - 1;
        fields[Calendar.DAY] = decimal(bytes, from + 8, 2);
        fields[Calendar.HOUR] = decimal(bytes, from + 11, 2);
        fields[Calendar.MINUTE] = decimal(bytes, from + 14, 2);
        fields[Calendar.SECOND] = decimal(bytes, from + 17, 2);
        if (fields[Calendar.MONTH] < 0 || fields[Calendar.MONTH] > 11) return false;
        seconds = Calendar.moment(fields);
        nanoseconds = decimal(bytes, from + 20, 6) * 1000;
        end = from + ISO_END;
        return true;
    }

    private static long hex(byte[] bytes, int from, int to) {
        long number = 0;
        for (int i = from; i < to; i++) number = number << 4 | digit(bytes[i]);
        return number;
    }

    private static int decimal(byte[] bytes, int from, int digits) {
        int number = 0;
        for (int i = from; i < from + digits; i++) number = 10 * number + bytes[i] - '0';
        return number;
    }

    private static int digit(byte b) {
        if (b >= '0' && b <= '9') return b - '0';
        return b >= 'a' && b <= 'f' ? b - 'a' + 10 : -1;
    }
}

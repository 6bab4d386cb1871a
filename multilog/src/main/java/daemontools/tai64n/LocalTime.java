package daemontools.tai64n;

import daemontools.posix.LibC;

/**
 * The local time of a second as {@code YYYY-MM-DD HH:MM:SS}. libc knows the zones and is asked as seldom as possible: if
 * two seconds belong to the same minute, so do those between them.
 */
final class LocalTime {
    private static final int SECOND = 5;
    private static final int FIRST_YEAR = 1900;

    private final LibC libc;
    /** Year, month, day, hour, minute and second as {@link LibC#localtime} tells them. */
    private final int[] fields = new int[SECOND + 1];

    private final int[] fieldsOfMinute = new int[SECOND + 1];
    private final byte[] text = new byte[48];
    private int length;
    private long shown;

    /** The seconds since the epoch from the first to the last are known to follow each other in one minute. */
    private long first;

    private long last;
    private int secondOfFirst;

    LocalTime(LibC libc) {
        this.libc = libc;
        forget();
    }

    /** The bytes that {@link #show} made. */
    byte[] text() {
        return text;
    }

    int length() {
        return length;
    }

    /** Asks libc anew next time: the zone may have changed. */
    void forget() {
        first = 1;
        last = 0;
    }

    /** Makes the text for a moment, in seconds since the UNIX epoch; false if it has no local time. */
    boolean show(long moment) {
        if (moment < first || moment > last) {
            if (libc.localtime(moment, fields) < 0) return false;
            if (isInMinute(moment)) extend(moment);
            else begin(moment);
        } else if (moment == shown) {
            return true;
        }
        shown = moment;
        Decimal.write(text, length - 2, secondOfFirst + (moment - first), 2);
        return true;
    }

    /** Whether what libc told belongs to the known minute, and no jump of the clock lies between. */
    private boolean isInMinute(long moment) {
        if (first > last) return false;
        for (int i = 0; i < SECOND; i++) {
            if (fields[i] != fieldsOfMinute[i]) return false;
        }
        return fields[SECOND] - secondOfFirst == moment - first;
    }

    private void extend(long moment) {
        if (moment > last) {
            last = moment;
        } else {
            first = moment;
            secondOfFirst = fields[SECOND];
        }
    }

    private void begin(long moment) {
        first = moment;
        last = moment;
        secondOfFirst = fields[SECOND];
        System.arraycopy(fields, 0, fieldsOfMinute, 0, fields.length);
        // Like 0.76: a year before 0 wraps around.
        int end = Decimal.write(text, 0, FIRST_YEAR + fields[0], 1);
        end = separated(end, '-', fields[1] + 1);
        end = separated(end, '-', fields[2]);
        end = separated(end, ' ', fields[3]);
        end = separated(end, ':', fields[4]);
        length = separated(end, ':', fields[SECOND]);
    }

    private int separated(int at, char separator, int number) {
        text[at] = (byte) separator;
        return Decimal.write(text, at + 1, number, 2);
    }
}

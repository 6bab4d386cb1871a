package daemontools.tai64n;

import daemontools.common.Calendar;

/**
 * The local time of a second as {@code YYYY-MM-DD HH:MM:SS}. The zone is asked as seldom as possible: if two seconds
 * belong to the same minute, so do those between them.
 */
final class LocalTime {
    private final Zone zone;
    /** Year, month, day, hour, minute and second as {@link Zone#localTime} tells them. */
    private final int[] fields = new int[Calendar.FIELDS];

    private final int[] fieldsOfMinute = new int[Calendar.FIELDS];
    private final byte[] text = new byte[48];
    private int length;
    private long shown;

    /** The seconds since the epoch from the first to the last are known to follow each other in one minute. */
    private long first;

    private long last;
    private int secondOfFirst;

    LocalTime(Zone zone) {
        this.zone = zone;
        forget();
    }

    /** The bytes that {@link #show} made. */
    byte[] text() {
        return text;
    }

    int length() {
        return length;
    }

    /** From here on the zone may be another. */
    void lookAgain() {
        zone.lookAgain();
        forget();
    }

    private void forget() {
        first = 1;
        last = 0;
    }

    /** Makes the text for a moment, in seconds since the UNIX epoch; false if it has no local time. */
    boolean show(long moment) {
        if (moment < first || moment > last) {
            if (!zone.localTime(moment, fields)) return false;
            if (isInMinute(moment)) extend(moment);
            else begin(moment);
        } else if (moment == shown) {
            return true;
        }
        shown = moment;
        Decimal.write(text, length - 2, secondOfFirst + (moment - first), 2);
        return true;
    }

    /** Whether what the zone told belongs to the known minute, and no jump of the clock lies between. */
    private boolean isInMinute(long moment) {
        if (first > last) return false;
        for (int i = 0; i < Calendar.SECOND; i++) {
            if (fields[i] != fieldsOfMinute[i]) return false;
        }
        return fields[Calendar.SECOND] - secondOfFirst == moment - first;
    }

    private void extend(long moment) {
        if (moment > last) {
            last = moment;
        } else {
            first = moment;
            secondOfFirst = fields[Calendar.SECOND];
        }
    }

    private void begin(long moment) {
        first = moment;
        last = moment;
        secondOfFirst = fields[Calendar.SECOND];
        System.arraycopy(fields, 0, fieldsOfMinute, 0, fields.length);
        // Like 0.76: a year before 0 wraps around.
        int end = Decimal.write(text, 0, Calendar.FIRST_YEAR + fields[Calendar.YEAR], 1);
        end = separated(end, '-', fields[Calendar.MONTH] + 1);
        end = separated(end, '-', fields[Calendar.DAY]);
        end = separated(end, ' ', fields[Calendar.HOUR]);
        end = separated(end, ':', fields[Calendar.MINUTE]);
        length = separated(end, ':', fields[Calendar.SECOND]);
    }

    private int separated(int at, char separator, int number) {
        text[at] = (byte) separator;
        return Decimal.write(text, at + 1, number, 2);
    }
}

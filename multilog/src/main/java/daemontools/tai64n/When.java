package daemontools.tai64n;

import daemontools.common.Calendar;
import daemontools.common.LineStamp;
import daemontools.posix.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Reads what people call a moment: {@code 90s}, {@code 10m}, {@code 2h}, {@code 3d} or {@code 1w} ago, {@code today} and
 * {@code yesterday}, a date and time as RFC 3339 or tai64nlocal write it, or a TAI64N label. Times are local where no zone is
 * given.
 */
final class When {
    private static final String UNITS = "smhdw";
    private static final int[] UNIT_SECONDS = {1, 60, 3600, 86_400, 604_800};
    private static final long NANOS = 1_000_000_000;
    private static final int DATE_LENGTH = 10;

    private final Zone zone;
    private final long now;
    private final int[] fields = new int[Calendar.FIELDS];

    /** What is left to be read. */
    private String rest = "";

    /** @param now seconds since the UNIX epoch */
    When(Zone zone, long now) {
        this.zone = zone;
        this.now = now;
    }

    /** The moment in nanoseconds since the UNIX epoch, null if the text is none. */
    @Nullable
    Long read(String text) {
        if (text.equals("today")) return midnight(0) * NANOS;
        if (text.equals("yesterday")) return midnight(1) * NANOS;
        if (text.startsWith("@")) return label(text);
        Long ago = ago(text);
        return ago != null ? ago : date(text);
    }

    private long midnight(int daysAgo) {
        zone.localTime(now, fields);
        fields[Calendar.DAY] -= daysAgo;
        fields[Calendar.HOUR] = 0;
        fields[Calendar.MINUTE] = 0;
        fields[Calendar.SECOND] = 0;
        return local(Calendar.moment(fields));
    }

    private static @Nullable Long label(String text) {
        LogStamp stamp = new LogStamp();
        byte[] bytes = Bytes.of(text);
        boolean isLabel = bytes.length == LineStamp.LENGTH - 1 && stamp.read(bytes, 0, bytes.length);
        return isLabel ? stamp.moment() : null;
    }

    private @Nullable Long ago(String text) {
        int last = text.length() - 1;
        int unit = last < 1 || last > 9 ? -1 : UNITS.indexOf(text.charAt(last));
        if (unit < 0) return null;
        long count = 0;
        for (int i = 0; i < last; i++) {
            if (!isDigit(text.charAt(i))) return null;
            count = 10 * count + text.charAt(i) - '0';
        }
        return LogStamp.moment(now - count * UNIT_SECONDS[unit], 0);
    }

    private @Nullable Long date(String text) {
        rest = text;
        if (!takeNumber(4, Calendar.YEAR) || !takeAny("-") || !takeNumber(2, Calendar.MONTH)) return null;
        if (!takeAny("-") || !takeNumber(2, Calendar.DAY)) return null;
        fields[Calendar.YEAR] -= Calendar.FIRST_YEAR;
        fields[Calendar.MONTH]--;
        fields[Calendar.HOUR] = 0;
        fields[Calendar.MINUTE] = 0;
        fields[Calendar.SECOND] = 0;
        long nanoseconds = 0;
        if (text.length() > DATE_LENGTH) {
            if (!takeAny("Tt ") || !takeNumber(2, Calendar.HOUR) || !takeAny(":")) return null;
            if (!takeNumber(2, Calendar.MINUTE)) return null;
            if (takeAny(":") && !takeNumber(2, Calendar.SECOND)) return null;
            if (takeAny(".")) nanoseconds = takeFraction();
        }
        return isDate() ? inZone(Calendar.moment(fields), nanoseconds) : null;
    }

    private boolean isDate() {
        return fields[Calendar.MONTH] >= 0
                && fields[Calendar.MONTH] < 12
                && fields[Calendar.DAY] >= 1
                && fields[Calendar.DAY] <= 31
                && fields[Calendar.HOUR] < 24
                && fields[Calendar.MINUTE] < 60
                && fields[Calendar.SECOND] <= 60;
    }

    /** The moment of a date and time whose zone is what is left to be read. */
    private @Nullable Long inZone(long asUtc, long nanoseconds) {
        if (rest.isEmpty()) return LogStamp.moment(local(asUtc), (int) nanoseconds);
        if (rest.equals("Z") || rest.equals("z")) return LogStamp.moment(asUtc, (int) nanoseconds);
        boolean isEast = rest.startsWith("+");
        if (!takeAny("+-") || !takeNumber(2, Calendar.HOUR)) return null;
        takeAny(":");
        if (!takeNumber(2, Calendar.MINUTE) || !rest.isEmpty()) return null;
        long offset = 3600L * fields[Calendar.HOUR] + 60L * fields[Calendar.MINUTE];
        return LogStamp.moment(isEast ? asUtc - offset : asUtc + offset, (int) nanoseconds);
    }

    /** The moment at which the zone shows a date and time; near a change of the clock, one close to it. */
    private long local(long asUtc) {
        int[] shown = new int[Calendar.FIELDS];
        long moment = asUtc;
        for (int i = 0; i < 2; i++) {
            if (!zone.localTime(moment, shown)) return asUtc;
            moment += asUtc - Calendar.moment(shown);
        }
        return moment;
    }

    private boolean takeAny(String characters) {
        boolean found = !rest.isEmpty() && characters.indexOf(rest.charAt(0)) >= 0;
        if (found) rest = rest.substring(1);
        return found;
    }

    private boolean takeNumber(int digits, int field) {
        if (rest.length() < digits) return false;
        int number = 0;
        for (int i = 0; i < digits; i++) {
            if (!isDigit(rest.charAt(i))) return false;
            number = 10 * number + rest.charAt(i) - '0';
        }
        fields[field] = number;
        rest = rest.substring(digits);
        return true;
    }

    private long takeFraction() {
        long nanoseconds = 0;
        long unit = NANOS / 10;
        while (!rest.isEmpty() && isDigit(rest.charAt(0))) {
            nanoseconds += (rest.charAt(0) - '0') * unit;
            unit /= 10;
            rest = rest.substring(1);
        }
        return nanoseconds;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}

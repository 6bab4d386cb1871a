package daemontools.tai64n;

import daemontools.common.Calendar;

/**
 * A zone that a TZ string describes, such as {@code CET-1CEST,M3.5.0,M10.5.0/3} (tzset(3)), as glibc 2.36 reads it: what
 * comes before a mistake counts, and a text without an offset is UTC.
 */
final class RuleZone implements Zone {
    private static final int NONE = Integer.MIN_VALUE;
    private static final int HOUR = 3600;

    /** Seconds east of UTC. */
    private int standard;

    private int daylight;
    private final YearlyRule toDaylight = new YearlyRule();
    private final YearlyRule toStandard = new YearlyRule();
    private boolean lacksRules;

    RuleZone(String tz) {
        TzScanner text = new TzScanner(tz);
        if (!text.skipName() || !isAtNumber(text)) return;
        int offset = offset(text, NONE);
        if (offset == NONE) return;
        standard = offset;
        if (text.isAtEnd()) {
            daylight = standard;
            return;
        }
        if (text.skipName()) {
            daylight = offset(text, standard + HOUR);
            lacksRules = text.isAtEnd() || text.isLast(',');
        }
        if (toDaylight.read(text, 3, 2)) toStandard.read(text, 11, 1);
    }

    private static boolean isAtNumber(TzScanner text) {
        return text.isAtDigit() || text.next() == '+' || text.next() == '-';
    }

    private static int offset(TzScanner text, int otherwise) {
        int sign = text.skip('-') ? 1 : -1;
        if (sign < 0) text.skip('+');
        int[] time = new int[3];
        if (text.numbers(':', time) == 0) return otherwise;
        return sign * (Math.min(time[0], 24) * HOUR + Math.min(time[1], 59) * 60 + Math.min(time[2], 59));
    }

    /** Whether there is daylight saving time, but the text does not say when. */
    boolean lacksRules() {
        return lacksRules;
    }

    int standard() {
        return standard;
    }

    int daylight() {
        return daylight;
    }

    @Override
    public boolean localTime(long moment, int[] fields) {
        if (!Calendar.localTime(moment, 0, fields)) return false;
        return Calendar.localTime(moment, offset(moment, fields[Calendar.YEAR] + Calendar.FIRST_YEAR), fields);
    }

    /** How far east of UTC the clock is at a moment, in seconds, whose year is that in UTC. */
    int offset(long moment, int year) {
        long start = toDaylight.change(year, standard);
        long end = toStandard.change(year, daylight);
        // In the south it ends before it starts.
        boolean isDaylight = start > end ? moment < end || moment >= start : moment >= start && moment < end;
        return isDaylight ? daylight : standard;
    }
}

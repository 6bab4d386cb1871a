package daemontools.tai64n;

import daemontools.common.Calendar;

/** The moment of every year at which a zone goes to or from daylight saving time: a rule in a TZ string (tzset(3)). */
final class YearlyRule {
    private static final int EPOCH_YEAR = 1970;
    private static final int LAST_DAY = 365;
    private static final int MONTHS = 12;
    private static final int WEEKS = 5;
    /** Before each month, and in the year, of 365 days; then of 366 days. */
    private static final int[] DAYS_BEFORE = {
        0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365,
        0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335, 366
    };

    private enum Form {
        DAY_FROM_0,
        DAY_FROM_1_WITHOUT_LEAP_DAY,
        MONTH_WEEK_DAY
    }

    private Form form = Form.DAY_FROM_0;
    private int day;
    /** Where the form has them: the month from 1, the week from 1, the day of the week from 0, a Sunday. */
    private final int[] monthWeekDay = new int[3];

    private int second;

    /** The last answer, and its year. As in glibc a rule that could not be read has one from the start. */
    private long change;

    private int yearOfChange;

    /**
     * Reads a rule; where the text is at its end, takes a Sunday, as in the USA. False at a mistake: as in glibc, what
     * was read before it counts.
     */
    boolean read(TzScanner text, int usualMonth, int usualWeek) {
        text.skip(',');
        if (!readDay(text, usualMonth, usualWeek)) return false;
        if (!text.isAtEnd() && text.next() != '/' && text.next() != ',') return false;
        int[] time = {2, 0, 0};
        int sign = 1;
        if (text.skip('/')) {
            if (text.isAtEnd()) return false;
            if (text.skip('-')) sign = -1;
            text.numbers(':', time);
        }
        second = sign * (time[0] * 3600 + time[1] * 60 + time[2]);
        yearOfChange = -1;
        return true;
    }

    private boolean readDay(TzScanner text, int usualMonth, int usualWeek) {
        if (text.isAtEnd()) {
            form = Form.MONTH_WEEK_DAY;
            monthWeekDay[0] = usualMonth;
            monthWeekDay[1] = usualWeek;
            return true;
        }
        if (text.skip('M')) {
            form = Form.MONTH_WEEK_DAY;
            return text.numbers('.', monthWeekDay) == monthWeekDay.length
                    && isBetween(1, monthWeekDay[0], MONTHS)
                    && isBetween(1, monthWeekDay[1], WEEKS)
                    && isBetween(0, monthWeekDay[2], 6);
        }
        int first = text.next() == 'J' ? 1 : 0;
        if (first == 0 && !text.isAtDigit()) return false;
        form = first == 0 ? Form.DAY_FROM_0 : Form.DAY_FROM_1_WITHOUT_LEAP_DAY;
        text.skip('J');
        if (!text.isAtDigit()) return false;
        long number = text.digits();
        if (!isBetween(first, number, LAST_DAY)) return false;
        day = (int) number;
        return true;
    }

    private static boolean isBetween(long least, long number, long most) {
        return least <= number && number <= most;
    }

    /** When the change is in a year, in seconds since the epoch; before it the clock is so far east of UTC. */
    long change(int year, int offset) {
        if (year != yearOfChange || year == -1) {
            change = start(year) + dayInYear(year) * Calendar.SECONDS_A_DAY - offset + second;
            yearOfChange = year;
        }
        return change;
    }

    /** Like glibc's: no year begins before 1970, and after some six million years an int overflows. */
    private static long start(int year) {
        if (year <= EPOCH_YEAR) return 0;
        int days = (year - EPOCH_YEAR) * 365 + leapDaysBefore(year) - leapDaysBefore(EPOCH_YEAR);
        return days * Calendar.SECONDS_A_DAY;
    }

    private static int leapDaysBefore(int year) {
        int before = year - 1;
        return before / 4 - before / 100 + before / 400;
    }

    /** From 0. */
    private int dayInYear(int year) {
        boolean leap = Calendar.isLeap(year);
        return switch (form) {
            case DAY_FROM_0 -> day;
            case DAY_FROM_1_WITHOUT_LEAP_DAY -> leap && day >= 60 ? day : day - 1;
            case MONTH_WEEK_DAY -> dayOfWeekInYear(year, leap);
        };
    }

    private int dayOfWeekInYear(int year, boolean leap) {
        // A month that there is not leads to another place of the table, as in glibc, but never beside it.
        int place = monthWeekDay[0] - 1 + (leap ? MONTHS + 1 : 0);
        int index = Math.clamp(place, 0, DAYS_BEFORE.length - 2);
        int monthLength = DAYS_BEFORE[index + 1] - DAYS_BEFORE[index];
        int inMonth = monthWeekDay[2] - firstDayOfWeek(year, monthWeekDay[0]);
        if (inMonth < 0) inMonth += 7;
        for (int week = 1; week < monthWeekDay[1] && inMonth + 7 < monthLength; week++) inMonth += 7;
        return DAYS_BEFORE[index] + inMonth;
    }

    /** Of a month, Sunday being 0: Zeller's congruence, in which a year begins with March. */
    private static int firstDayOfWeek(int year, int month) {
        int fromMarch = (month + 9) % MONTHS + 1;
        int marchYear = month <= 2 ? year - 1 : year;
        int century = marchYear / 100;
        int inCentury = marchYear % 100;
        int day = ((26 * fromMarch - 2) / 10 + 1 + inCentury + inCentury / 4 + century / 4 - 2 * century) % 7;
        return day < 0 ? day + 7 : day;
    }
}

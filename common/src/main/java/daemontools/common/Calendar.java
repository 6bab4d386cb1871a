package daemontools.common;

/** The Gregorian calendar, before its invention and far into the future too. */
public final class Calendar {
    /** The fields of a date and time, by which they lie in an array. */
    public static final int YEAR = 0;

    public static final int MONTH = 1;
    public static final int DAY = 2;
    public static final int HOUR = 3;
    public static final int MINUTE = 4;
    public static final int SECOND = 5;
    public static final int FIELDS = 6;

    /** What is to be added to the year. */
    public static final int FIRST_YEAR = 1900;

    public static final long SECONDS_A_DAY = 24 * 60 * 60;

    /** From the 1st of March of the year 0 to the UNIX epoch. */
    private static final int DAYS_TO_EPOCH = 719_468;

    private static final int DAYS_IN_4_YEARS = 1461;
    private static final int DAYS_IN_100_YEARS = 36_524;
    private static final long DAYS_IN_400_YEARS = 146_097;
    /** In a year that begins with March, so that a leap day is its last. */
    private static final int[] DAYS_BEFORE_MONTH = {0, 31, 61, 92, 122, 153, 184, 214, 245, 275, 306, 337};

    private static final int MONTHS = 12;
    private static final int MARCH = 2;

    private Calendar() {}

    public static boolean isLeap(int year) {
        return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    }

    /**
     * Tells the date and time of a moment in seconds since the UNIX epoch, so many seconds east of UTC: the year less
     * {@link #FIRST_YEAR}, the month from 0, day, hour, minute and second. False where the year does not fit.
     */
    public static boolean localTime(long moment, long offset, int[] fields) {
        long second = Math.floorMod(moment, SECONDS_A_DAY) + offset;
        long day = Math.floorDiv(moment, SECONDS_A_DAY) + Math.floorDiv(second, SECONDS_A_DAY);
        int ofDay = (int) Math.floorMod(second, SECONDS_A_DAY);
        fields[HOUR] = ofDay / 3600;
        fields[MINUTE] = ofDay / 60 % 60;
        fields[SECOND] = ofDay % 60;
        return date(day + DAYS_TO_EPOCH, fields);
    }

    /** Tells year, month and day of a day, counted from the 1st of March of the year 0. */
    private static boolean date(long day, int[] fields) {
        int rest = (int) Math.floorMod(day, DAYS_IN_400_YEARS);
        // The last century and the last year of four are a day longer.
        int centuries = Math.min(rest / DAYS_IN_100_YEARS, 3);
        rest -= centuries * DAYS_IN_100_YEARS;
        int fourYears = rest / DAYS_IN_4_YEARS;
        rest -= fourYears * DAYS_IN_4_YEARS;
        int years = Math.min(rest / 365, 3);
        rest -= years * 365;
        int month = MONTHS - 1;
        while (rest < DAYS_BEFORE_MONTH[month]) month--;
        years += centuries * 100 + fourYears * 4;
        if (month + MARCH >= MONTHS) years++;
        long year = Math.floorDiv(day, DAYS_IN_400_YEARS) * 400 + years - FIRST_YEAR;
        fields[YEAR] = (int) year;
        fields[MONTH] = (month + MARCH) % MONTHS;
        fields[DAY] = rest - DAYS_BEFORE_MONTH[month] + 1;
        return fields[YEAR] == year;
    }

    /** The seconds from the UNIX epoch to a date and time in UTC, given in {@link #localTime}'s fields. */
    public static long moment(int[] fields) {
        int marchMonth = Math.floorMod(fields[MONTH] - MARCH, MONTHS);
        long year = (long) fields[YEAR] + FIRST_YEAR - (fields[MONTH] < MARCH ? 1 : 0);
        long leapDays = Math.floorDiv(year, 4) - Math.floorDiv(year, 100) + Math.floorDiv(year, 400);
        long day = 365 * year + leapDays + DAYS_BEFORE_MONTH[marchMonth] + fields[DAY] - 1 - DAYS_TO_EPOCH;
        return day * SECONDS_A_DAY + 3600L * fields[HOUR] + 60L * fields[MINUTE] + fields[SECOND];
    }
}

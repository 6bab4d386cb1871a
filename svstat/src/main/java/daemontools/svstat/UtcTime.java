package daemontools.svstat;

/** A moment as RFC 3339 writes it: {@code 2026-11-25T02:47:14.609524Z}. */
final class UtcTime {
    private static final long SECONDS_A_DAY = 86_400;
    /** The beginnings of the years 1 and 10000. */
    private static final long FIRST = -62_135_596_800L;

    private static final long END = 253_402_300_800L;

    private UtcTime() {}

    /** Whether seconds since the UNIX epoch are in a year that is written with four digits. */
    static boolean isShown(long seconds) {
        return seconds >= FIRST && seconds < END;
    }

    static String text(long seconds, int nanoseconds) {
        long day = Math.floorDiv(seconds, SECONDS_A_DAY) - FIRST / SECONDS_A_DAY;
        int second = (int) Math.floorMod(seconds, SECONDS_A_DAY);
        // The 1st of March of the year 0 begins the cycle of 400 years in which a leap day is the last of its year.
        long era = (day + 306) / 146_097;
        int ofEra = (int) ((day + 306) % 146_097);
        int years = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365;
        int ofYear = ofEra - (365 * years + years / 4 - years / 100);
        int march = (5 * ofYear + 2) / 153;
        int month = march < 10 ? march + 3 : march - 9;
        StringBuilder text = new StringBuilder(27);
        digits(text, era * 400 + years + (month <= 2 ? 1 : 0), 4).append('-');
        digits(text, month, 2).append('-');
        digits(text, ofYear - (153 * march + 2) / 5 + 1, 2).append('T');
        digits(text, second / 3600, 2).append(':');
        digits(text, second / 60 % 60, 2).append(':');
        digits(text, second % 60, 2).append('.');
        return digits(text, nanoseconds / 1000, 6).append('Z').toString();
    }

    private static StringBuilder digits(StringBuilder text, long number, int count) {
        String digits = Long.toString(number);
        for (int i = digits.length(); i < count; i++) text.append('0');
        return text.append(digits);
    }
}

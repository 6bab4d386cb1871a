package daemontools.svstat;

/** How long something lasts, for people: {@code 3d 4h}, {@code 5m 12s}, {@code 42s}. */
final class Age {
    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private Age() {}

    /** The two greatest units of a number of seconds. */
    static String text(long seconds) {
        if (seconds >= DAY) return seconds / DAY + "d " + seconds % DAY / HOUR + "h";
        if (seconds >= HOUR) return seconds / HOUR + "h " + seconds % HOUR / MINUTE + "m";
        if (seconds >= MINUTE) return seconds / MINUTE + "m " + seconds % MINUTE + "s";
        return Math.max(seconds, 0) + "s";
    }
}

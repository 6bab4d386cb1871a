package daemontools.tai64n;

/** The local time somewhere. */
interface Zone {
    /** The fields of a local time, by which they lie in an array. */
    int YEAR = 0;

    int MONTH = 1;
    int DAY = 2;
    int HOUR = 3;
    int MINUTE = 4;
    int SECOND = 5;
    int FIELDS = 6;

    /** What is to be added to the year. */
    int FIRST_YEAR = 1900;

    /**
     * Tells the local time of a moment in seconds since the UNIX epoch: the year less {@link #FIRST_YEAR}, the month from
     * 0, day, hour, minute and second. False where the year does not fit.
     */
    boolean localTime(long moment, int[] fields);

    /** From here on the zone may be another. */
    default void lookAgain() {}
}

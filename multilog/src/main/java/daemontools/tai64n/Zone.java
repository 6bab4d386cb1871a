package daemontools.tai64n;

import daemontools.common.Calendar;

/** The local time somewhere. */
interface Zone {
    /**
     * Tells the local time of a moment in seconds since the UNIX epoch, in {@link Calendar#localTime}'s fields. False where
     * the year does not fit.
     */
    boolean localTime(long moment, int[] fields);

    /** From here on the zone may be another. */
    default void lookAgain() {}
}

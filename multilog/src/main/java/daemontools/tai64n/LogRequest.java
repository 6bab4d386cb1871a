package daemontools.tai64n;

/**
 * What of the logs is wanted.
 *
 * @param follow whether what comes later is shown too
 * @param since the first moment, in nanoseconds since the UNIX epoch, or {@link #EVER}
 * @param last how many of the last lines, or {@link #ALL}
 * @param zone where the times are shown
 */
record LogRequest(boolean follow, long since, long last, Zone zone) {
    static final long EVER = Long.MIN_VALUE;
    static final long ALL = -1;
}

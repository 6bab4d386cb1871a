package daemontools.multilog;

/** {@code RSECONDS}: how long a file has been written to, by the clock that cannot be set, from the first line that was found in it. */
final class FileAge {
    static final long NEVER = Long.MAX_VALUE;

    private static final long NANOS = 1_000_000_000;
    /** A century: more is never, and would not fit. */
    private static final long MOST_SECONDS = 3_200_000_000L;

    private final long limit;
    private boolean begun;
    private long end;

    /** @param seconds the limit, zero for none */
    FileAge(long seconds) {
        limit = Math.min(seconds, MOST_SECONDS) * NANOS;
    }

    boolean hasLimit() {
        return limit > 0;
    }

    /** The file is a new one. */
    void reset() {
        begun = false;
    }

    /** When the file, which is not empty, is to end. */
    long end(long now) {
        if (limit == 0) return NEVER;
        if (!begun) end = now + limit;
        begun = true;
        return end;
    }
}

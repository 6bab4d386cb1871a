package daemontools.multilog;

import daemontools.posix.LibC;
import java.util.List;

/** All the places of a script that lines go to, in its order. */
final class Logs {
    /** What {@link #doWhatIsDue} returns when nothing will be. */
    static final int FOREVER = -1;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final LibC libc;
    /** No lists, whose iterators would be garbage, each time that a kilobyte has been read. */
    private final Log[] all;

    private final Stream[] streams;
    private final boolean areTimed;

    Logs(LibC libc, List<Log> all, List<Stream> streams) {
        this.libc = libc;
        this.all = all.toArray(new Log[0]);
        this.streams = streams.toArray(new Stream[0]);
        boolean timed = false;
        for (Log log : all) timed |= log.isTimed();
        this.areTimed = timed;
    }

    Log[] all() {
        return all;
    }

    Stream[] streams() {
        return streams;
    }

    boolean havePrefixes() {
        boolean prefixes = false;
        for (Log log : all) prefixes |= log.hasPrefix();
        return prefixes;
    }

    void settle() {
        for (Log log : all) log.settle();
    }

    void flush() {
        for (Log log : all) log.flush();
        for (Stream stream : streams) stream.flush();
    }

    void rotate() {
        for (Log log : all) log.rotateUnlessEmpty();
    }

    /** Does what is due by the clock; returns for how many milliseconds nothing will be. */
    int doWhatIsDue() {
        if (!areTimed) return FOREVER;
        long now = libc.clockGettime(LibC.CLOCK_MONOTONIC);
        long next = FileAge.NEVER;
        for (Log log : all) next = Math.min(next, log.doWhatIsDue(now));
        return milliseconds(next, now);
    }

    /** How long {@link LibC#poll} is to wait for a moment to come. */
    static int milliseconds(long moment, long now) {
        if (moment == FileAge.NEVER) return FOREVER;
        return Math.clamp((moment - now) / NANOS_PER_MILLI + 1, 0, Integer.MAX_VALUE);
    }

    void close() {
        for (Log log : all) log.close();
        for (Stream stream : streams) stream.flush();
        for (Log log : all) log.finishProcessing();
    }
}

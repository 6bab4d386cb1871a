package daemontools.tai64n;

import daemontools.common.IsoStamp;
import daemontools.common.Newlines;

/**
 * The lines of a log directory, piece by piece: a piece is a line, or a part of a line that is longer than the buffer. A line
 * without a stamp belongs to the line before it, and so has its moment.
 */
final class LogSource {
    private static final int SIZE = 32 * 1024;
    /** So many bytes show whether there is a stamp. */
    private static final int STAMP_LENGTH = IsoStamp.LENGTH;
    /** Where in the buffer the next file begins, while there is none. */
    private static final int NO_SEAM = -1;

    private final LogTrail trail;
    private final String name;
    private final LogStamp stamp = new LogStamp();
    private final byte[] buffer = new byte[SIZE + STAMP_LENGTH];
    /** What is in the buffer from the present piece on. */
    private int from;

    private int to;
    /** A file has ended here, in the middle of a line that the next may go on with. */
    private int seam = NO_SEAM;

    // The present piece.
    private boolean hasPiece;
    private int end;
    private int next;
    private boolean starts;
    private boolean ends = true;
    private boolean isStamped;
    private long moment = Long.MIN_VALUE;

    /** @param name what the lines are shown to come from */
    LogSource(LogTrail trail, String name) {
        this.trail = trail;
        this.name = name;
    }

    String name() {
        return name;
    }

    LogTrail trail() {
        return trail;
    }

    /** Whether there is a present piece, which the others tell of. */
    boolean hasPiece() {
        return hasPiece;
    }

    /** The piece lies in this array. */
    byte[] bytes() {
        return buffer;
    }

    int from() {
        return from;
    }

    /** Where the piece ends; a newline behind it is not part of it. */
    int end() {
        return end;
    }

    /** Whether a line begins with the piece. */
    boolean starts() {
        return starts;
    }

    /** Whether a line ends with the piece. */
    boolean ends() {
        return ends;
    }

    /** Whether the piece begins with {@link #stamp}. */
    boolean isStamped() {
        return isStamped;
    }

    LogStamp stamp() {
        return stamp;
    }

    /** The moment of the line that the piece is of. */
    long moment() {
        return moment;
    }

    /** Goes past the present piece, to the next one if it is there already. */
    boolean advance() {
        if (hasPiece) from = next;
        hasPiece = false;
        return find();
    }

    /** At the end of all there is: what remains is a piece, though no newline ends it. */
    boolean takeRest() {
        return from < to && take(to, true, to);
    }

    private boolean find() {
        while (true) {
            if (seam == NO_SEAM) {
                int newline = Newlines.first(buffer, from, to);
                if (newline >= 0) return take(newline, true, newline + 1);
                if (to - from >= SIZE) return take(to, false, to);
            } else if (to - seam >= STAMP_LENGTH) {
                int lineEnd = seam;
                seam = NO_SEAM;
                if (!stamp.read(buffer, lineEnd, to)) continue;
                return take(lineEnd, true, lineEnd);
            }
            if (!readMore()) return false;
        }
    }

    private boolean take(int pieceEnd, boolean endsLine, int nextPiece) {
        starts = ends;
        ends = endsLine;
        end = pieceEnd;
        next = nextPiece;
        isStamped = starts && stamp.read(buffer, from, end);
        if (isStamped) moment = stamp.moment();
        hasPiece = true;
        return true;
    }

    /** Reads on, in the file that follows too; false at the end for now. */
    private boolean readMore() {
        System.arraycopy(buffer, from, buffer, 0, to - from);
        if (seam != NO_SEAM) seam -= from;
        to -= from;
        from = 0;
        while (true) {
            int limit = seam == NO_SEAM ? SIZE : buffer.length;
            int count = trail.read(buffer, to, limit - to);
            if (count < 0) return false;
            if (count > 0) {
                to += count;
                return true;
            }
            if (!trail.next(moment)) return false;
            seam = to > 0 ? to : NO_SEAM;
        }
    }
}

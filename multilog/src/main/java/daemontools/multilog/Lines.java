package daemontools.multilog;

import daemontools.common.LineStamp;
import daemontools.common.Newlines;
import daemontools.common.StampFormat;
import daemontools.posix.LibC;

/** Cuts the input into lines and does the script for each. */
final class Lines {
    private static final byte[] NO_STAMP = {};

    private final Action[] actions;
    private final Log[] logs;
    private final Stream[] streams;
    private final LineStamp stamp;
    private final int stampLength;
    /** Without tests and other actions, whole lines need no look at the script. */
    private final boolean straight;

    /** The beginning of the present line; empty where a line may begin. */
    private final Line line = new Line();
    /** Whether the script has been done for the present line, and only its rest is still to come. */
    private boolean passing;

    Lines(LibC libc, Script script) {
        this.actions = script.actions().toArray(new Action[0]);
        this.logs = script.logs().all();
        this.streams = script.logs().streams();
        StampFormat format = script.stamp();
        this.stamp = format == null ? new LineStamp(libc) : new LineStamp(libc, format);
        this.stampLength = format == null ? 0 : format.length();
        this.straight = actions.length == logs.length && !script.logs().havePrefixes();
    }

    /**
     * Takes what one of 0.76's reads would have given. That little is done in about a microsecond, so its lines share a
     * stamp, unless something that may take long comes between.
     */
    void take(byte[] bytes, int from, int to) {
        stamp.expire();
        int at = from;
        while (at < to) {
            if (passing) {
                at = takeRest(bytes, at, to);
            } else {
                int next = straight && line.length() == 0 ? takeWhole(bytes, at, to) : at;
                at = next > at ? next : takeBeginning(bytes, at, to);
            }
        }
    }

    /** Completes a last line that has no newline. */
    void end() {
        if (line.length() == 0) return;
        if (!passing) doScript();
        endLine();
    }

    /** Takes a line that is here from its first byte to its newline, if it is not too long; returns where it ends. */
    private int takeWhole(byte[] bytes, int from, int to) {
        int newline = Newlines.first(bytes, from, to);
        if (newline < 0 || newline - from > Line.MAXIMUM - stampLength) return from;
        byte[] stampText = stampLength > 0 ? stamp.text() : NO_STAMP;
        for (Log log : logs) {
            log.addLine(stampText, stampLength, bytes, from, newline - from);
            if (log.hasJustRotated()) stamp.expire();
        }
        return newline + 1;
    }

    private int takeBeginning(byte[] bytes, int from, int to) {
        if (line.length() == 0 && stampLength > 0) {
            stamp.expire();
            line.add(stamp.text(), 0, stampLength);
        }
        int limit = Math.min(to, from + line.room());
        int newline = Newlines.first(bytes, from, limit);
        int end = newline < 0 ? limit : newline;
        line.add(bytes, from, end - from);
        if (newline < 0 && line.room() > 0) return end;
        doScript();
        if (newline < 0) {
            passing = true;
            return end;
        }
        endLine();
        return newline + 1;
    }

    private int takeRest(byte[] bytes, int from, int to) {
        int newline = Newlines.first(bytes, from, to);
        int end = newline < 0 ? to : newline;
        for (Log log : logs) {
            if (log.isSelected()) log.addRest(bytes, from, end - from);
        }
        for (Stream stream : streams) {
            if (stream.isSelected()) stream.add(bytes, from, end - from);
        }
        if (newline < 0) return end;
        endLine();
        return newline + 1;
    }

    private void doScript() {
        boolean selected = true;
        for (Action action : actions) selected = action.apply(selected, line);
        for (Log log : logs) {
            if (log.isSelected()) log.add(line);
        }
        for (Stream stream : streams) {
            if (stream.isSelected()) stream.add(line.bytes(), 0, line.length());
        }
    }

    private void endLine() {
        for (Log log : logs) {
            if (log.isSelected()) log.addNewline();
        }
        for (Stream stream : streams) {
            if (stream.isSelected()) stream.addNewline();
        }
        line.clear();
        passing = false;
    }
}

package daemontools.tai64n;

import daemontools.common.Command;
import daemontools.common.Invocation;
import daemontools.common.LineStamp;
import daemontools.common.Newlines;

/** {@code tai64n}: puts the time before each line (spec 12). */
public final class Tai64nCommand implements Command {
    /** Lines that are read at once share a look at the clock as far as this many bytes reach: about a microsecond's work. */
    private static final int BYTES_PER_LOOK = 1024;

    @Override
    public String help() {
        return """
                usage: tai64n
                Copies its input with a precise stamp before each line.
                """;
    }

    @Override
    public int run(Invocation invocation) {
        Filter filter = new Filter(invocation.libc());
        LineStamp stamp = new LineStamp(invocation.libc());
        boolean atLineStart = true;
        while (true) {
            int count = filter.read(0);
            if (count == 0) return 0;
            atLineStart = copy(filter, stamp, count, atLineStart);
        }
    }

    /** Copies what has been read; tells whether a line starts behind it. */
    private static boolean copy(Filter filter, LineStamp stamp, int count, boolean atLineStart) {
        byte[] bytes = filter.input();
        int at = 0;
        int nextLook = 0;
        boolean starts = atLineStart;
        while (at < count) {
            if (starts) {
                if (at >= nextLook) {
                    stamp.expire();
                    nextLook = at + BYTES_PER_LOOK;
                }
                filter.write(stamp.text(), 0, LineStamp.LENGTH);
            }
            int newline = Newlines.first(bytes, at, count);
            starts = newline >= 0;
            int end = starts ? newline + 1 : count;
            filter.write(bytes, at, end - at);
            at = end;
        }
        return starts;
    }
}

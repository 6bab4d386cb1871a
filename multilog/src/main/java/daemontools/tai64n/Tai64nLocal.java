package daemontools.tai64n;

import daemontools.common.Command;
import daemontools.common.Diagnostics;
import daemontools.common.Invocation;
import daemontools.common.Newlines;
import daemontools.posix.LibC;

/** {@code tai64nlocal}: turns the label at the start of a line into local time (spec 13). */
public final class Tai64nLocal implements Command {
    @Override
    public String help() {
        return """
                usage: tai64nlocal [--log [--follow] [--since=WHEN] [--last=NUMBER] [--utc] DIR ...]
                Copies its input with the stamp at the start of a line turned into local time.
                  --log            show the logs in directories, or of services, in the order of their stamps
                  --follow         go on as lines come
                  --since=WHEN     only what is not older: 10m, 2h, yesterday, 2026-11-25 08:00, a TAI64N label
                  --last=NUMBER    only so many of the last lines
                  --utc            show times in UTC
                """;
    }

    @Override
    public int run(Invocation invocation) {
        LogOptions options = new LogOptions(invocation);
        return options.wantLogs() ? showLogs(invocation.libc(), options) : copy(invocation.libc());
    }

    private static int showLogs(LibC libc, LogOptions options) {
        return new LogReader(libc, new Diagnostics(libc, "tai64nlocal"), options.request()).show(options.operands());
    }

    private static int copy(LibC libc) {
        Filter filter = new Filter(libc);
        LabelText label = new LabelText(new LocalTime(new SystemZone(libc)));
        byte[] bytes = filter.input();
        boolean atLineStart = true;
        int kept = 0;
        while (true) {
            int count = filter.read(kept);
            // Like 0.76: an unfinished label at the end of the input is dropped.
            if (count == 0) return 0;
            label.lookAgain();
            int end = kept + count;
            int done = copy(filter, label, end, atLineStart);
            atLineStart = done > 0 ? done < end || bytes[done - 1] == '\n' : atLineStart;
            kept = end - done;
            System.arraycopy(bytes, done, bytes, 0, kept);
        }
    }

    /** Copies what is in the input up to {@code end}, but for a label that is not all there; returns where that starts. */
    private static int copy(Filter filter, LabelText label, int end, boolean atLineStart) {
        byte[] bytes = filter.input();
        boolean starts = atLineStart;
        int at = 0;
        while (at < end) {
            int text = at;
            if (starts && bytes[at] == '@') {
                int labelEnd = label.read(bytes, at, end);
                boolean mayGoOn = labelEnd == end && end - at < bytes.length;
                if (mayGoOn) return at;
                if (label.convert()) {
                    filter.write(label.text(), 0, label.length());
                    text = labelEnd;
                }
            }
            int newline = Newlines.first(bytes, text, end);
            starts = newline >= 0;
            int next = starts ? newline + 1 : end;
            filter.write(bytes, text, next - text);
            at = next;
        }
        return end;
    }
}

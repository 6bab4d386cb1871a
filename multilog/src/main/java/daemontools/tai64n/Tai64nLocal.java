package daemontools.tai64n;

import daemontools.common.Command;
import daemontools.common.Invocation;
import daemontools.common.Newlines;

/** {@code tai64nlocal}: turns the label at the start of a line into local time (spec 13). */
public final class Tai64nLocal implements Command {
    @Override
    public String help() {
        return """
                usage: tai64nlocal
                Copies its input with the stamp at the start of a line turned into local time.
                """;
    }

    @Override
    public int run(Invocation invocation) {
        Filter filter = new Filter(invocation.libc());
        LabelText label = new LabelText(new LocalTime(new SystemZone(invocation.libc())));
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

package daemontools.svstat;

import daemontools.common.Utf8;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lines of a screen: how many services there are, the table's part that is looked at, and how to go on. */
final class Frame {
    /** The lines around the rows. */
    private static final int AROUND = 3;

    private static final String HELP = "arrows, page keys, Home, End: scroll   q: quit";

    private final Style style;
    private final int height;
    private final Table table;

    Frame(Style style, int height) {
        this.style = style;
        this.height = height;
        this.table = new Table(style);
    }

    /**
     * The lines from the top.
     *
     * @param message what there is to say, null for nothing
     */
    List<Line> lines(String title, List<Row> rows, Scroll scroll, @Nullable String message, long now) {
        scroll.fit(rows.size(), height - AROUND);
        List<Line> lines = new ArrayList<>(height);
        lines.add(line(style.colours() ? Line.BOLD : "", title));
        List<Line> body = table.lines(scroll.visible(rows), now);
        Line headings = body.removeFirst();
        lines.add(style.colours() ? new Line(Line.REVERSE, padded(headings.text())) : headings);
        lines.addAll(body);
        while (lines.size() < height - 1) lines.add(Line.EMPTY);
        String last = scroll.position() + "   " + (message == null ? HELP : message);
        lines.add(line(style.colours() ? Line.DIM : "", last));
        return lines;
    }

    /**
     * How many services there are, and how many of them want a look.
     *
     * @param where the directory of all services, null where they were named
     */
    static String title(@Nullable String where, List<Row> rows) {
        int troubles = 0;
        for (Row row : rows) troubles += row.isTrouble() ? 1 : 0;
        String count = rows.size() + (rows.size() == 1 ? " service, " : " services, ");
        return (where == null ? "" : TextWidth.printable(Utf8.valid(where)) + ": ")
                + count
                + (troubles == 0 ? "all well" : troubles + " in trouble");
    }

    private Line line(String look, String text) {
        return new Line(look, TextWidth.first(text, style.columns()));
    }

    private String padded(String text) {
        return text + " ".repeat(Math.max(0, style.columns() - text.length()));
    }
}

package daemontools.svstat;

import java.util.ArrayList;
import java.util.List;

/** Rows as aligned columns. A table that is made again keeps its columns as wide as they were, so that nothing jumps. */
final class Table {
    private static final int COLUMNS = Row.HEADINGS.size();
    private static final int SERVICE = 0;
    private static final int SHORTEST_NAME = 12;
    private static final String GAP = "  ";

    private final Style style;
    /** What the widest cell of each column takes, and what it gets. */
    private final int[] wanted = new int[COLUMNS];

    private final int[] widths = new int[COLUMNS];

    Table(Style style) {
        this.style = style;
        widen(Row.HEADINGS);
    }

    /** Headings, and a line a row. */
    List<Line> lines(List<Row> rows, long now) {
        List<List<String>> cells = new ArrayList<>(rows.size());
        for (Row row : rows) {
            List<String> texts = row.cells(now);
            widen(texts);
            cells.add(texts);
        }
        fit();
        List<Line> lines = new ArrayList<>(rows.size() + 1);
        lines.add(new Line(style.colours() ? Line.BOLD : "", text(Row.HEADINGS)));
        for (int i = 0; i < rows.size(); i++) {
            lines.add(new Line(style.colours() ? rows.get(i).colour() : "", text(cells.get(i))));
        }
        return lines;
    }

    private void widen(List<String> cells) {
        for (int i = 0; i < COLUMNS; i++) wanted[i] = Math.max(wanted[i], TextWidth.of(cells.get(i)));
    }

    /** Where the terminal is too narrow for all, names give way first. */
    private void fit() {
        int all = -GAP.length();
        for (int i = 0; i < COLUMNS; i++) {
            widths[i] = wanted[i];
            all += widths[i] + GAP.length();
        }
        int tooMuch = style.columns() == 0 ? 0 : all - style.columns();
        if (tooMuch > 0)
            widths[SERVICE] = Math.max(Math.min(SHORTEST_NAME, widths[SERVICE]), widths[SERVICE] - tooMuch);
    }

    /** A line without blanks at its end, no longer than the terminal is wide. */
    private String text(List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < COLUMNS; i++) {
            String cell = i == SERVICE ? TextWidth.cut(cells.get(i), widths[i]) : cells.get(i);
            line.append(cell);
            for (int width = TextWidth.of(cell); width < widths[i] + GAP.length(); width++) line.append(' ');
        }
        String text = line.toString().stripTrailing();
        return style.columns() == 0 ? text : TextWidth.first(text, style.columns());
    }
}

package daemontools.bench;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The ratios to C as a picture: a bar of ours for each row, to the left of C's line where we take less and to the right
 * where we take more, and a mark for each peer. The axis is logarithmic: half and double are equally far from C.
 */
final class Chart {
    private static final int WIDTH = 860;
    private static final int LEFT = 250;
    private static final int RIGHT = 120;
    private static final int TOP = 84;
    private static final int STEP = 30;
    private static final int BAR = 14;

    private static final String HEAD = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" role="img"
              font-family="-apple-system, 'Segoe UI', Helvetica, Arial, sans-serif" font-size="13">
            <title>What daemontools in Java costs, as a ratio to the C originals</title>
            <style>
              .paper { fill: #ffffff; stroke: #d0d7de }
              text { fill: #1f2328 }
              .faint { fill: #59636e }
              .grid { stroke: #d0d7de; stroke-dasharray: 2 3 }
              .c { stroke: #1f2328; stroke-width: 1.5 }
              .less { fill: #2da44e }
              .more { fill: #bf8700 }
              .peer0 { fill: #ffffff; stroke: #0969da; stroke-width: 2 }
              .peer1 { fill: #ffffff; stroke: #8250df; stroke-width: 2 }
              @media (prefers-color-scheme: dark) {
                .paper { fill: #0d1117; stroke: #3d444d }
                text { fill: #f0f6fc }
                .faint { fill: #9198a1 }
                .grid { stroke: #3d444d }
                .c { stroke: #f0f6fc }
                .less { fill: #3fb950 }
                .more { fill: #d29922 }
                .peer0 { fill: #0d1117; stroke: #58a6ff }
                .peer1 { fill: #0d1117; stroke: #bc8cff }
              }
            </style>
            """;

    private final StringBuilder svg = new StringBuilder();
    private final List<Suite> suites;
    private final List<Row> rows;
    private final double least;
    private final double most;

    /** @param rows of which those with a name for the chart are in it */
    Chart(List<Suite> suites, List<Row> rows) {
        this.suites = suites;
        this.rows = rows.stream()
                .filter(row -> row.chart() != null && row.ratio(ours()).isPresent())
                .toList();
        List<Double> ratios =
                this.rows.stream().flatMap(row -> row.ratio(ours()).stream()).toList();
        least = Math.pow(2, Math.floor(log(ratios.stream().reduce(0.25, Math::min))));
        most = Math.pow(2, Math.ceil(log(ratios.stream().reduce(4.0, Math::max))));
    }

    private Suite ours() {
        return suites.getFirst();
    }

    private List<Suite> peers() {
        return suites.stream()
                .filter(suite -> !suite.name().equals(Suite.C) && !suite.equals(ours()))
                .toList();
    }

    @Override
    public String toString() {
        int bottom = TOP + rows.size() * STEP;
        int height = bottom + 44;
        add(HEAD, WIDTH, height);
        add("<rect class=\"paper\" x=\"0.5\" y=\"0.5\" width=\"%d\" height=\"%d\" rx=\"6\"/>", WIDTH - 1, height - 1);
        legend();
        for (double at = least; at <= most; at *= 2) {
            add(
                    "<line class=\"%s\" x1=\"%.1f\" y1=\"%d\" x2=\"%2$.1f\" y2=\"%d\"/>",
                    at == 1 ? "c" : "grid", x(at), TOP - 8, bottom + 4);
            add(
                    "<text class=\"faint\" x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                    x(at), bottom + 22, at == 1 ? "C" : at < 1 ? "1/" + (int) (1 / at) : (int) at + "×");
        }
        for (int i = 0; i < rows.size(); i++) row(rows.get(i), TOP + i * STEP + STEP / 2);
        svg.append("</svg>\n");
        return svg.toString();
    }

    private void legend() {
        add(
                "<text x=\"20\" y=\"30\" font-size=\"16\" font-weight=\"600\">Time and memory beside the C originals</text>");
        add(
                "<text class=\"faint\" x=\"20\" y=\"52\">ratio to Debian's daemontools 0.76, measured in turns; less is better</text>");
        int x = WIDTH - RIGHT - 90 * peers().size() - 60;
        add("<rect class=\"less\" x=\"%d\" y=\"24\" width=\"18\" height=\"10\"/>", x);
        add("<rect class=\"more\" x=\"%d\" y=\"24\" width=\"8\" height=\"10\"/>", x + 18);
        add("<text x=\"%d\" y=\"34\">ours</text>", x + 34);
        for (int i = 0; i < peers().size(); i++) {
            int at = x + 90 * (i + 1);
            add("<circle class=\"peer%d\" cx=\"%d\" cy=\"29\" r=\"4.5\"/>", i % 2, at);
            add("<text x=\"%d\" y=\"34\">%s</text>", at + 12, peers().get(i));
        }
    }

    private void row(Row row, int y) {
        double ratio = row.ratio(ours()).orElseThrow();
        add("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>", LEFT - 14, y + 5, row.chart());
        add(
                "<rect class=\"%s\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\"/>",
                ratio <= 1 ? "less" : "more", Math.min(x(1), x(ratio)), y - BAR / 2, Math.abs(x(ratio) - x(1)), BAR);
        for (int i = 0; i < peers().size(); i++) {
            Optional<Double> peer = row.ratio(peers().get(i));
            if (peer.isPresent()) mark(i, peer.get(), y);
        }
        add("<text x=\"%d\" y=\"%d\" text-anchor=\"end\" font-weight=\"600\">%.2f</text>", WIDTH - 20, y + 5, ratio);
    }

    /** A peer's mark; one that is off the chart is at its edge, with its figure. */
    private void mark(int peer, double ratio, int y) {
        double shown = Math.clamp(ratio, least, most);
        add("<circle class=\"peer%d\" cx=\"%.1f\" cy=\"%d\" r=\"4.5\"/>", peer % 2, x(shown), y);
        if (shown != ratio) {
            add("<text class=\"faint\" x=\"%.1f\" y=\"%d\" font-size=\"11\">%.0f×</text>", x(shown) + 9, y + 4, ratio);
        }
    }

    private double x(double ratio) {
        return LEFT + (WIDTH - LEFT - RIGHT) * (log(ratio) - log(least)) / (log(most) - log(least));
    }

    private static double log(double value) {
        return Math.log(value) / Math.log(2);
    }

    @SuppressWarnings("AnnotateFormatMethod") // the annotation would be a dependency
    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}

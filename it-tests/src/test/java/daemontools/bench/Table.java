package daemontools.bench;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The figures as a table in Markdown. */
final class Table {
    private final List<Suite> suites;

    Table(List<Suite> suites) {
        this.suites = suites;
    }

    void print(Measurement measurement, List<Row> rows) {
        System.out.printf("%n**%s**: %s.%n%n", measurement.name(), measurement.about());
        StringBuilder head = new StringBuilder("| | unit |");
        StringBuilder line = new StringBuilder("| --- | --- |");
        for (Suite suite : suites) {
            head.append(' ').append(suite).append(" |");
            line.append(" ---: |");
            if (suite.name().equals(Suite.OURS)) {
                head.append(" ours / C |");
                line.append(" ---: |");
            }
        }
        System.out.println(head);
        System.out.println(line);
        for (Row row : rows) System.out.println(text(row));
    }

    private String text(Row row) {
        StringBuilder text = new StringBuilder("| " + row.what() + " | " + row.unit() + " |");
        for (Suite suite : suites) {
            text.append(' ').append(cell(row.figure(suite))).append(" |");
            if (suite.name().equals(Suite.OURS)) {
                text.append(" **").append(cell(row.ratio(suite))).append("** |");
            }
        }
        return text.toString();
    }

    private static String cell(Optional<Double> figure) {
        return figure.map(value -> String.format(Locale.ROOT, value < 100 ? "%.2f" : "%.0f", value))
                .orElse("-");
    }
}

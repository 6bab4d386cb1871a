package daemontools.svstat;

import daemontools.common.Utf8;
import daemontools.posix.Signals;
import daemontools.service.Details;
import daemontools.service.Details.Fact;
import daemontools.service.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code svstat --table}: a row a service, what wants a look first, with its log beside it. */
final class Table {
    private static final String[] HEADINGS = {"SERVICE", "STATE", "FOR", "PID", "RESTARTS", "LAST EXIT", "READY", "LOG"
    };
    private static final int SERVICE = 0;

    private static final String GAP = "  ";
    private static final String UNKNOWN = "-";
    private static final int SHORTEST_NAME = 12;
    private static final long NANOS = 1_000_000_000;

    private static final String BOLD = "\033[1m";
    private static final String RED = "\033[31m";
    private static final String YELLOW = "\033[33m";
    private static final String GREEN = "\033[32m";
    private static final String NORMAL = "\033[0m";

    /** What is shown of one service; its log is null where it has none. */
    private record Row(Service service, @Nullable Service log, List<String> cells) {
        boolean isTrouble() {
            return !service.isAsWanted() || (log != null && !log.isAsWanted());
        }

        /** Troubles first, then by name. */
        int compareTo(Row other) {
            int order = Boolean.compare(other.isTrouble(), isTrouble());
            if (order == 0 && isTrouble()) order = service.state().compareTo(other.service.state());
            return order == 0 ? service.name().compareTo(other.service.name()) : order;
        }
    }

    private final long now;
    private final List<Row> rows = new ArrayList<>();
    private final int[] widths = new int[HEADINGS.length];

    /** @param now in nanoseconds since the UNIX epoch */
    Table(List<Service> services, long now) {
        this.now = now;
        Map<String, Service> logs = new HashMap<>();
        for (Service service : services) {
            if (service.isLog()) logs.put(service.observed().directory(), service);
        }
        for (Service service : services) {
            if (service.isLog()) continue;
            add(service, logs.remove(service.observed().directory() + "/log"));
        }
        for (Service service : services) {
            if (logs.containsValue(service)) add(service, null);
        }
        rows.sort(Row::compareTo);
    }

    private void add(Service service, @Nullable Service log) {
        rows.add(new Row(service, log, cells(service, log)));
    }

    /** The whole table, headings first, a line a row. */
    String text(Style style) {
        StringBuilder text = new StringBuilder();
        for (String line : lines(style)) text.append(line).append('\n');
        return text.toString();
    }

    /** Headings, and a line a row. */
    List<String> lines(Style style) {
        measure(style.columns());
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < HEADINGS.length; i++) pad(line, i, HEADINGS[i]);
        lines.add(style.colours() ? BOLD + ended(line, style) + NORMAL : ended(line, style));
        for (Row row : rows) lines.add(line(row, style));
        return lines;
    }

    private void measure(int columns) {
        int all = 0;
        for (int i = 0; i < HEADINGS.length; i++) {
            widths[i] = HEADINGS[i].length();
            for (Row row : rows) widths[i] = Math.max(widths[i], TextWidth.of(row.cells.get(i)));
            all += widths[i] + GAP.length();
        }
        int tooMuch = columns == 0 ? 0 : all - GAP.length() - columns;
        if (tooMuch > 0)
            widths[SERVICE] = Math.max(Math.min(SHORTEST_NAME, widths[SERVICE]), widths[SERVICE] - tooMuch);
    }

    private String line(Row row, Style style) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < HEADINGS.length; i++) {
            String cell = i == SERVICE ? TextWidth.cut(row.cells.get(i), widths[i]) : row.cells.get(i);
            pad(line, i, cell);
        }
        String plain = ended(line, style);
        return style.colours() ? colour(row) + plain + NORMAL : plain;
    }

    private static String colour(Row row) {
        if (!row.isTrouble()) return row.service.state().isUp() ? GREEN : "";
        return row.service.state().compareTo(State.UNSUPERVISED) <= 0 ? RED : YELLOW;
    }

    /** A line without blanks at its end, no longer than the terminal is wide. */
    private static String ended(StringBuilder line, Style style) {
        String text = line.toString().stripTrailing();
        return style.columns() == 0 ? text : TextWidth.first(text, style.columns());
    }

    private void pad(StringBuilder line, int column, String cell) {
        line.append(cell);
        for (int i = TextWidth.of(cell); i < widths[column] + GAP.length(); i++) line.append(' ');
    }

    // ---- cells ----

    private List<String> cells(Service service, @Nullable Service log) {
        String state = service.state().word();
        return List.of(
                TextWidth.printable(Utf8.valid(service.name())),
                service.isPaused() ? state + ", paused" : state,
                age(service),
                service.pid() == 0 ? UNKNOWN : Long.toString(service.pid()),
                restarts(service),
                lastExit(service),
                readiness(service),
                log == null ? UNKNOWN : log.state().word());
    }

    private String age(Service service) {
        Status status = service.observed().status();
        return status == null ? UNKNOWN : Age.text(now / NANOS - status.since().unixSeconds());
    }

    private static String restarts(Service service) {
        long starts = service.number(Fact.STARTS);
        return starts == Details.UNKNOWN ? UNKNOWN : Long.toString(Math.max(0, starts - 1));
    }

    private String lastExit(Service service) {
        long signal = service.number(Fact.SIGNAL);
        long code = service.number(Fact.EXIT);
        if (signal == Details.UNKNOWN && code == Details.UNKNOWN) return UNKNOWN;
        String name = signal > 0 ? Signals.name((int) signal) : null;
        String how = signal == Details.UNKNOWN ? "exited " + code : "killed by " + (name == null ? signal : name);
        long ended = service.number(Fact.ENDED);
        return ended == Details.UNKNOWN ? how : how + " " + Age.text(now / NANOS - ended) + " ago";
    }

    private static String readiness(Service service) {
        if (service.number(Fact.READINESS) != 1) return UNKNOWN;
        return service.number(Fact.READY) == 1 ? "yes" : "no";
    }
}

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

/** What a table shows of one service and its log, which is null where it has none. */
final class Row {
    static final List<String> HEADINGS =
            List.of("SERVICE", "STATE", "FOR", "PID", "RESTARTS", "LAST EXIT", "READY", "LOG");

    private static final String UNKNOWN = "-";
    private static final long NANOS = 1_000_000_000;

    private final Service service;
    private final @Nullable Service log;

    private Row(Service service, @Nullable Service log) {
        this.service = service;
        this.log = log;
    }

    /** A row a service, with its log where both are there. */
    static List<Row> of(Iterable<Service> services) {
        Map<String, Service> logs = new HashMap<>();
        for (Service service : services) {
            if (service.isLog()) logs.put(service.observed().directory(), service);
        }
        List<Row> rows = new ArrayList<>();
        for (Service service : services) {
            if (service.isLog()) continue;
            rows.add(new Row(service, logs.remove(service.observed().directory() + "/log")));
        }
        for (Service log : logs.values()) rows.add(new Row(log, null));
        rows.sort(Row::compareTo);
        return rows;
    }

    boolean isTrouble() {
        return !service.isAsWanted() || (log != null && !log.isAsWanted());
    }

    /** Troubles first, then by name. */
    int compareTo(Row other) {
        int order = Boolean.compare(other.isTrouble(), isTrouble());
        if (order == 0 && isTrouble()) order = service.state().compareTo(other.service.state());
        return order == 0 ? service.name().compareTo(other.service.name()) : order;
    }

    String colour() {
        if (!isTrouble()) return service.state().isUp() ? Line.GREEN : "";
        return service.state().compareTo(State.UNSUPERVISED) <= 0 ? Line.RED : Line.YELLOW;
    }

    // ---- cells ----

    /** A text a heading. */
    List<String> cells(long now) {
        return List.of(
                TextWidth.printable(Utf8.valid(service.name())),
                service.isPaused()
                        ? service.state().word() + ", paused"
                        : service.state().word(),
                age(now),
                service.pid() == 0 ? UNKNOWN : Long.toString(service.pid()),
                restarts(),
                lastExit(now),
                readiness(),
                log == null ? UNKNOWN : log.state().word());
    }

    private String age(long now) {
        Status status = service.observed().status();
        return status == null ? UNKNOWN : Age.text(now / NANOS - status.since().unixSeconds());
    }

    private String restarts() {
        long starts = service.number(Fact.STARTS);
        return starts == Details.UNKNOWN ? UNKNOWN : Long.toString(Math.max(0, starts - 1));
    }

    private String lastExit(long now) {
        long signal = service.number(Fact.SIGNAL);
        long code = service.number(Fact.EXIT);
        if (signal == Details.UNKNOWN && code == Details.UNKNOWN) return UNKNOWN;
        String name = signal > 0 ? Signals.name((int) signal) : null;
        String how = signal == Details.UNKNOWN ? "exited " + code : "killed by " + (name == null ? signal : name);
        long ended = service.number(Fact.ENDED);
        return ended == Details.UNKNOWN ? how : how + " " + Age.text(now / NANOS - ended) + " ago";
    }

    private String readiness() {
        if (service.number(Fact.READINESS) != 1) return UNKNOWN;
        return service.number(Fact.READY) == 1 ? "yes" : "no";
    }
}

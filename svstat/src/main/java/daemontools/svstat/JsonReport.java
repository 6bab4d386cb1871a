package daemontools.svstat;

import daemontools.common.IsoStamp;
import daemontools.common.JsonWriter;
import daemontools.posix.Bytes;
import daemontools.posix.Signals;
import daemontools.service.Details;
import daemontools.service.Details.Fact;
import daemontools.service.Status;
import java.util.List;
import java.util.Objects;

/** {@code svstat --json}: svstat.schema.json beside the manual describes it. What is not known is left out. */
final class JsonReport {
    private static final long NANOS = 1_000_000_000;

    /** The beginnings of the years 1 and 10000: RFC 3339 has four digits for a year. */
    private static final long FIRST = -62_135_596_800L;

    private static final long END = 253_402_300_800L;

    private final JsonWriter json = new JsonWriter();
    private final IsoStamp stamp = new IsoStamp();
    private final byte[] stampText = new byte[IsoStamp.LENGTH];
    /** In nanoseconds since the UNIX epoch. */
    private final long now;

    private JsonReport(long now) {
        this.now = now;
    }

    static String of(List<Service> services, long now) {
        JsonReport report = new JsonReport(now);
        report.json.beginArray();
        for (Service service : services) report.add(service);
        return report.json.endArray().text();
    }

    private void add(Service service) {
        json.beginObject();
        json.name("service").value(service.name());
        json.name("directory").value(service.observed().directory());
        json.name("log").value(service.isLog());
        json.name("state").value(service.state().word());
        if (service.observed().status() != null)
            addStatus(service, service.observed().status());
        else if (service.state() == State.UNREADABLE)
            json.name("error").value(Objects.requireNonNull(service.observed().trouble()));
        if (service.observed().details() != null) addDetails(service);
        json.endObject();
    }

    private void addStatus(Service service, Status status) {
        if (status.isUp()) json.name("pid").value(service.pid());
        long since = status.since().unixSeconds();
        addMoment("since", since, status.since().nanoseconds());
        if (isShown(since)) json.name("seconds").value(Math.max(0, now / NANOS - since));
        json.name("wanted").value(Service.word(status.want()));
        json.name("normally").value(service.observed().hasDownFile() ? "down" : "up");
        json.name("paused").value(service.isPaused());
    }

    private void addDetails(Service service) {
        addMoment("ready_since", service.nanos(Fact.READY_SINCE));
        addLastExit(service);
        addNumber("starts", service.number(Fact.STARTS));
        addMoment("next_start", service.nanos(Fact.NEXT_START));
        addNumber("supervise_pid", service.number(Fact.SUPERVISE));
    }

    private void addLastExit(Service service) {
        long signal = service.number(Fact.SIGNAL);
        if (signal == Details.UNKNOWN && service.number(Fact.EXIT) == Details.UNKNOWN) return;
        json.name("last_exit").beginObject();
        addNumber("code", service.number(Fact.EXIT));
        addNumber("signal", signal);
        String name = signal > 0 ? Signals.name((int) signal) : null;
        if (name != null) json.name("signal_name").value(name);
        addMoment("at", service.nanos(Fact.ENDED));
        json.endObject();
    }

    private void addNumber(String name, long number) {
        if (number != Details.UNKNOWN) json.name(name).value(number);
    }

    private void addMoment(String name, long nanos) {
        if (nanos != Details.UNKNOWN) addMoment(name, nanos / NANOS, (int) (nanos % NANOS));
    }

    private void addMoment(String name, long seconds, int nanoseconds) {
        if (!isShown(seconds)) return;
        stamp.writeSecond(seconds, stampText);
        stamp.writeMicrosecond(nanoseconds / 1000, stampText);
        json.name(name).value(Bytes.string(stampText, 0, IsoStamp.LENGTH - 1));
    }

    private static boolean isShown(long seconds) {
        return seconds >= FIRST && seconds < END;
    }
}

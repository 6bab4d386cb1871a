package daemontools.svstat;

import daemontools.common.Utf8;
import daemontools.service.Details;
import daemontools.service.Details.Fact;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToLongFunction;

/** {@code svstat --metrics}: the text format of Prometheus. What is not known of a service has no line. */
final class MetricsReport {
    private static final String PREFIX = "daemontools_service_";

    private final StringBuilder text = new StringBuilder();
    private final List<Service> services;

    private MetricsReport(List<Service> services) {
        this.services = services;
    }

    static String of(List<Service> services) {
        MetricsReport report = new MetricsReport(distinct(services));
        report.gauge(
                "supervised",
                "Whether supervise runs.",
                service -> bit(service.observed().hasSupervise()));
        report.gauge(
                "up",
                "Whether the service runs.",
                status(service -> bit(service.state().isUp())));
        report.gauge("ready", "Whether the service runs and, where it says so, is ready.", status(service -> {
            return bit(service.observed().isReady());
        }));
        report.gauge("as_wanted", "Whether the service is up or down as it is wanted to be.", service -> {
            return bit(service.isAsWanted());
        });
        report.gauge("wanted_up", "Whether supervise is to keep the service up.", status(service -> {
            return bit("up".equals(service.wanted()));
        }));
        report.gauge("paused", "Whether the service is paused.", status(service -> bit(service.isPaused())));
        report.gauge("failed", "Whether the service has failed for good.", service -> service.number(Fact.FAILED));
        report.gauge("pid", "The process ID of the service, 0 where it is down.", status(Service::pid));
        report.gauge("change_timestamp_seconds", "When the service last came up or went down.", status(service -> {
            return Math.max(
                    0,
                    Objects.requireNonNull(service.observed().status()).since().unixSeconds());
        }));
        report.add("counter", "starts_total", "How often the service was started.", service -> {
            return service.number(Fact.STARTS);
        });
        report.gauge("last_exit_code", "The exit code of the service's last end.", service -> {
            return service.number(Fact.EXIT);
        });
        report.gauge("last_exit_signal", "The signal that was the service's last end.", service -> {
            return service.number(Fact.SIGNAL);
        });
        report.gauge("next_start_timestamp_seconds", "When the service is due to be started.", service -> {
            return service.number(Fact.NEXT_START);
        });
        return report.text.toString();
    }

    /** Two lines with the same labels would be an error. */
    private static List<Service> distinct(List<Service> services) {
        Set<String> seen = new HashSet<>();
        return services.stream().filter(service -> seen.add(labels(service))).toList();
    }

    private static long bit(boolean is) {
        return is ? 1 : 0;
    }

    /** A value that is known where there is a status. */
    private static ToLongFunction<Service> status(ToLongFunction<Service> value) {
        return service -> service.observed().status() == null ? Details.UNKNOWN : value.applyAsLong(service);
    }

    private void gauge(String name, String help, ToLongFunction<Service> value) {
        add("gauge", name, help, value);
    }

    private void add(String type, String name, String help, ToLongFunction<Service> value) {
        text.append("# HELP ")
                .append(PREFIX)
                .append(name)
                .append(' ')
                .append(help)
                .append('\n');
        text.append("# TYPE ")
                .append(PREFIX)
                .append(name)
                .append(' ')
                .append(type)
                .append('\n');
        for (Service service : services) {
            long number = value.applyAsLong(service);
            if (number == Details.UNKNOWN) continue;
            text.append(PREFIX).append(name).append(labels(service));
            text.append(' ').append(number).append('\n');
        }
    }

    private static String labels(Service service) {
        return "{service=\"" + escaped(service.name()) + "\",directory=\""
                + escaped(service.observed().directory()) + "\"}";
    }

    private static String escaped(String label) {
        return Utf8.valid(label).replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}

package daemontools.svstat;

import daemontools.common.Diagnostics;
import daemontools.common.Output;
import daemontools.common.StartDirectory;
import daemontools.posix.LibC;
import daemontools.service.Inquiry;
import daemontools.service.ObservedService;
import daemontools.service.ScanDirectory;
import java.util.ArrayList;
import java.util.List;

/** What svstat's long options print: each looks at all services first, and asks their supervises for details. */
final class Overview {
    private static final int STANDARD_OUTPUT = 1;

    private final LibC libc;
    private final Diagnostics say;
    private final List<Service> services = new ArrayList<>();

    /** @param directories the services as they were named; when there are none, all that are scanned */
    Overview(LibC libc, Diagnostics say, StartDirectory start, List<String> directories) {
        this.libc = libc;
        this.say = say;
        List<ObservedService> observed = new ArrayList<>();
        for (String directory : directories.isEmpty() ? scanned() : directories) {
            observed.add(new ObservedService(libc, directory));
        }
        Inquiry.about(observed, libc, start);
        for (ObservedService service : observed) services.add(new Service(service));
    }

    private List<String> scanned() {
        String directory = ScanDirectory.find(libc);
        List<String> scanned = new ArrayList<>();
        int error = ScannedServices.list(libc, directory, scanned);
        if (error < 0) throw say.fatal("unable to read directory " + directory, error);
        return scanned;
    }

    /** Prints what the option is for, and returns the exit code. */
    int print(String option) {
        long now = libc.clockGettime(LibC.CLOCK_REALTIME);
        return switch (option) {
            case "json" -> write(JsonReport.of(services, now));
            case "metrics" -> write(MetricsReport.of(services));
            case "table" -> write(table(now));
            default -> areAsWanted() ? 0 : 1;
        };
    }

    private String table(long now) {
        StringBuilder text = new StringBuilder();
        for (Line line : new Table(Style.of(libc, STANDARD_OUTPUT)).lines(Row.of(services), now)) {
            text.append(line.dressed(line.text())).append('\n');
        }
        return text.toString();
    }

    private int write(String text) {
        int error = Output.writeAll(libc, STANDARD_OUTPUT, text);
        if (error < 0) throw say.fatal("unable to write to standard output", error);
        return 0;
    }

    private boolean areAsWanted() {
        for (Service service : services) {
            if (!service.isAsWanted()) return false;
        }
        return true;
    }
}

package daemontools.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** A machine that boots: from the start of svscan until every service runs. */
final class ServicesRunning implements Measurement {
    private static final double NANOS_PER_SECOND = 1e9;

    @Override
    public String name() {
        return "services";
    }

    @Override
    public String about() {
        return "from the start of svscan until all services run (a shell script each);"
                + " where a scanner stops at 1000, the next one starts beside it";
    }

    @Override
    public List<Row> measure(Lab lab) throws Exception {
        List<Row> rows = new ArrayList<>();
        int some = lab.quick() ? 50 : 500;
        int many = lab.quick() ? 500 : 5000;
        List<Suite> scanners = lab.suites().stream().filter(Suite::hasScanner).toList();
        List<Suite> readers = scanners.stream().filter(Suite::isOfDaemontools).toList();
        rows.add(row(lab, "%,d services running".formatted(some), scanners, some, 10, false));
        rows.add(row(lab, "%,d services running, every file".formatted(some), readers, some, 3, true));
        rows.add(row(lab, "%,d services running".formatted(many), scanners, many, 3, false));
        return rows;
    }

    private static Row row(Lab lab, String what, List<Suite> suites, int count, int rounds, boolean askForAll)
            throws Exception {
        Map<Suite, Callable<Double>> contenders = new LinkedHashMap<>();
        for (Suite suite : suites) contenders.put(suite, () -> seconds(lab, suite, count, askForAll));
        return new Row(what, what, "s", Lab.medians(lab.rounds(rounds), contenders));
    }

    private static double seconds(Lab lab, Suite suite, int count, boolean askForAll) throws Exception {
        Path folder = lab.scratch().folder("services");
        Services services = new Services(suite, folder, count, askForAll);
        long begin = System.nanoTime();
        services.scan();
        long end = System.nanoTime();
        lab.scratch().clear();
        return (end - begin) / NANOS_PER_SECOND;
    }
}

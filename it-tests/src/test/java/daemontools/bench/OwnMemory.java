package daemontools.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What each daemon takes of the machine, alone and among many: those that stay for as long as the machine runs. */
final class OwnMemory implements Measurement {
    private static final int[] COUNTS = {1, 50, 500};

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public String about() {
        return "memory of one daemon among so many of its kind, median of them all: PSS (its own pages, and its share"
                + " of those that several hold) and private dirty pages (what one more costs); each multilog has logged a line";
    }

    @Override
    public List<Row> measure(Lab lab) throws Exception {
        List<Row> rows = new ArrayList<>();
        for (int count : COUNTS) {
            Map<Suite, List<Footprint>> supervisors = new LinkedHashMap<>();
            Map<Suite, List<Footprint>> scanners = new LinkedHashMap<>();
            Map<Suite, List<Footprint>> loggers = new LinkedHashMap<>();
            for (Suite suite : lab.suites()) {
                supervisors.put(
                        suite, footprints(lab, services(lab, suite, count).supervise()));
                if (suite.hasScanner())
                    scanners.put(
                            suite, footprints(lab, services(lab, suite, count).scan()));
                loggers.put(suite, footprints(lab, loggers(suite, lab.scratch().folder("memory"), count)));
            }
            rows.addAll(rows("supervise, 1 of %d".formatted(count), supervisors));
            rows.addAll(rows("multilog t, 1 of %d".formatted(count), loggers));
            rows.addAll(rows("svscan of %d services".formatted(count), scanners));
        }
        rows.addAll(rowsOfAll(lab, COUNTS[COUNTS.length - 1]));
        return rows;
    }

    private static List<Row> rowsOfAll(Lab lab, int count) throws Exception {
        Map<Suite, List<Footprint>> supervisors = new LinkedHashMap<>();
        for (Suite suite : lab.suites()) {
            if (!suite.isOfDaemontools()) continue;
            Services services = new Services(suite, lab.scratch().folder("memory"), count, true);
            supervisors.put(suite, footprints(lab, services.supervise()));
        }
        return rows("supervise, 1 of %d, every file".formatted(count), supervisors);
    }

    private static List<Integer> loggers(Suite suite, Path folder, int count) throws Exception {
        List<Integer> pids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Path own = Files.createDirectory(folder.resolve("m" + i));
            Path input = own.resolve("input");
            Posix.mkfifo(input.toString());
            LogThroughput.logDirectory(own);
            pids.add(suite.reader(Suite.MULTILOG, own, input).orElseThrow().start());
            Files.writeString(input, "a line\n");
        }
        for (int i = 0; i < count; i++) {
            Path current = folder.resolve("m" + i + "/main/current");
            Scratch.await(suite + " logs", () -> current.toFile().length() > 0);
        }
        return pids;
    }

    private static Services services(Lab lab, Suite suite, int count) throws IOException {
        return new Services(suite, lab.scratch().folder("memory"), count);
    }

    /** Looks at daemons when they have come to rest, and ends them. */
    private static List<Footprint> footprints(Lab lab, List<Integer> pids) throws IOException, InterruptedException {
        List<Footprint> all = new ArrayList<>();
        for (int pid : pids) {
            Scratch.await("a quiet daemon", () -> Footprint.isAsleep(pid));
            all.add(Footprint.of(pid));
        }
        lab.scratch().clear();
        return all;
    }

    private static List<Row> rows(String what, Map<Suite, List<Footprint>> footprints) {
        boolean inChart = what.equals("supervise, 1 of 500") || what.equals("multilog t, 1 of 500");
        return List.of(
                row(what + ": PSS", inChart, footprints, Footprint::proportional),
                row(what + ": private dirty", inChart, footprints, Footprint::dirty));
    }

    private static Row row(
            String what, boolean inChart, Map<Suite, List<Footprint>> all, ToDoubleFunction<Footprint> measure) {
        Map<Suite, Double> medians = new LinkedHashMap<>();
        all.forEach((suite, own) -> {
            medians.put(
                    suite, Lab.median(own.stream().map(measure::applyAsDouble).toList()));
        });
        return new Row(what, inChart ? what : null, "kB", medians);
    }
}

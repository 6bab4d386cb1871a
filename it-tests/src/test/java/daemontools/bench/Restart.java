package daemontools.bench;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** From the death of a service until its shell script runs again, for a plain service and for one that asks for all. */
final class Restart implements Measurement {
    private static final int ROUNDS = 5;
    private static final int SERVICES = 8;
    private static final double NANOS_PER_MILLI = 1e6;
    /** No suite looks for a death in the second after a start. */
    private static final long MILLIS_UNTIL_DEATHS_COUNT = 1200;

    /** The services of a suite, which write their pid into a fifo when they run. */
    private static final class Group {
        private final RandomAccessFile starts;
        private final List<Integer> pids = new ArrayList<>();
        private final List<Double> samples = new ArrayList<>();

        Group(Suite suite, Path folder, boolean asksForAll) throws IOException {
            Path fifo = folder.resolve("starts");
            Posix.mkfifo(fifo.toString());
            starts = new RandomAccessFile(fifo.toFile(), "rw");
            for (int i = 0; i < SERVICES; i++) {
                Path service = Scratch.service(folder.resolve("s" + i), "echo $$ > " + fifo + "\nexec sleep 100000");
                if (asksForAll) Scratch.askForAll(service);
                suite.program("supervise SERVICE", folder, service.toString())
                        .orElseThrow()
                        .start();
                pids.add(nextStart());
            }
        }

        private int nextStart() throws IOException {
            return Integer.parseInt(starts.readLine());
        }

        void killOne() throws IOException {
            int victim = pids.removeFirst();
            long begin = System.nanoTime();
            Posix.kill(victim, Posix.KILL);
            pids.add(nextStart());
            samples.add((System.nanoTime() - begin) / NANOS_PER_MILLI);
        }
    }

    @Override
    public String name() {
        return "restart";
    }

    @Override
    public String about() {
        return "from SIGKILL of a service until its shell script runs again, the shell's own start included; with every file of"
                + " ours, a shell script ./finish runs in between";
    }

    @Override
    public List<Row> measure(Lab lab) throws Exception {
        List<Suite> readers =
                lab.suites().stream().filter(Suite::isOfDaemontools).toList();
        return List.of(
                row(lab, "death to restart", lab.suites(), false),
                row(lab, "death to restart, every file", readers, true));
    }

    private static Row row(Lab lab, String what, List<Suite> suites, boolean asksForAll) throws Exception {
        Map<Suite, Group> groups = new LinkedHashMap<>();
        for (Suite suite : suites)
            groups.put(suite, new Group(suite, lab.scratch().folder("restart/" + suite), asksForAll));
        List<Group> turns = new ArrayList<>(groups.values());
        for (int round = 0; round < lab.rounds(ROUNDS); round++) {
            Thread.sleep(MILLIS_UNTIL_DEATHS_COUNT);
            for (int i = 0; i < SERVICES; i++) {
                for (Group group : turns) group.killOne();
                Collections.rotate(turns, 1);
            }
        }
        Map<Suite, Double> medians = new LinkedHashMap<>();
        groups.forEach((suite, group) -> medians.put(suite, Lab.median(group.samples)));
        lab.scratch().clear();
        for (Group group : turns) group.starts.close();
        return new Row(what, what, "ms", medians);
    }
}

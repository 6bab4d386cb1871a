package daemontools.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** How long the log tools take for a file of lines; everything is in memory. */
final class LogThroughput implements Measurement {
    private static final int ROUNDS = 7;
    private static final int LINE = 100;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MEGABYTE = 1e6;

    /** What svlogd takes as {@code n20 s16777215}; the others leave a file of that name alone. */
    private static final String CONFIGURATION = "s16777215\nn20\n";

    @Override
    public String name() {
        return "logs";
    }

    @Override
    public String about() {
        return "lines of 100 bytes, from memory to memory; tai64n and tai64nlocal write to /dev/null";
    }

    /** A log directory {@code main} as all suites take it. */
    static void logDirectory(Path folder) throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve("main")).resolve("config"), CONFIGURATION);
    }

    @Override
    public List<Row> measure(Lab lab) throws Exception {
        int megabytes = lab.quick() ? 20 : 300;
        Path scene = lab.memory().folder("logs");
        Path lines = lines(scene.resolve("lines"), megabytes, "");
        Path stamped = lines(scene.resolve("stamped"), megabytes, "@4000000065a3b2c1075bcd15 ");
        List<Row> rows = List.of(
                row(lab, scene, megabytes, "multilog t", Suite.MULTILOG, lines),
                rowOfOurs(lab, scene, megabytes, lines),
                row(lab, scene, megabytes, "tai64n", "tai64n", lines),
                row(lab, scene, megabytes, "tai64nlocal", "tai64nlocal", stamped));
        lab.memory().clear();
        return rows;
    }

    private static Path lines(Path file, int megabytes, String stamp) throws IOException {
        byte[] line = (stamp + "x".repeat(LINE - 1 - stamp.length()) + "\n").getBytes(StandardCharsets.US_ASCII);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            for (int i = 0; i < megabytes * MEGABYTE / LINE; i++) out.write(line);
        }
        return file;
    }

    /** Stamps in UTC, which no other suite has. */
    private static Row rowOfOurs(Lab lab, Path scene, int megabytes, Path lines) throws Exception {
        List<Suite> ours = lab.suites().stream()
                .filter(suite -> suite.name().equals(Suite.OURS))
                .toList();
        return row(lab, ours, scene, megabytes, "multilog T", "multilog T n20 s16777215 ./main", lines);
    }

    private static Row row(Lab lab, Path scene, int megabytes, String name, String line, Path input) throws Exception {
        return row(lab, lab.suites(), scene, megabytes, name, line, input);
    }

    private static Row row(Lab lab, List<Suite> suites, Path scene, int megabytes, String name, String line, Path input)
            throws Exception {
        Map<Suite, Callable<Double>> contenders = new LinkedHashMap<>();
        for (Suite suite : suites) {
            suite.reader(line, scene, input)
                    .ifPresent(program -> contenders.put(suite, () -> {
                        logDirectory(scene);
                        double nanos = program.nanos();
                        Scratch.delete(scene.resolve("main"));
                        return nanos / NANOS_PER_SECOND;
                    }));
        }
        String what = "`%s`, %d MB".formatted(name, megabytes);
        return new Row(what, name + ", throughput", "s", Lab.medians(lab.rounds(ROUNDS), contenders));
    }
}

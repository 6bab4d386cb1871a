package daemontools.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;

/** How long a service waits at its pipe while its log is compressed. */
final class ProcessorWait implements Measurement {
    private static final int ROUNDS = 5;
    private static final int FILE = 16_000_000;
    /** Less than a pipe holds, so that a write waits for a reader that does something else. */
    private static final int PIECE = 4096;

    /** More than gzip looks back. */
    private static final int DIFFERENT = 256 * PIECE;

    private static final double NANOS_PER_MILLI = 1e6;

    @Override
    public String name() {
        return "gzip";
    }

    @Override
    public String about() {
        return "the longest that a program waits which prints twice 16 MB of lines, while the first of them are compressed";
    }

    @Override
    public List<Row> measure(Lab lab) throws Exception {
        List<Suite> both = lab.suites().stream().filter(Suite::isOfDaemontools).toList();
        List<Suite> ours =
                both.stream().filter(suite -> suite.name().equals(Suite.OURS)).toList();
        return List.of(row(lab, "!gzip", both), row(lab, "&gzip", ours));
    }

    private static Row row(Lab lab, String processor, List<Suite> suites) throws Exception {
        Map<Suite, Callable<Double>> contenders = new LinkedHashMap<>();
        for (Suite suite : suites) contenders.put(suite, () -> longestWait(lab, suite, processor));
        String what = "longest wait, `" + processor + "`";
        return new Row(what, null, "ms", Lab.medians(lab.rounds(ROUNDS), contenders));
    }

    private static double longestWait(Lab lab, Suite suite, String processor) throws Exception {
        Path scene = lab.memory().folder("gzip");
        Path input = scene.resolve("input");
        Posix.mkfifo(input.toString());
        suite.reader("multilog t s" + FILE + " " + processor + " ./main", scene, input)
                .orElseThrow()
                .start();
        double longest = print(input);
        lab.memory().clear();
        return longest / NANOS_PER_MILLI;
    }

    /** Prints lines that a compressor has to work for; returns the longest time that a piece took. */
    private static long print(Path input) throws IOException {
        byte[] lines = lines();
        long longest = 0;
        try (OutputStream out = Files.newOutputStream(input)) {
            for (int printed = 0; printed < 2 * FILE; printed += PIECE) {
                long begin = System.nanoTime();
                out.write(lines, printed % lines.length, PIECE);
                longest = Math.max(longest, System.nanoTime() - begin);
            }
        }
        return longest;
    }

    private static byte[] lines() {
        Random random = new Random(PIECE);
        StringBuilder text = new StringBuilder();
        while (text.length() < DIFFERENT) text.append("%016x %016x\n".formatted(random.nextLong(), random.nextLong()));
        return text.substring(0, DIFFERENT).getBytes(StandardCharsets.US_ASCII);
    }
}

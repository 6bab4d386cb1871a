package daemontools.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/** Measures us beside the C originals, runit and s6: {@code it-tests/bench} starts it. */
final class Bench {
    private static final List<Measurement> ALL = List.of(
            new Starts(),
            new StartsByBash(),
            new ServicesRunning(),
            new OwnMemory(),
            new Restart(),
            new LogThroughput());

    private static final String HELP = """
            usage: it-tests/bench [--only NAME...] [--rounds N] [--quick] [--svg FILE]
                                  [--commands FOLDER] [--originals FOLDER]

            Measures the commands beside Debian's daemontools (C), runit and s6, in turns, and prints medians as a
            table in Markdown; less is better everywhere. A suite that is neither installed nor to be had is left out.

              --only NAME...      these measurements alone (below)
              --rounds N          turns of each suite in every measurement
              --quick             a rough look: few turns, few services, little input
              --svg FILE          draws the ratios to C as a chart, too
              --commands FOLDER   our executables (packaging/target/command)
              --originals FOLDER  where the C originals were unpacked (it-tests/target/originals)

            """;

    private final List<String> only = new ArrayList<>();
    private int rounds;
    private boolean quick;
    private Path svg;
    private Path commands;
    private Path originals;
    private final Path peers;

    private Bench(Path itTests, Deque<String> words) {
        commands = itTests.resolve("../packaging/target/command");
        originals = itTests.resolve("target/originals");
        peers = itTests.resolve("target/peers");
        while (!words.isEmpty()) {
            String word = words.removeFirst();
            switch (word) {
                case "--help" -> help();
                case "--only" -> {
                    while (!words.isEmpty() && !words.getFirst().startsWith("--")) only.add(words.removeFirst());
                }
                case "--rounds" -> rounds = Integer.parseInt(value(word, words));
                case "--quick" -> quick = true;
                case "--svg" -> svg = Path.of(value(word, words));
                case "--commands" -> commands = Path.of(value(word, words));
                case "--originals" -> originals = Path.of(value(word, words));
                default -> throw new IllegalArgumentException("no such option: " + word);
            }
        }
        List<String> names = ALL.stream().map(Measurement::name).toList();
        for (String name : only) {
            if (!names.contains(name)) throw new IllegalArgumentException("no such measurement: " + name);
        }
    }

    private static String value(String option, Deque<String> words) {
        if (words.isEmpty()) throw new IllegalArgumentException(option + " needs a value");
        return words.removeFirst();
    }

    private static void help() {
        System.out.print(HELP);
        for (Measurement each : ALL) System.out.printf("  %-10s %s%n", each.name(), each.about());
        System.exit(0);
    }

    /** @param words the folder it-tests, then the command line */
    public static void main(String[] words) throws Exception {
        Deque<String> left = new ArrayDeque<>(Arrays.asList(words));
        Path itTests = Path.of(left.removeFirst());
        try {
            new Bench(itTests, left).run();
        } catch (IllegalArgumentException e) {
            System.err.println("bench: fatal: " + e.getMessage() + " (--help tells more)");
            System.exit(100);
        }
    }

    private void run() throws Exception {
        List<Suite> suites = suites();
        List<Row> rows = new ArrayList<>();
        Table table = new Table(suites);
        System.out.println(machine());
        try (Scratch scratch = new Scratch(Path.of(System.getProperty("java.io.tmpdir")));
                Scratch memory = new Scratch(Path.of("/dev/shm"))) {
            Lab lab = new Lab(suites, scratch, memory, rounds, quick);
            for (Measurement measurement : ALL) {
                if (!only.isEmpty() && !only.contains(measurement.name())) continue;
                List<Row> measured = measurement.measure(lab);
                table.print(measurement, measured);
                rows.addAll(measured);
            }
        }
        if (svg != null) Files.writeString(svg, new Chart(suites, rows).toString());
    }

    private List<Suite> suites() throws IOException {
        List<Suite> suites = new ArrayList<>();
        suites.add(Suite.ours(existing(commands, "svstat", "our executables: build them, or name their folder")));
        Path c = existing(originals.resolve("usr/bin"), "svstat", "C originals to measure beside");
        suites.add(Suite.originals(c.getParent().getParent()));
        Suite.runit(peers).ifPresent(suites::add);
        Suite.s6(peers).ifPresent(suites::add);
        return suites;
    }

    private static Path existing(Path folder, String program, String what) throws IOException {
        if (!Files.isExecutable(folder.resolve(program))) {
            throw new IllegalArgumentException("no " + what + " (" + folder.normalize() + ")");
        }
        return folder.toRealPath();
    }

    private static String machine() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            String model = lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.replaceFirst(".*: ", ""))
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
            return "Medians of interleaved runs on %d cores (%s), Linux %s; less is better."
                    .formatted(Runtime.getRuntime().availableProcessors(), model, System.getProperty("os.version"));
        }
    }
}

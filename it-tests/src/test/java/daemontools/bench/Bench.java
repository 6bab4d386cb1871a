package daemontools.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Measures us beside the C originals, runit and s6: {@code it-tests/bench} starts it. */
final class Bench {
    private static final List<Measurement> ALL = List.of(
            new Starts(),
            new Costs(),
            new StartsByBash(),
            new ServicesRunning(),
            new OwnMemory(),
            new Restart(),
            new Growth(),
            new LogThroughput(),
            new ProcessorWait());

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

    private static final List<String> VALUED = List.of("--rounds", "--svg", "--commands", "--originals");

    private Bench() {}

    /** Takes the folder it-tests, then the command line. */
    public static void main(String[] words) throws Exception {
        Path itTests = Path.of(words[0]);
        List<String> names = ALL.stream().map(Measurement::name).toList();
        Options options =
                new Options("bench", help(), names, VALUED, Arrays.asList(words).subList(1, words.length));
        List<Suite> suites = suites(options, itTests);
        List<Row> rows = new ArrayList<>();
        Table table = new Table(suites);
        System.out.println(machine());
        try (Scratch scratch = new Scratch(Path.of(System.getProperty("java.io.tmpdir")));
                Scratch memory = new Scratch(Path.of("/dev/shm"))) {
            Lab lab = new Lab(suites, scratch, memory, options.number("--rounds", 0), options.quick());
            for (Measurement measurement : ALL) {
                if (!options.wants(measurement.name())) continue;
                List<Row> measured = measurement.measure(lab);
                table.print(measurement, measured);
                rows.addAll(measured);
            }
        }
        Path svg = options.path("--svg", null);
        if (svg != null) Files.writeString(svg, new Chart(suites, rows).toString());
    }

    private static String help() {
        StringBuilder help = new StringBuilder(HELP);
        for (Measurement each : ALL) help.append("  %-10s %s%n".formatted(each.name(), each.about()));
        return help.toString();
    }

    private static List<Suite> suites(Options options, Path itTests) throws IOException {
        Path ours = options.path("--commands", itTests.resolve("../packaging/target/command"));
        Path originals = options.path("--originals", itTests.resolve("target/originals"));
        Path peers = itTests.resolve("target/peers");
        List<Suite> suites = new ArrayList<>();
        suites.add(Suite.ours(options.commands(ours, "executables of ours")));
        suites.add(Suite.originals(options.commands(originals.resolve("usr/bin"), "C originals to measure beside")));
        Suite.runit(peers).ifPresent(suites::add);
        Suite.s6(peers).ifPresent(suites::add);
        return suites;
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

package daemontools.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** How the time of a command grows with a number that its user chooses: of words, letters, files, variables, lines. */
final class Growth implements Measurement {
    private static final int ROUNDS = 5;
    private static final int DOUBLINGS = 3;
    private static final double NANOS_PER_MILLI = 1e6;

    /** What makes a call with so many of something; the scene is a folder of its own. */
    private interface Maker {
        Sized make(Path scene, int number) throws IOException;
    }

    /** A command line that ends well, variables beside the usual ones, which it finds first, and what it reads. */
    private record Sized(String line, List<String> variables, Path input) {
        Sized(String line) {
            this(line, List.of(), Program.NOTHING);
        }
    }

    /** @param most the largest number; the others are its half, the half of that, and so on */
    private record Case(String what, int most, Maker maker) {}

    private static final List<Case> CASES = List.of(
            new Case("svc, operands", 160_000, (scene, number) -> new Sized("svc -h" + " x".repeat(number))),
            new Case("svc, letters", 100_000, (scene, number) -> new Sized("svc -" + "d".repeat(number))),
            new Case("svstat, operands", 160_000, (scene, number) -> new Sized("svstat" + " x".repeat(number))),
            new Case(
                    "setlock, letters",
                    100_000,
                    (scene, number) -> new Sized("setlock -" + "n".repeat(number) + " lock /bin/true")),
            new Case(
                    "softlimit, options",
                    100_000,
                    (scene, number) -> new Sized("softlimit" + " -c5".repeat(number) + " /bin/true")),
            new Case(
                    "softlimit, digits",
                    100_000,
                    (scene, number) -> new Sized("softlimit -c" + "5".repeat(number) + " /bin/true")),
            new Case(
                    "pgrphack, arguments",
                    160_000,
                    (scene, number) -> new Sized("pgrphack /bin/true" + " x".repeat(number))),
            new Case(
                    "pgrphack, loaders after it",
                    400,
                    (scene, number) -> new Sized("pgrphack ".repeat(number + 1) + "/bin/true")),
            new Case(
                    "pgrphack, places in PATH",
                    20_000,
                    (scene, number) -> new Sized(
                            "pgrphack true", List.of("PATH=" + "/no:".repeat(number) + "/bin"), Program.NOTHING)),
            new Case(
                    "envdir, files",
                    10_000,
                    (scene, number) -> new Sized("envdir " + variables(scene, number) + " /bin/true")),
            new Case(
                    "envdir, variables before it",
                    40_000,
                    (scene, number) ->
                            new Sized("envdir " + variables(scene, 10) + " /bin/true", names(number), Program.NOTHING)),
            new Case("multilog, words", 160_000, (scene, number) -> new Sized("multilog" + " x".repeat(number))),
            new Case(
                    "multilog, patterns",
                    100_000,
                    (scene, number) ->
                            new Sized("multilog" + " +x* -x*".repeat(number / 2), List.of(), lines(scene, 10))),
            new Case(
                    "multilog, lines",
                    160_000,
                    (scene, number) -> new Sized("multilog t ./log", List.of(), lines(scene, number))),
            new Case(
                    "multilog s4096 n200, lines",
                    40_000,
                    (scene, number) -> new Sized("multilog s4096 n200 ./log", List.of(), lines(scene, number))),
            new Case("tai64n, lines", 160_000, (scene, number) -> new Sized("tai64n", List.of(), lines(scene, number))),
            new Case(
                    "tai64nlocal, bytes of a line",
                    400_000,
                    (scene, number) -> new Sized("tai64nlocal", List.of(), line(scene, number))),
            new Case(
                    "readproctitle, dots",
                    100_000,
                    (scene, number) ->
                            new Sized("readproctitle " + ".".repeat(number), List.of(), line(scene, 10_000))));

    @Override
    public String name() {
        return "growth";
    }

    @Override
    public String about() {
        return "one run, from posix_spawn to its end, with twice as many of something each time; and by how much the time"
                + " grows when the number doubles, where 2 is in proportion";
    }

    @Override
    public List<Row> measure(Lab lab) throws Exception {
        List<Row> rows = new ArrayList<>();
        for (Case each : CASES) {
            Row first = null;
            Row last = null;
            for (int i = DOUBLINGS; i >= 0; i--) {
                last = row(lab, each, lab.quick() ? each.most >> i >> 2 : each.most >> i);
                if (first == null) first = last;
                rows.add(last);
            }
            rows.add(perDoubling(each, first, last));
        }
        return rows;
    }

    private static Row row(Lab lab, Case each, int number) throws Exception {
        Map<Suite, Callable<Double>> contenders = new LinkedHashMap<>();
        for (Suite suite : lab.suites()) {
            Path scene = lab.memory().folder(suite.name());
            Sized sized = each.maker.make(scene, number);
            suite.words(sized.line).ifPresent(words -> {
                List<String> environment = new ArrayList<>(sized.variables);
                environment.addAll(suite.environment());
                Program program = new Program(words, environment, scene, sized.input, 0);
                contenders.put(suite, () -> {
                    Scratch.delete(scene.resolve("log"));
                    return program.nanos() / NANOS_PER_MILLI;
                });
            });
        }
        Row row = new Row(
                "%s: %,d".formatted(each.what, number), null, "ms", Lab.medians(lab.rounds(ROUNDS), contenders));
        lab.memory().clear();
        return row;
    }

    private static Row perDoubling(Case each, Row first, Row last) {
        Map<Suite, Double> factors = new LinkedHashMap<>();
        last.figures().forEach((suite, figure) -> {
            factors.put(suite, Math.pow(figure / first.figures().get(suite), 1.0 / DOUBLINGS));
        });
        return new Row(each.what + ": per doubling", null, "times", factors);
    }

    /** A folder of files with a value each, by its name in the scene. */
    private static String variables(Path scene, int number) throws IOException {
        Path folder = Files.createDirectory(scene.resolve("env"));
        for (int i = 0; i < number; i++) Files.writeString(folder.resolve("FILE" + i), "value\n");
        return "env";
    }

    private static List<String> names(int number) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < number; i++) names.add("VARIABLE" + i + "=value");
        return names;
    }

    private static Path lines(Path scene, int number) throws IOException {
        return Files.writeString(scene.resolve("input"), ("x".repeat(99) + "\n").repeat(number));
    }

    /** A file that is a single line of so many bytes. */
    private static Path line(Path scene, int bytes) throws IOException {
        return Files.writeString(scene.resolve("input"), "x".repeat(bytes - 1) + "\n");
    }
}

package daemontools.it;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Scripts and input that nobody would think of: multilog leaves the same bytes, names and modes as C's. */
@Execution(ExecutionMode.CONCURRENT)
@Spec({"11.1", "11.3", "11.4", "11.5", "11.6", "11.7", "11.8", "11.9"})
class RandomMultilogIT {
    private static final int ROUNDS = 5;
    private static final int[] EDGES = {0, 1, 174, 199, 200, 201, 512, 973, 974, 999, 1000, 1001, 1023, 1024, 1025, 4096
    };
    private static final List<String> SIZES = List.of("", "0", "4096", "4097", "5000", "6100", "20000", "99999999999");
    private static final List<String> NUMBERS = List.of("", "0", "1", "2", "3", "5", "999", "4294967298");
    private static final List<String> PROCESSORS =
            List.of("cat", "tr x-z X-Z", "wc -c", "cat; read n <&4; echo $((n+1)) >&5", "head -c 100", "");
    private static final List<String> JUNK = List.of("", "A", "E", "f", "F+", "x=y", "w", "q3", "*", "?", "@", "~");

    @SeededTest(12)
    void leavesTheSameFilesAsCs(long seed) throws Exception {
        Differential.compare(stage -> {
            Random random = new Random(seed);
            for (int round = 0; round < ROUNDS; round++) {
                stage.write("in", input(random));
                List<String> script = script(random);
                stage.note(script.stream()
                        .map(RandomMultilogIT::quoted)
                        .collect(Collectors.joining(" ", "multilog ", "")));
                Result result = stage.sh(script.stream()
                        .map(RandomMultilogIT::quoted)
                        .collect(Collectors.joining(" ", "multilog ", " < in")));
                stage.note(result.code() + "\n" + result.out() + Tree.maskStamps(result.err()));
                disturb(stage, random);
                stage.note(Tree.of(stage.folder()));
            }
        });
    }

    private static String quoted(String word) {
        return "'" + word + "'";
    }

    private static <T> T pick(Random random, List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** Lines of few different bytes, so that patterns match, though never within a stamp; many are about as long as some buffer. */
    private static String input(Random random) {
        StringBuilder input = new StringBuilder();
        int size = random.nextInt(random.nextInt(6) == 0 ? 200_000 : 30_000);
        while (input.length() < size) {
            int length = switch (random.nextInt(6)) {
                case 0 -> EDGES[random.nextInt(EDGES.length)];
                case 1 -> random.nextInt(random.nextInt(10) == 0 ? 20_000 : 3000);
                default -> random.nextInt(60);
            };
            for (int i = 0; i < length; i++) input.append("xxyz *:\0\377".charAt(random.nextInt(9)));
            input.append('\n');
        }
        if (random.nextBoolean() && !input.isEmpty()) input.setLength(input.length() - 1);
        return input.toString();
    }

    private static List<String> script(Random random) {
        List<String> words = new ArrayList<>();
        if (random.nextInt(3) == 0) words.add("t");
        List<String> directories = new ArrayList<>(List.of("./a", "./b", "./c/", "./d"));
        for (int i = 3 + random.nextInt(9); i > 0; i--) {
            words.add(
                    switch (random.nextInt(10)) {
                        case 0 -> "s" + pick(random, SIZES);
                        case 1 -> "n" + pick(random, NUMBERS);
                        case 2 -> "!" + pick(random, PROCESSORS);
                        case 3 -> "=" + pick(random, List.of("status", "other", "a.status"));
                        case 4 -> random.nextInt(3) == 0 ? "e" : pick(random, JUNK);
                        case 5, 6 -> (random.nextBoolean() ? "+" : "-") + pattern(random);
                        default -> directories.isEmpty() ? "t" : directories.remove(random.nextInt(directories.size()));
                    });
        }
        return words;
    }

    private static String pattern(Random random) {
        StringBuilder pattern = new StringBuilder();
        for (int i = random.nextInt(5); i > 0; i--) pattern.append("**xyz :".charAt(random.nextInt(7)));
        return pattern.append(random.nextBoolean() ? "*" : "").toString();
    }

    /** What an outage or a careless hand may leave for the next round. */
    private static void disturb(Stage stage, Random random) throws Exception {
        for (String name : List.of("a", "b", "c", "d")) {
            Path directory = stage.path(name);
            boolean disturbed = random.nextInt(3) == 0;
            String file = pick(random, List.of("current", "previous", "processed", "state", "newstate"));
            boolean finished = random.nextBoolean();
            if (!disturbed || !Files.isDirectory(directory)) continue;
            if (!Files.exists(directory.resolve(file))) stage.write(name + "/" + file, "left over\n");
            stage.sh("chmod " + (finished ? 744 : 644) + " " + name + "/" + file);
        }
    }
}

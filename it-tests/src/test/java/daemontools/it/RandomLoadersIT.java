package daemontools.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Loaders in chains, with environments, paths, directories and limits as chance makes them. */
@Execution(ExecutionMode.CONCURRENT)
@Spec(
        value = {"1.4", "1.5", "1.6", "14", "15", "16", "17", "18"},
        commands = {"envdir", "envuidgid", "fghack", "pgrphack", "setlock", "setuidgid", "softlimit"})
class RandomLoadersIT {
    private static final int ROUNDS = 20;
    private static final List<String> NAMES =
            List.of("A", "B", "C", "GID", "UID", "Z", "PATH", "a.b", "D=E", "=F", ".hidden", "caf\351");
    private static final List<String> CONTENTS = List.of(
            "",
            "v",
            "v\nw",
            "\n",
            " v \t",
            "n\0l\0",
            "\0",
            "x=y\n",
            "\t\n",
            "caf\351\r\n",
            "\nlater",
            "long".repeat(600));
    private static final List<String> PLACES =
            List.of("one", "two", "three", "none", "", ".", "/nowhere", "/etc/passwd", "one/", "loop");
    private static final List<String> PROGRAMS = List.of(
            "./probe",
            "./probe",
            "./probe",
            "tool",
            "tool",
            "text",
            "lost",
            "none",
            "two/tool",
            "./one/tool",
            "",
            "one");
    private static final List<String> NUMBERS = List.of(
            "20", "30", "100", "4000", "60000000", "=", "99999999999", "007", "", "-1", "1k", "18446744073709551636");

    /** Of what a loader or the program at the end cannot do without. */
    private static final List<String> ENOUGH = List.of("=", "60000000", "99999999999", "x");

    /** Tells with few processes what it was given, wherever its PATH leads. */
    private static final String PROBE = """
            PATH=/usr/bin:/bin
            echo "arguments: $*"
            tr '\\0' '\\n' < /proc/$$/environ
            grep -E '^(Uid|Gid|Groups|Umask|SigIgn):' /proc/$$/status
            grep -v -i pending /proc/$$/limits
            for fd in /proc/$$/fd/*; do echo ${fd##*/}; done
            read stat < /proc/$$/stat; set -- $stat
            [ $1 = $5 ]; echo "leads its group: $?"; [ $1 = $6 ]; echo "leads its session: $?"
            """;

    @SeededTest(6)
    void aChainOfLoadersGivesItsProgramWhatCsGive(long seed) throws Exception {
        Differential.compare(stage -> {
            Random random = new Random(seed);
            furnish(stage, random);
            for (int round = 0; round < ROUNDS; round++) {
                String line =
                        environment(random) + chain(stage, random) + "'" + pick(random, PROGRAMS) + "' x '' 'y  z'";
                stage.note(line.replace(stage.commands().folder().toString(), "BIN"));
                stage.note(stage.sh(line));
            }
            stage.note(Tree.of(stage.folder()));
        });
    }

    private static <T> T pick(Random random, List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** Directories of variables, and places of programs that can be run or not. */
    private static void furnish(Stage stage, Random random) throws Exception {
        stage.script("probe", PROBE);
        stage.sh("chmod 777 .; mkdir one two three none; ln -s loop loop; ln -s none/nothing broken; mkdir one/lost");
        stage.script("one/tool", "echo one/tool \"$@\"; exit 7");
        stage.script("two/tool", "echo two/tool \"$@\"");
        stage.script("two/text", "echo two/text");
        stage.write("one/text", "echo no interpreter\n");
        stage.write("three/tool", "not to be executed\n");
        stage.write("three/lost", "#!/no/where\n");
        stage.sh("chmod 755 one/text three/lost");
        for (String directory : List.of("env1", "env2", "env3")) {
            Files.createDirectory(stage.path(directory));
            for (int i = random.nextInt(6); i > 0; i--) {
                Path file = Path.of(stage.folder() + "/" + directory);
                writeNamed(file, pick(random, NAMES), pick(random, CONTENTS));
            }
        }
    }

    /** Names are bytes, which Java's own are not in every locale, so a shell makes the files. */
    private static void writeNamed(Path directory, String name, String content) throws IOException {
        String octal = name.replace("\351", "\\351");
        Files.write(directory.resolve("content.new"), content.getBytes(ISO_8859_1));
        try {
            new ProcessBuilder("/bin/sh", "-c", "mv content.new \"$(printf '" + octal + "')\"")
                    .directory(directory.toFile())
                    .start()
                    .waitFor();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static String environment(Random random) {
        StringBuilder words = new StringBuilder("env -i ");
        for (int i = random.nextInt(6); i > 0; i--) {
            words.append(pick(random, List.of("A", "B", "C", "D", "GID", "UID", "Z")))
                    .append('=')
                    .append(i)
                    .append(' ');
        }
        if (random.nextInt(5) > 0) {
            StringBuilder path = new StringBuilder(pick(random, PLACES));
            for (int i = random.nextInt(5); i > 0; i--) path.append(':').append(pick(random, PLACES));
            words.append("PATH=").append(path).append(random.nextBoolean() ? ":/usr/bin:/bin " : " ");
        }
        return words.toString();
    }

    private static String chain(Stage stage, Random random) {
        StringBuilder chain = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            chain.append(stage.commands().folder())
                    .append('/')
                    .append(loader(random, chain.indexOf("setlock") >= 0))
                    .append(' ');
        }
        return chain.toString();
    }

    /** A second setlock does not wait: it might be for the first. */
    private static String loader(Random random, boolean locks) {
        return switch (random.nextInt(9)) {
            case 0, 1 -> "envdir " + pick(random, List.of("env1", "env2", "env3", "env1/", "none", "nowhere", "probe"));
            case 2 -> "envuidgid " + pick(random, List.of("daemon", "root", "nobody", "nosuch"));
            case 3 -> "setuidgid " + pick(random, List.of("daemon", "root", "nosuch", "0"));
            case 4, 5 -> "softlimit " + limits(random);
            case 6 ->
                "setlock " + (locks ? "-n " : pick(random, List.of("", "-n ", "-x ", "-nX ", "-N ", "-- ", "-q ")))
                        + pick(random, List.of("lock", "other", "none", "broken", "nowhere/lock"));
            case 7 -> "pgrphack";
            default -> "fghack";
        };
    }

    private static String limits(Random random) {
        StringBuilder options = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            String option = "-" + pick(random, List.of("c", "o", "f", "r", "t", "l", "p", "s"));
            String number = switch (option) {
                case "-s", "-f", "-p", "-o" -> pick(random, ENOUGH);
                case "-t" -> "50";
                default -> pick(random, NUMBERS);
            };
            options.append(option)
                    .append(random.nextBoolean() ? " " : "")
                    .append(number.isEmpty() ? "''" : number)
                    .append(' ');
        }
        return options.toString();
    }
}

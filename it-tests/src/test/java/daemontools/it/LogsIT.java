package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code tai64nlocal --log}: what is shown of log directories, whatever multilog does in them meanwhile. */
@Execution(ExecutionMode.CONCURRENT)
class LogsIT {
    private static final String USAGE =
            "tai64nlocal: usage: tai64nlocal [--log [--follow] [--since=when] [--last=number] [--utc] dir ...]\n";
    /** The lines that are followed: a million with {@code -Ddaemontools.lines=1000000}. */
    private static final int LINES = Integer.getInteger("daemontools.lines", 100_000);

    private static final int FIRST = 10_000_000;

    private static String label(long second) {
        return Tai64nlocalIT.label(second, 500_000_000) + " ";
    }

    private static void awaitNumbers(Stage stage, String file, int last) throws Exception {
        Await.until("the last line", () -> stage.sh("tail -1 " + file).out().endsWith(last + "\n"));
    }

    /** Whether a file has each number from {@link #FIRST} on just once, in order. */
    private static String missedOrDoubled(Stage stage, String file, int last) throws Exception {
        return stage.sh("sed 's/.* //' " + file + " > numbers; seq " + FIRST + " " + last + " | cmp - numbers")
                .out();
    }

    @Test
    void allFilesAreShownFromTheOldestWithTimesThatPeopleRead() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.sh("seq 1000 | multilog t s4096 ./d; seq 1000 | multilog T s4096 n100 ./e; "
                    + "mkdir f; printf 'cut off' > f/current");
            for (String directory : List.of("d", "e/")) {
                Result result = stage.sh("TZ=UTC tai64nlocal --log ./" + directory);
                List<String> lines = result.out().lines().toList();
                assertThat(lines)
                        .allMatch(line -> line.matches("20\\d\\d(-\\d\\d){2} (\\d\\d:){2}\\d\\d\\.\\d{9} \\d+"));
                assertThat(lines.getLast()).endsWith(" 1000");
                assertThat(result.err()).isEmpty();
            }
            assertThat(stage.sh("tai64nlocal --log e | sed 's/.* //' | cksum").out())
                    .isEqualTo(stage.sh("seq 1000 | cksum").out());
            assertThat(stage.sh("tai64nlocal --log f").out()).isEqualTo("cut off\n");
        }
    }

    @Test
    void theTimeIsLocalOrThatOfUtc() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.write("d/current", label(1_000_000_000) + "a\n2001-09-09T01:46:41.500000Z b\n");
            assertThat(stage.sh("TZ=Asia/Tokyo tai64nlocal --log d; TZ=Asia/Tokyo tai64nlocal --log --utc d")
                            .out())
                    .isEqualTo("""
                            2001-09-09 10:46:40.500000000 a
                            2001-09-09 10:46:41.500000000 b
                            2001-09-09 01:46:40.500000000 a
                            2001-09-09 01:46:41.500000000 b
                            """);
        }
    }

    @Test
    void severalDirectoriesAreMergedByTheirStampsAndLinesWithoutOneStayWithTheLineBefore() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.write("a/" + label(1_000_000_003).trim() + ".s", label(1_000_000_000) + "one\n  more of one\n");
            stage.write("a/current", label(1_000_000_005) + "five\n\n  more of five\n");
            stage.write("b/previous", "2001-09-09T01:46:42.000000Z two\n" + label(1_000_000_005) + "also five\n");
            stage.write("b/current", label(1_000_000_004) + "late\n");
            assertThat(stage.sh("tai64nlocal --log --utc a b").out()).isEqualTo("""
                    2001-09-09 01:46:40.500000000 a: one
                    a:   more of one
                    2001-09-09 01:46:42.000000000 b: two
                    2001-09-09 01:46:45.500000000 a: five
                    a:\s
                    a:   more of five
                    2001-09-09 01:46:45.500000000 b: also five
                    2001-09-09 01:46:44.500000000 b: late
                    """);
        }
    }

    @Test
    void linesThatRunOverTwoFilesAreOneAndThoseThatAnOutageCutAreTwo() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            String line = "x".repeat(100_000);
            stage.write("long", "before\n" + line + "\nafter\n");
            assertThat(stage.sh(
                                    "multilog s4096 n100 ./d < long; ls d | wc -l; tai64nlocal --log d | cmp - long; echo $?")
                            .out())
                    .matches("[23]\\d\n0\n");
            stage.write("e/" + label(1_000_000_003).trim() + ".u", label(1_000_000_000) + "cut o");
            stage.write("e/current", label(1_000_000_004) + "whole\n");
            assertThat(stage.sh("tai64nlocal --log --utc e").out())
                    .isEqualTo("2001-09-09 01:46:40.500000000 cut o\n2001-09-09 01:46:44.500000000 whole\n");
        }
    }

    @ParameterizedTest
    @CsvSource({"gzip,gunzip", "zstd,unzstd", "xz,unxz"})
    void oldFilesThatAProcessorHasCompressedAreShownToo(String compressor, String tool) throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            Result there = stage.sh("command -v " + tool + " && command -v " + compressor);
            assumeTrue(there.code() == 0, tool + " is not there");
            for (String kind : List.of("!", "&")) {
                stage.sh("seq 5000 > in; rm -rf d; multilog T s4096 n1000 '" + kind + compressor + "' ./d < in");
                assertThat(stage.sh("tai64nlocal --log d | sed 's/.* //' | cmp - in")
                                .out())
                        .isEmpty();
                assertThat(stage.sh("tai64nlocal --log --last=3000 d | sed 's/.* //'")
                                .out())
                        .isEqualTo(stage.sh("tail -3000 in").out());
            }
            Result result = stage.sh("PATH=$(dirname $(command -v tai64nlocal)) tai64nlocal --log d");
            assertThat(result.err())
                    .startsWith("tai64nlocal: warning: unable to run " + tool + " for d/@")
                    .contains(": file does not exist\n");
            assertThat(result.code()).isEqualTo(111);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 37, 1000, 4999, 5000, 9999})
    void theLastLinesAreThoseOfAll(int last) throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.sh(
                    "seq 5000 > in; multilog t s4096 n1000 ./d < in; multilog s4096 n1000 ./e < in; cat in | multilog T ./f");
            String expected = stage.sh("tail -n " + last + " in").out();
            for (String directory : List.of("d", "e", "f")) {
                assertThat(stage.sh("tai64nlocal --log --last=" + last + " " + directory + " | sed 's/.* //'")
                                .out())
                        .isEqualTo(expected);
            }
            assertThat(stage.sh("tai64nlocal --log --last=" + last + " d f | wc -l")
                            .out()
                            .trim())
                    .isEqualTo(String.valueOf(Math.min(last, 10_000)));
            assertThat(stage.sh("tai64nlocal --log --last=" + last + " f d | cksum")
                            .out())
                    .isEqualTo(stage.sh("tai64nlocal --log f d | tail -n " + last + " | cksum")
                            .out());
        }
    }

    @Test
    void sinceLeavesOutWhatIsOlderAndReadsNoFileThatHasNothingElse() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            for (int i = 1; i <= 3; i++) {
                long second = 1_000_000_000 + 100L * i;
                stage.write(
                        "d/" + label(second).trim() + ".s",
                        label(second - 50) + i + "\n  " + i + "\n" + label(second) + i + ".5\n");
            }
            stage.write("d/current", label(1_000_000_400) + "4\n");
            stage.sh("chmod 0 d/*" + label(1_000_000_100).trim() + "*");
            String all = "  2|2.5|3|  3|3.5|4";
            for (String since : List.of(
                    "2001-09-09T01:49:10.5Z",
                    "2001-09-09 03:49:10.5+02:00",
                    label(1_000_000_150).trim())) {
                Result result =
                        stage.sh("TZ=UTC tai64nlocal --log --since='" + since + "' d | sed 's/.*00 //' | paste -sd'|'");
                assertThat(result).isEqualTo(new Result("2|" + all + "\n", "", 0));
            }
            assertThat(stage.sh(
                                    "TZ=UTC tai64nlocal --log --since='2001-09-09 01:51' d | sed 's/.*00 //' | paste -sd'|'")
                            .out())
                    .isEqualTo("3.5|4\n");
            assertThat(stage.sh("tai64nlocal --log --since=1d d").out()).isEmpty();
            stage.sh("seq 3 | multilog t ./d");
            assertThat(stage.sh("tai64nlocal --log --since=10m d; tai64nlocal --log --since=yesterday --last=2 d")
                            .out()
                            .lines())
                    .hasSize(5);
        }
    }

    @Test
    void aServiceStandsForTheDirectoriesThatItsLoggerNames() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.script(
                    "service/web/log/run",
                    "exec setuidgid nobody multilog t \\\n  '-*' +x ./main \"./my errors\" # ./not");
            stage.script("service/db/log/run", "exec multilog t " + stage.path("var") + " 2> ./elsewhere");
            stage.script("service/odd/log/run", "exec multilog t $DIR");
            stage.write("service/web/log/main/current", label(1_000_000_000) + "a\n");
            stage.write("service/web/log/my errors/current", label(1_000_000_001) + "b\n");
            stage.write("var/current", label(1_000_000_002) + "c\n");
            Result result = stage.sh("tai64nlocal --log --utc service/web service/db/ service/odd");
            assertThat(result.out()).isEqualTo("""
                    2001-09-09 01:46:40.500000000 web/main: a
                    2001-09-09 01:46:41.500000000 web/my errors: b
                    2001-09-09 01:46:42.500000000 db: c
                    """);
            assertThat(result.err())
                    .isEqualTo("tai64nlocal: warning: unable to tell the log directories of service/odd\n");
            for (String name : List.of("service/db/log", "db", "db/log")) {
                assertThat(stage.sh("SVDIR=service tai64nlocal --log --utc " + name))
                        .isEqualTo(new Result("2001-09-09 01:46:42.500000000 c\n", "", 0));
            }
        }
    }

    @Test
    void onATerminalEachServiceHasItsColour() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            assumeTrue(Files.exists(Path.of("/usr/bin/script")), "script is not there");
            stage.write("a/current", "x\n");
            stage.write("b/current", "y\n");
            assertThat(stage.sh("script -qec 'tai64nlocal --log a b' /dev/null").out())
                    .isEqualTo("\033[36ma:\033[0m x\r\n\033[33mb:\033[0m y\r\n");
            assertThat(stage.sh("NO_COLOR=1 script -qec 'tai64nlocal --log a b' /dev/null")
                            .out())
                    .isEqualTo("a: x\r\nb: y\r\n");
        }
    }

    @Test
    void whatIsWrongWithItsWordsIsSaid() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            for (String words : List.of("--log", "--last=3", "--follow d")) {
                assertThat(stage.sh("tai64nlocal " + words)).isEqualTo(new Result("", USAGE, 100));
            }
            assertThat(stage.sh("tai64nlocal --log --since=soon d").err())
                    .isEqualTo("tai64nlocal: not a time: soon -- since\n" + USAGE);
            assertThat(stage.sh("tai64nlocal --log --last=x d").code()).isEqualTo(100);
            assertThat(stage.sh("tai64nlocal --log nowhere"))
                    .isEqualTo(
                            new Result("", "tai64nlocal: warning: unable to read nowhere: file does not exist\n", 111));
            assertThat(stage.sh("echo x | tai64nlocal log d; echo x | tai64nlocal -- --log d")
                            .out())
                    .isEqualTo("x\nx\n");
        }
    }

    @Test
    void aMillionLinesAtFullSpeedAreFollowedAcrossRotations() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            int last = FIRST + LINES - 1;
            stage.sh("mkdir d");
            stage.start("shown", "tai64nlocal", "--log", "--follow", "d");
            stage.sh("seq " + FIRST + " " + last + " | multilog t s4096 n1000000 ./d");
            awaitNumbers(stage, "shown.out", last);
            assertThat(missedOrDoubled(stage, "shown.out", last)).isEmpty();
            assertThat(stage.read("shown.err")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "!cat", "!gzip", "&gzip"})
    void whileItSleepsAnyNumberOfRotationsMayPass(String processor) throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            int each = 3000;
            Process shown = stage.start("shown", "tai64nlocal", "--log", "--follow", "d");
            for (int i = 0; i < 6; i++) {
                int from = FIRST + i * each;
                if (i % 2 == 1) stage.sh("kill -STOP " + shown.pid());
                stage.sh("seq " + from + " " + (from + each - 1) + " | multilog t s4096 n1000000 '" + processor
                        + "' ./d");
                if (i % 2 == 1) stage.sh("kill -CONT " + shown.pid());
                if (i % 3 == 0) awaitNumbers(stage, "shown.out", from + each - 1);
            }
            int last = FIRST + 6 * each - 1;
            awaitNumbers(stage, "shown.out", last);
            assertThat(missedOrDoubled(stage, "shown.out", last)).isEmpty();
        }
    }

    @Test
    void directoriesMayGoAndComeWhileTheyAreFollowed() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.sh("seq 3 | multilog ./a");
            stage.start("shown", "tai64nlocal", "--log", "--follow", "a", "b");
            stage.awaitContent("shown.out", "a: 1\na: 2\na: 3\n");
            stage.sh("seq 4 6 | multilog ./b");
            stage.awaitContent("shown.out", ".*b: 4\nb: 5\nb: 6\n");
            stage.sh("mv a old; seq 7 9 | multilog ./a");
            stage.awaitContent("shown.out", ".*a: 7\na: 8\na: 9\n");
            stage.sh("rm -r b a; seq 10 | multilog ./c; mv c b");
            stage.awaitContent("shown.out", ".*b: 10\n");
            assertThat(stage.read("shown.out").lines()).hasSize(19);
        }
    }

    @Test
    void theLastLinesOfManyGigabytesTakeNoTime() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.sh("seq 100 | multilog T ./d");
            // Holes, which would take long to read.
            for (int i = 0; i < 100; i++) {
                stage.sh("truncate -s 100G d/" + label(1_000_000_000 + i).trim() + ".s");
            }
            assertThat(stage.sh("timeout 10 tai64nlocal --log --last=10 d | sed 's/.* //'")
                            .out())
                    .isEqualTo(stage.sh("seq 91 100").out());
        }
    }

    @Test
    void anUnreadableFileIsSaidAndTheOthersAreShown() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            String name = label(1_000_000_000).trim() + ".s";
            Files.createDirectories(stage.path("d/" + name));
            stage.write("d/current", "x\n");
            Result result = stage.sh("tai64nlocal --log d");
            assertThat(result)
                    .isEqualTo(new Result(
                            "x\n", "tai64nlocal: warning: unable to read d/" + name + ": is a directory\n", 111));
        }
    }

    @Test
    void aFileThatIsProcessedWhileItIsShownIsShownOnce() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            String name = label(1_000_000_003).trim();
            stage.write("d/" + name + ".s", label(1_000_000_000) + "x\n");
            stage.write("d/" + name + ".u", label(1_000_000_000) + "x\n");
            assertThat(stage.sh("tai64nlocal --log d").out().lines()).hasSize(1);
        }
    }
}

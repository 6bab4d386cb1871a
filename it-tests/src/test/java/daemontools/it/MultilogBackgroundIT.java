package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code &COMMAND}: old files are processed while the logging goes on, and none is lost on the way. */
@Execution(ExecutionMode.CONCURRENT)
class MultilogBackgroundIT {
    private static List<String> old(Stage stage, String directory) throws Exception {
        try (Stream<Path> files = Files.list(stage.path(directory))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("@"))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> others(Stage stage, String directory) throws Exception {
        try (Stream<Path> files = Files.list(stage.path(directory))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("@"))
                    .sorted()
                    .toList();
        }
    }

    private static String all(Stage stage, String directory) throws Exception {
        StringBuilder all = new StringBuilder();
        for (String name : old(stage, directory)) all.append(stage.read(directory + "/" + name));
        return all.append(stage.read(directory + "/current")).toString();
    }

    /** Whether all is written; in the middle of a rotation files are missing for a moment. */
    private static boolean isAll(Stage stage, String directory, String lines) throws Exception {
        try {
            return all(stage, directory).equals(stage.read(lines));
        } catch (NoSuchFileException rotating) {
            return false;
        }
    }

    @Test
    void linesAreWrittenWhileItWorksAndFilesAreProcessedInTheirOrder() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.sh("seq 1000000 1010000 > in");
            Process logger = stage.start("logger", "/bin/sh", "-c", """
                    mkfifo in.fifo; multilog s8192 n1000 '&until [ -e ../go ]; do sleep 0.1; done; cat' ./d < in.fifo & exec 3> in.fifo
                    cat in >&3; echo taken > taken; exec 3>&-; wait $!; echo $? > code
                    """);
            stage.awaitContent("taken", "taken\n");
            Await.until("all has been written", () -> isAll(stage, "d", "in"));
            assertThat(old(stage, "d")).hasSizeGreaterThan(5).allMatch(name -> name.endsWith(".u"));
            List<String> waiting = old(stage, "d");
            stage.write("go", "");
            stage.awaitContent("code", "0\n");
            assertThat(old(stage, "d"))
                    .isEqualTo(waiting.stream()
                            .map(name -> name.replace(".u", ".s"))
                            .toList());
            assertThat(all(stage, "d")).isEqualTo(stage.read("in"));
            assertThat(others(stage, "d")).containsExactly("current", "lock", "state");
            assertThat(stage.sh("stat -c %A d/@* d/current d/state | sort | uniq -c | sed 's/^ *[0-9]* //'")
                            .out())
                    .isEqualTo("-rw-r--r--\n-rwxr--r--\n");
            assertThat(logger.isAlive() ? "" : stage.read("logger.err")).isEmpty();
        }
    }

    @Test
    void theProcessorsStateGoesFromFileToFileAsWithAnExclamationMark() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            Result result = stage.sh("""
                    seq 1000000 1004000 > in
                    for k in '!' '&'; do
                      rm -rf d; multilog s4096 n1000 "${k}tr 0-9 a-j; read n <&4; echo \\$((n+1)) >&5" ./d < in; echo $?
                      cat d/@* | cksum; cat d/state; ls d/@*.s | wc -l; ls d | grep -v @
                    done
                    """);
            List<String> lines = result.out().lines().toList();
            assertThat(lines.subList(0, lines.size() / 2)).isEqualTo(lines.subList(lines.size() / 2, lines.size()));
            assertThat(result.err()).isEmpty();
        }
    }

    @Test
    void itsSignalsAndDescriptorsAreThoseOfAnExclamationMark() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            Result result = stage.sh("""
                    seq 1000000 1000600 > in; exec 7< in
                    for k in '!' '&'; do
                      rm -rf d; multilog 1 s4096 "$k"'cat > /dev/null; grep -E "^Sig(Blk|Ign|Cgt)" /proc/self/status
                      for fd in 0 1 2 3 4 5 6 7 8 9; do if [ -e /proc/$$/fd/$fd ]; then echo $fd; fi; done' ./d < in > /dev/null
                      cat d/@* > $(ls | wc -l).seen; cat *.seen | tail -3
                    done; cmp *.seen && echo same
                    """);
            assertThat(result.out()).endsWith("same\n");
            assertThat(result.err()).isEmpty();
        }
    }

    @Test
    void whenAllOldFilesWaitTheInputWaitsTooAndNothingIsLost() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.sh("seq 1000000 1020000 > in");
            stage.start("logger", "/bin/sh", "-c", """
                    mkfifo in.fifo; multilog s8192 n4 '&until [ -e ../go ]; do sleep 0.1; done; tee -a ../seen' ./d < in.fifo & exec 3> in.fifo
                    echo $! > pid; cat in >&3; exec 3>&-; wait $!; echo $? > code
                    """);
            Await.until(
                    "all old files wait",
                    () -> Files.isDirectory(stage.path("d"))
                            && old(stage, "d").stream()
                                            .filter(name -> name.endsWith(".u"))
                                            .count()
                                    == 4);
            assertThat(Files.exists(stage.path("code"))).isFalse();
            stage.write("go", "");
            stage.awaitContent("code", "0\n");
            assertThat(stage.read("seen") + stage.read("d/current")).isEqualTo(stage.read("in"));
            assertThat(old(stage, "d")).hasSize(3);
        }
    }

    @Test
    void termEndsItInBoundedTimeAndTheNextStartProcessesWhatWaits() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.sh("seq 1000000 1020000 > in");
            stage.start("logger", "/bin/sh", "-c", """
                    mkfifo in.fifo; multilog s8192 n4 '&until [ -e ../go ]; do sleep 0.1; done; cat' ./d < in.fifo & exec 3<> in.fifo
                    echo $! > pid; { cat in >&3; } & wait $(cat pid); echo $? > code
                    """);
            Await.until(
                    "all old files wait",
                    () -> Files.isDirectory(stage.path("d"))
                            && old(stage, "d").stream()
                                            .filter(name -> name.endsWith(".u"))
                                            .count()
                                    == 4);
            stage.sh("kill $(cat pid)");
            stage.awaitContent("code", "0\n");
            assertThat(others(stage, "d")).containsExactly("current", "lock", "state");
            String written = all(stage, "d");
            assertThat(stage.read("in")).startsWith(written);
            stage.write("go", "");
            stage.sh("multilog s8192 n1000 '&cat' ./d < /dev/null");
            assertThat(old(stage, "d")).allMatch(name -> name.endsWith(".s"));
            assertThat(all(stage, "d")).isEqualTo(written);
        }
    }

    @Test
    void aProcessorThatFailsPausesNothingButItself() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.sh("seq 1000000 1003000 > in");
            Result result = stage.sh("""
                    multilog s4096 n1000 '&echo try >> ../tries; [ -e ../works ] || exit 3; cat' ./d < in; echo $?
                    wc -l < tries; touch works; multilog s4096 n1000 '&cat' ./d < /dev/null
                    """);
            assertThat(result.out()).isEqualTo("0\n1\n");
            assertThat(result.err())
                    .matches("multilog: warning: processor failed on \\./d/@[0-9a-f]{24}\\.u, pausing it\n");
            assertThat(all(stage, "d")).isEqualTo(stage.read("in"));
            assertThat(old(stage, "d")).hasSizeGreaterThan(3).allMatch(name -> name.endsWith(".s"));
        }
    }

    @Test
    void aFileThatItFailsOnTenTimesStaysUnprocessedUnderItsName() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.sh("seq 1000000 1001500 > in");
            stage.start("logger", "/bin/sh", "-c", """
                    mkfifo in.fifo; multilog s4096 n1000 '&cat > ../copy; ! grep -q 1000000 ../copy && cat ../copy' ./d < in.fifo & exec 3> in.fifo
                    cat in >&3; until [ -e done ]; do sleep 0.1; done; exec 3>&-; wait $!; echo $? > code
                    """);
            Await.until(
                    "it is given up",
                    Duration.ofMinutes(2),
                    () -> stage.read("logger.err").contains("ten times"));
            Await.until(
                    "the others are processed",
                    () -> old(stage, "d").stream().skip(1).allMatch(name -> name.endsWith(".s")));
            stage.write("done", "");
            stage.awaitContent("code", "0\n");
            List<String> names = old(stage, "d");
            assertThat(names.getFirst()).endsWith(".u");
            String file = "\\./d/" + names.getFirst();
            assertThat(stage.read("logger.err"))
                    .matches("(multilog: warning: processor failed on " + file + ", pausing it\n){9}"
                            + "multilog: warning: processor failed ten times on " + file
                            + ", leaving it unprocessed\n");
            assertThat(all(stage, "d")).isEqualTo(stage.read("in"));
            stage.sh("multilog s4096 n1000 '&tr 0-9 a-j' ./d < /dev/null");
            assertThat(old(stage, "d").getFirst()).endsWith(".u");
        }
    }

    @SeededTest(3)
    void killedAtAnyMomentItProcessesAtTheNextStartWhatWaited(long seed) throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            Random random = new Random(seed);
            StringBuilder script = new StringBuilder("seq 1000000 4000000 > in; exec 3< in\n");
            for (int i = 0; i < 12; i++) {
                script.append("multilog s50000 n10000 '&gzip' ./d <&3 & p=$!; sleep 0.0")
                        .append(10 + random.nextInt(80))
                        .append("; { kill -9 $p; wait $p; } 2> /dev/null\n");
            }
            script.append("until multilog s50000 n10000 '&gzip' ./d <&3; do :; done; echo $?\n")
                    .append("for f in d/@*; do zcat -f $f; done > all; cat d/current >> all; ls -l d\n")
                    .append(
                            "for f in d/@*.u; do [ ! -x $f ] || echo unprocessed; done; for f in d/@*.s; do gzip -t $f; done");
            Result result = stage.sh(script.toString());
            assertThat(result.out()).startsWith("0\n").doesNotContain("unprocessed");
            // A processor that is not executed yet still has the lock, as every child of C's multilog for that moment.
            assertThat(result.err()
                            .lines()
                            .filter(line -> !line.contains("Killed") && !line.contains("unable to lock directory ./d"))
                            .toList())
                    .isEmpty();
            assertThat(others(stage, "d")).containsExactly("current", "lock", "state");
            // A file is read in pieces of 16 kB: what was read but not written is lost, nothing twice or out of order.
            Result lines = stage.sh("grep -x '[0-9]\\{7\\}' all > whole; sort -cu whole; tail -1 whole; wc -l < whole");
            assertThat(lines.err()).isEmpty();
            assertThat(lines.out()).startsWith("4000000\n");
            assertThat(Integer.parseInt(lines.out().substring(8).trim())).isGreaterThan(3_000_000 - 13 * 16_384 / 8);
        }
    }
}

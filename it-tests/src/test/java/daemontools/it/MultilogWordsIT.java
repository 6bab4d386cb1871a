package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The words of multilog that 0.76 ignores: each acts in its place, with patterns, old files, signals and full disks. */
@Execution(ExecutionMode.CONCURRENT)
class MultilogWordsIT {
    private static final String ISO = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z ";
    private static final String TAI64N = "@[0-9a-f]{24} ";

    private static List<String> old(Stage stage, String directory) throws Exception {
        try (Stream<Path> files = Files.list(stage.path(directory))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("@"))
                    .sorted()
                    .toList();
        }
    }

    private static String all(Stage stage, String directory) throws Exception {
        StringBuilder all = new StringBuilder();
        for (String name : old(stage, directory)) all.append(stage.read(directory + "/" + name));
        return all.append(stage.read(directory + "/current")).toString();
    }

    private static String sizes(Stage stage, String directory) throws Exception {
        long bytes = 0;
        for (String name : old(stage, directory)) bytes += Files.size(stage.path(directory + "/" + name));
        return String.valueOf(bytes);
    }

    @Test
    void capitalTAsTheFirstWordStampsLinesWithTheTimeInUtc() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            Result result = stage.sh("""
                    date -u +%Y-%m-%dT%H:%M: > before; seq 3 | multilog T '-*' '+20*Z 2' '+20*Z 3' ./d; cat d/current
                    date -u +%Y-%m-%dT%H:%M: > after; seq 3 | multilog ./e T; cat e/current; seq 3 | multilog Tx ./f; cat f/current
                    """);
            List<String> lines = result.out().lines().toList();
            assertThat(lines.subList(0, 2)).allMatch(line -> line.matches(ISO + "[23]"));
            assertThat(lines.getFirst().substring(0, 17))
                    .isIn(stage.read("before").trim(), stage.read("after").trim());
            assertThat(lines.subList(2, 8)).containsExactly("1", "2", "3", "1", "2", "3");
            assertThat(result.err()).isEmpty();
        }
    }

    @Test
    void stampsNeverGoBackwardsWithinAFileAndEachLineHasOne() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.sh("seq 200000 > in; multilog T s1000000 n100 ./d < in; cat in | multilog T ./e");
            List<String> lines = all(stage, "d").lines().toList();
            assertThat(lines).hasSize(200_000).allMatch(line -> line.matches(ISO + "\\d+"));
            assertThat(lines.stream().map(line -> line.substring(0, 27)).toList())
                    .isSorted();
        }
    }

    @Test
    void aPrefixIsForTheDirectoriesThatFollowAndStandsBehindTheStamp() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            String line = "x".repeat(3000);
            stage.write("in", "one\n" + line + "\nno newline");
            stage.sh("multilog t ./plain 'pweb: ' ./web p ./none 'p[a]' '-*' '+*one' ./one 1 < in > out");
            assertThat(stage.read("plain/current"))
                    .matches(TAI64N + "one\n" + TAI64N + line + "\n" + TAI64N + "no newline\n");
            assertThat(stage.read("web/current"))
                    .matches(TAI64N + "web: one\n" + TAI64N + "web: " + line + "\n" + TAI64N + "web: no newline\n");
            assertThat(stage.read("none/current")).isEqualTo(stage.read("plain/current"));
            assertThat(stage.read("one/current")).matches(TAI64N + "\\[a\\]one\n");
            assertThat(stage.read("out")).matches(TAI64N + "one\n");
        }
    }

    @Test
    void aPrefixMayBeLongerThanAnyBuffer() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.sh("seq 100 > in; multilog s20000 n5000 p$(head -c 60000 /dev/zero | tr '\\0' p) ./d < in");
            assertThat(all(stage, "d").replace("p", "")).isEqualTo(stage.read("in"));
        }
    }

    @Test
    void oneAndTwoCopyWholeSelectedLinesToStandardOutputAndError() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            String line = "y".repeat(50_000);
            stage.write("in", "a\nb\n" + line + "\nc");
            Result result = stage.sh("multilog 1 '-b' 2 ./d '-*' 1x 2 1 < in");
            assertThat(result.out()).isEqualTo("a\nb\n" + line + "\nc\n");
            assertThat(result.err()).isEqualTo("a\n" + line + "\nc\n");
            assertThat(stage.read("d/current")).isEqualTo(result.err());
        }
    }

    @Test
    void aReaderThatGoesAwayEndsNoLogAndIsSaidOnce() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            Result result =
                    stage.sh("seq 100000 > in; { multilog 1 n1000 ./d < in 2> err; echo $? > code; } | head -1");
            assertThat(result.out()).isEqualTo("1\n");
            assertThat(stage.read("code")).isEqualTo("0\n");
            assertThat(stage.read("err"))
                    .isEqualTo(
                            "multilog: warning: unable to write to standard output, dropping its lines: broken pipe\n");
            assertThat(all(stage, "d")).isEqualTo(stage.read("in"));
        }
    }

    @Test
    void filesMayBeLargerThan16Megabytes() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.sh(
                    "yes 'a line that is as long as this' | head -c 25000000 > in; multilog L20000000 ./d L0 Lx ./e s4096 n3 ./f < in");
            for (String directory : List.of("d", "e")) {
                assertThat(old(stage, directory)).hasSize(1);
                assertThat(Files.size(stage.path(
                                directory + "/" + old(stage, directory).getFirst())))
                        .isBetween(19_998_000L, 20_000_000L);
            }
            assertThat(old(stage, "f")).hasSize(2);
        }
    }

    @Test
    void theOldFilesTogetherAreAtMostSoLarge() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.sh(
                    "seq 1000000 1040000 > in; multilog s10000 n1000 S45000 ./d '!cat' S30000 ./e S0 Snow n3 ./f < in");
            assertThat(Long.parseLong(sizes(stage, "d"))).isBetween(30_000L, 45_000L);
            assertThat(Long.parseLong(sizes(stage, "e"))).isBetween(15_000L, 30_000L);
            assertThat(stage.read("in")).endsWith(all(stage, "d")).endsWith(all(stage, "e"));
            assertThat(old(stage, "f")).hasSize(2);
        }
    }

    @Test
    void onAFullDiskTheOldestFilesGoBeforeTheLogPauses() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.sh("seq 1000000 1300000 > in");
            Files.createDirectory(stage.path("disk"));
            Result mount = stage.sh("mount -t tmpfs -o size=600k tmpfs disk");
            assumeTrue(mount.code() == 0, "no tmpfs can be mounted: " + mount.err());
            try {
                Result result = stage.sh("multilog n1000 s50000 S100000000 ./disk/log < in; echo $?");
                assertThat(result.out()).isEqualTo("0\n");
                assertThat(result.err().lines().toList())
                        .isNotEmpty()
                        .allMatch(line -> line.matches(
                                "multilog: warning: out of disk space, removed \\./disk/log/@[0-9a-f]{24}\\.s"));
                assertThat(stage.read("in")).endsWith(all(stage, "disk/log"));
                assertThat(Long.parseLong(sizes(stage, "disk/log"))).isGreaterThan(300_000);
            } finally {
                stage.sh("umount disk");
            }
        }
    }

    @Test
    void aFileEndsAtTheLatestAfterSoLongAlsoWithoutInput() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.start("logger", "/bin/sh", "-c", """
                    mkfifo in; multilog R1 ./d ./plainly R0 ./e < in & exec 3> in; echo one >&3
                    until [ -e d/@*.s ]; do sleep 0.1; done; echo two >&3; exec 3>&-; wait $!; echo $? > code
                    """);
            stage.awaitContent("code", "0\n");
            List<String> old = old(stage, "d");
            assertThat(old).hasSize(1);
            assertThat(stage.read("d/" + old.getFirst())).isEqualTo("one\n");
            assertThat(stage.read("d/current")).isEqualTo("two\n");
            assertThat(stage.read("plainly/" + old(stage, "plainly").getFirst()))
                    .isEqualTo("one\n");
            assertThat(stage.read("e/current")).isEqualTo("two\n");
        }
    }

    @Test
    void alarmsRotateAndTermEndsBetweenTimedRotations() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.start("logger", "/bin/sh", "-c", """
                    mkfifo in; exec 3<> in; multilog T 'pa ' R1000 L99999999 ./d < in & p=$!
                    echo one >&3; until grep -q one d/current; do :; done 2>/dev/null
                    until [ -e d/@*.s ]; do kill -ALRM $p; sleep 0.1; done
                    echo two >&3; until grep -q two d/current && grep -q State:.S /proc/$p/status; do :; done 2>/dev/null
                    kill $p; wait $p; echo $? > code
                    """);
            stage.awaitContent("code", "0\n");
            assertThat(all(stage, "d")).matches(ISO + "a one\n" + ISO + "a two\n");
        }
    }

    @Test
    void namesNeverCollideAndNeverGoBackwards() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            List<String> future =
                    new ArrayList<>(List.of("@7000000000000000000001f4.s", "@70000000000000003b9ac9ff.u"));
            for (String name : future) stage.write("d/" + name, "");
            stage.write("d/@zzzzzzzzzzzzzzzzzzzzzzzzzz", "");
            stage.sh("seq 1000000 1010000 > in; multilog s4096 n1000 R1000 ./d < in");
            List<String> names = old(stage, "d");
            assertThat(names.subList(0, 2)).isEqualTo(future);
            assertThat(names.get(2)).isEqualTo("@7000000000000001000003e7.s");
            assertThat(names.get(3)).isEqualTo("@7000000000000001000007cf.s");
            stage.sh("rm d/@zz*");
            assertThat(all(stage, "d")).isEqualTo(stage.read("in"));
        }
    }
}

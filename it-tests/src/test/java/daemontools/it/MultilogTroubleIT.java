package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A log is the one thing that must not be lost. */
@Spec("11")
class MultilogTroubleIT {
    /** What C may hold that is in no file yet: one read of 1024 bytes, and a line's beginning from the read before. */
    private static final int MOST_HELD = 1024 + 999;

    private static final String LINE = "the quick brown fox jumps over the lazy dog";

    private static void numberedLines(Stage stage, int count) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            lines.append(1_000_000 + i).append(' ').append(LINE).append('\n');
        }
        stage.write("in", lines.toString());
    }

    private static String log(Stage stage, String directory) throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(stage.path(directory))) {
            List<String> old =
                    new ArrayList<>(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.startsWith("@"))
                            .sorted()
                            .toList());
            for (String name : old) all.append(stage.read(directory + "/" + name));
        }
        return all.append(stage.read(directory + "/current")).toString();
    }

    private static void awaitEnd(Process process) throws Exception {
        Await.until("the end", () -> !process.isAlive());
        assertThat(process.exitValue()).isZero();
    }

    @Test
    @Spec("11.9")
    void aFullDiskIsWaitedForAndNothingIsLost() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            numberedLines(stage, 20_000);
            Files.createDirectory(stage.path("disk"));
            Result mount = stage.sh("mount -t tmpfs -o size=1200k tmpfs disk");
            assumeTrue(mount.code() == 0, "no tmpfs can be mounted: " + mount.err());
            try {
                stage.sh("head -c 500000 /dev/zero > disk/filler");
                Process logger = stage.start("logger", "/bin/sh", "-c", "exec multilog n1000 s100000 ./disk/log < in");
                stage.awaitContent("logger.err", ".*pausing: out of disk space\n.*");
                assertThat(logger.isAlive()).isTrue();
                Files.delete(stage.path("disk/filler"));
                awaitEnd(logger);
                assertThat(log(stage, "disk/log")).isEqualTo(stage.read("in"));
                assertThat(stage.read("logger.err").lines().distinct())
                        .allMatch(line -> line.matches("multilog: warning: unable to .*, pausing: out of disk space"));
            } finally {
                stage.sh("umount disk");
            }
        }
    }

    @Test
    @Spec("11.7")
    void permissionThatIsTakenAndGivenBackCostsNothing() throws Exception {
        Differential.compare(stage -> {
            numberedLines(stage, 1000);
            stage.sh("chmod 755 .; mkdir log; chown nobody log in");
            Result able = stage.sh("setpriv --reuid=nobody --clear-groups tai64n < /dev/null");
            assumeTrue(able.code() == 0, "nobody can't run the commands: " + able.err());
            Process logger = stage.start("logger", "/bin/sh", "-c", """
                    mkfifo fifo; chmod 666 fifo; exec 3<>fifo
                    setpriv --reuid=nobody --clear-groups multilog n1000 s10000 ./log < fifo 3>&- & p=$!
                    echo >&3; until [ -s log/current ] && grep -q State:.S /proc/$p/status; do :; done 2>/dev/null
                    chmod 0 log; cat in >&3 & echo ready > ready; wait $!; echo written > written; exec 3>&-; wait $p
                    """);
            stage.awaitContent("logger.err", "(.*pausing: access denied\n)+");
            stage.sh("chmod 700 log");
            awaitEnd(logger);
            stage.note(stage.read("logger.err")
                    .replaceAll("@4[0-9a-f]{23}", "@STAMP")
                    .lines()
                    .distinct()
                    .toList());
            stage.note(log(stage, "log"));
        });
    }

    @Test
    @Spec("11.7")
    void aDirectoryThatIsTakenAwayStillGetsItsLog() throws Exception {
        Differential.compare(stage -> {
            numberedLines(stage, 1000);
            Process logger = stage.start("logger", "/bin/sh", "-c", """
                    mkfifo fifo; exec 3<>fifo; multilog n1000 s10000 ./log < fifo 3>&- & p=$!
                    until [ -s log/current ]; do echo >&3; done 2>/dev/null
                    mv log away; head -500 in >&3; until grep -q 1000499 away/current; do :; done 2>/dev/null
                    mv away log; tail -500 in >&3; exec 3>&-; wait $p
                    """);
            awaitEnd(logger);
            stage.note(stage.read("logger.err"));
            stage.note(log(stage, "log").replaceFirst("^\n+", ""));
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    @Spec({"11.5", "11.8"})
    void killedAtAnyMomentItLosesNoMoreThanWhatItHadJustRead(long seed) throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            int kills = 15;
            Random random = new Random(seed);
            StringBuilder script = new StringBuilder("""
                    mkfifo fifo; exec 3<>fifo
                    awk 'BEGIN {
                      for (i = 10000000; more < 1000; i++) {
                        printf "%d LINE\\n", i
                        if ((getline stop < "stop") >= 0) more++ # the last kill may have cut a line in two
                      }
                      print i - 1 > "last"
                    }' >&3 &
                    writer=$!
                    """.replace("LINE", LINE));
            for (int i = 0; i < kills; i++) {
                script.append("multilog n1000 s1000000 ./log < fifo 3>&- & p=$!\n")
                        .append("sleep 0.0" + (10 + random.nextInt(80)) + "; kill -9 $p; wait $p\n");
            }
            script.append("multilog n1000 s1000000 ./log < fifo 3>&- & p=$!\n")
                    .append("touch stop; wait $writer; exec 3>&-; wait $p; echo $? > code");
            Process logger = stage.start("logger", "/bin/sh", "-c", script.toString());
            Await.until("the last exit code", () -> Files.exists(stage.path("code")));
            logger.waitFor();

            String kept = log(stage, "log");
            int lineLength = "10000000 \n".length() + LINE.length();
            int last = Integer.parseInt(stage.read("last").trim());
            long lost = (long) lineLength * (last - 9_999_999) - kept.length();
            assertThat(lost).isBetween(0L, (long) kills * MOST_HELD);
            int previous = 9_999_999;
            int mostOfAKill = MOST_HELD / lineLength + 2;
            int killsInHoles = 0;
            for (String line :
                    kept.lines().filter(line -> line.matches("\\d{8} " + LINE)).toList()) {
                int number = Integer.parseInt(line.substring(0, 8));
                int missing = number - previous - 1;
                assertThat(missing).as("missing before %s", number).isNotNegative();
                // several are in one hole where they came before a line was written
                killsInHoles += Math.ceilDiv(missing, mostOfAKill);
                previous = number;
            }
            assertThat(previous).isEqualTo(last);
            assertThat(killsInHoles).isLessThanOrEqualTo(kills);
        }
    }

    @Test
    @Spec("11.7")
    void aProcessorThatHangsHoldsTheInputBackAndNothingIsLost() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            numberedLines(stage, 5000);
            Process logger = stage.start("logger", "/bin/sh", "-c", """
                    cat in | multilog n1000 s20000 '!until [ -e go ]; do sleep 0.1; done; cat' ./log
                    """);
            Await.until("the processor has started", () -> Files.exists(stage.path("log/newstate")));
            assertThat(logger.isAlive()).isTrue();
            stage.write("log/go", "");
            awaitEnd(logger);
            assertThat(log(stage, "log")).isEqualTo(stage.read("in"));
            assertThat(stage.read("logger.err")).isEmpty();
        }
    }

    @Test
    @Spec("11.7")
    void aProcessorThatCrashesOrCannotStartIsTriedAgain() throws Exception {
        Differential.compare(stage -> {
            numberedLines(stage, 200);
            Process logger = stage.start("logger", "/bin/sh", "-c", """
                    mkdir log; multilog n1000 s8192 '!echo >> tries; [ $(wc -l < tries) -gt 1 ] || kill -9 $$; cat' ./log < in
                    """);
            awaitEnd(logger);
            stage.note(stage.read("logger.err"));
            stage.note(log(stage, "log"));
        });
    }

    @Test
    @Spec("11.7")
    void descriptorsThatRunOutAreWaitedFor() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            numberedLines(stage, 2000);
            Process logger = stage.start("logger", "/bin/sh", "-c", """
                    mkfifo fifo; multilog n1000 s20000 ./log < fifo & echo $! > pid; exec 3> fifo
                    until [ -e go ]; do sleep 0.1; done; cat in >&3; exec 3>&-; wait $!
                    """);
            stage.awaitContent("pid", "\\d+\n");
            String pid = stage.read("pid").trim();
            Await.until("the log is open", () -> Files.exists(stage.path("log/current")));
            // the descriptors that are open stay usable; for any other there is no room
            Result limited = stage.sh("prlimit --pid " + pid + " --nofile=3:100");
            assumeTrue(limited.code() == 0, limited.err());
            stage.write("go", "");
            stage.awaitContent("logger.err", "(?s).*pausing: process cannot open more files\n.*");
            stage.sh("prlimit --pid " + pid + " --nofile=100:100");
            awaitEnd(logger);
            assertThat(log(stage, "log")).isEqualTo(stage.read("in"));
        }
    }

    @Test
    @Spec({"1.8", "11.5"})
    void aLockThatAnotherHoldsIsRespectedAndTheInputLeftAlone() throws Exception {
        Differential.compareShell("""
                mkfifo fifo; exec 3<>fifo; multilog ./log < fifo & p=$!
                echo one >&3; until grep -q one log/current && grep -q State:.S /proc/$p/status; do :; done 2>/dev/null
                echo two > in; { multilog ./log; echo $?; cat; } < in
                kill $p; wait $p; echo $?; cat log/current
                """);
    }
}

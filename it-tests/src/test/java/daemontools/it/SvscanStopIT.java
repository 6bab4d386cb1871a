package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How svscan ends: with --stop-on-term, as the first process of a PID namespace, and as in 0.76. */
class SvscanStopIT {
    private static final int LONGEST_END_SECONDS = 60;

    /** Writes numbered lines until it is told to end, and then a last one. */
    private static final String COUNTS = """
            trap 'told=yes' TERM
            n=0
            until [ $told ]; do n=$((n+1)); echo $n; done
            echo last $n""";

    private static Process stopping(Stage stage) throws Exception {
        return stage.start("svscan", "svscan", "--stop-on-term", "services");
    }

    private static int codeAfter(Process svscan, long signal) throws Exception {
        new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + svscan.pid())
                .start()
                .waitFor();
        return codeOf(svscan);
    }

    private static int codeOf(Process svscan) throws Exception {
        assertThat(svscan.waitFor(LONGEST_END_SECONDS, TimeUnit.SECONDS))
                .as("ended")
                .isTrue();
        return svscan.exitValue();
    }

    private static void assertNothingWasLost(Stage stage, String lines) throws Exception {
        List<String> seen = stage.read(lines).lines().toList();
        int count = seen.size() - 1;
        assertThat(count).isPositive();
        Stream<String> written =
                Stream.concat(IntStream.rangeClosed(1, count).mapToObj(Integer::toString), Stream.of("last " + count));
        assertThat(seen).isEqualTo(written.toList());
    }

    @Test
    void takesServicesDownThenTheirLogsWhichLoseNoLine() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("services/count", COUNTS);
            stage.service("services/count/log", "exec multilog s16777215 ./main");
            stage.service("services/plain", "exec sleep 1000");
            Process svscan = stopping(stage);
            stage.awaitContent("services/count/log/main/current", "1\n.*");
            stage.awaitSupervised("services/plain");
            assertThat(codeAfter(svscan, 15)).isZero();
            for (String service : List.of("services/count", "services/count/log", "services/plain")) {
                assertThat(stage.svstat(service)).isEqualTo("supervise not running");
            }
            assertNothingWasLost(stage, "services/count/log/main/current");
            // multilog has ended by itself
            assertThat(stage.path("services/count/log/main/current")).isExecutable();
            assertThat(stage.read("svscan.err")).isEmpty();
        }
    }

    @Test
    void intStopsItToo() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("services/a", "exec sleep 1000");
            Process svscan = stopping(stage);
            stage.awaitSupervised("services/a");
            assertThat(codeAfter(svscan, 2)).isZero();
            assertThat(stage.svstat("services/a")).isEqualTo("supervise not running");
        }
    }

    @Test
    void aServiceWhoseLinkIsGoneIsTakenDownToo() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("elsewhere/a", "exec sleep 1000");
            stage.sh("mkdir services; ln -s ../elsewhere/a services/a");
            Process svscan = stopping(stage);
            stage.awaitSupervised("elsewhere/a");
            stage.sh("rm services/a");
            assertThat(codeAfter(svscan, 15)).isZero();
            assertThat(stage.svstat("elsewhere/a")).isEqualTo("supervise not running");
        }
    }

    @Test
    void aServiceWhoseDirectoryWasDeletedIsTakenDownTooAndNotTheOneThatHasItsNameNow() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("services/a", "exec sleep 1000");
            stage.service("services/a/log", "exec cat");
            Process svscan = stopping(stage);
            stage.awaitSupervised("services/a/log");
            stage.awaitSupervised("services/a");
            stage.sh("rm -r services/a");
            stage.service(
                    "services/a",
                    "trap 'echo told >> told; exit' TERM; echo ready >> told; while :; do sleep 0.1; done");
            stage.awaitContent("services/a/told", "ready\n");
            assertThat(codeAfter(svscan, 15)).isZero();
            assertThat(stage.read("services/a/told")).isEqualTo("ready\ntold\n");
        }
    }

    /** As update-service and read-only images have it. */
    @Test
    void aServiceWhoseSuperviseDirectoryLiesElsewhereIsTakenDownWhenItsOwnIsGone() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.sh("mkdir -p run .a/log; ln -s ../../run/a .a/supervise; ln -s ../../../run/a-log .a/log/supervise");
            stage.script(".a/run", "exec sleep 1000");
            stage.script(".a/log/run", "exec cat");
            stage.sh("mkdir services; mv .a services/a");
            Process svscan = stopping(stage);
            stage.awaitSupervised("services/a/log");
            stage.awaitSupervised("services/a");
            stage.sh("rm -r services/a");
            assertThat(codeAfter(svscan, 15)).isZero();
            assertThat(stage.read("svscan.err").lines()).noneMatch(line -> line.startsWith("svscan: "));
        }
    }

    @Test
    void aFifoThatAnotherReadsInTheSupervisesPlaceIsNotTakenForIts() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("services/a", "exec sleep 1000");
            Process svscan = stopping(stage);
            stage.awaitSupervised("services/a");
            stage.sh("cd services/a; mv supervise elsewhere; mkdir supervise; mkfifo supervise/control");
            stage.start("decoy", "/bin/sh", "-c", "exec cat <> services/a/supervise/control");
            Await.until("it is read", () -> stage.run("svc", "services/a").err().isEmpty());
            assertThat(codeAfter(svscan, 15)).isZero();
            assertThat(stage.read("decoy.out")).isEmpty();
            assertThat(stage.read("svscan.err")).isEmpty();
        }
    }

    @Test
    void aSuperviseWhoseFifoIsFullIsEndedByForceAndItsServiceIsTold() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("services/a", "trap 'echo told; exit' TERM; echo ready; while :; do sleep 0.1; done");
            stage.service("services/a/log", "exec multilog ./main");
            Process svscan = stopping(stage);
            stage.awaitContent("services/a/log/main/current", "ready\n");
            long supervise = superviseOf(svscan, "a");
            Kernel.signal(supervise, "STOP");
            stage.sh("dd if=/dev/zero of=services/a/supervise/control oflag=nonblock bs=512");
            assertThat(codeAfter(svscan, 15)).isZero();
            assertThat(stage.read("svscan.err").lines().distinct())
                    .containsExactly(
                            "svscan: warning: unable to control a: temporary failure",
                            "svscan: warning: unable to control a, killing its supervise: temporary failure");
            assertThat(stage.read("services/a/log/main/current")).isEqualTo("ready\ntold\n");
        }
    }

    @Test
    void aSuperviseThatDoesNotDoAsToldIsEndedByForceWhenTermComesAgain() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("services/a", "echo $$ > pid; exec sleep 1000");
            Process svscan = stopping(stage);
            stage.awaitContent("services/a/pid", "\\d+\n");
            Kernel.signal(superviseOf(svscan, "a"), "STOP");
            stage.sh("kill " + svscan.pid());
            Await.until("its supervise was told", () -> {
                return stage.run("/bin/bash", "-c", "read -t 0 < services/a/supervise/control")
                                .code()
                        == 0;
            });
            assertThat(codeAfter(svscan, 15)).isZero();
            assertThat(stage.read("svscan.err")).isEqualTo("svscan: warning: a does not end, killing its supervise\n");
            assertThat(Kernel.state(Long.parseLong(stage.read("services/a/pid").strip())))
                    .isIn('-', 'Z');
        }
    }

    private static long superviseOf(Process svscan, String service) {
        return svscan.children()
                .filter(child -> child.info().arguments().orElseThrow()[0].equals(service))
                .findFirst()
                .orElseThrow()
                .pid();
    }

    @Test
    void aServiceThatIsDeafToTermIsKilledWhenTermComesAgainAndItsLogKeepsAllItSaid() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("services/deaf", "trap 'echo no' TERM; echo ready\nwhile :; do sleep 0.1; done");
            stage.service("services/deaf/log", "exec cat >> lines");
            Process svscan = stopping(stage);
            stage.awaitContent("services/deaf/log/lines", "ready\n");
            stage.sh("kill " + svscan.pid());
            stage.awaitContent("services/deaf/log/lines", "ready\nno\n");
            assertThat(codeAfter(svscan, 15)).isZero();
            assertThat(stage.svstat("services/deaf")).isEqualTo("supervise not running");
            assertThat(stage.read("services/deaf/log/lines")).isEqualTo("ready\nno\n");
        }
    }

    @Test
    void servicesFindTheSignalsAsSvscanFoundThem() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("services/a", "grep -E '^Sig(Blk|Ign)' /proc/self/status > signals; exec sleep 1000");
            Process svscan = stopping(stage);
            stage.awaitContent("services/a/signals", ".*SigIgn.*\n");
            assertThat(stage.read("services/a/signals").lines())
                    .allMatch(line -> line.matches("Sig...:\\s+[0-9a-f]+0{7}"));
            codeAfter(svscan, 15);
        }
    }

    @Test
    void withoutTheOptionTermKillsSvscanAloneAsIn076() throws Exception {
        Differential.compare(stage -> {
            stage.service("services/a", "exec sleep 1000");
            Process svscan = stage.start("svscan", "svscan", "services");
            stage.awaitSupervised("services/a");
            long pid = stage.pid("services/a");
            stage.note(codeAfter(svscan, 15));
            stage.note(stage.pid("services/a") == pid);
            stage.run("svc", "-dx", "services/a");
        });
    }

    @Test
    void aDirectoryOfTheOptionsNameIsScannedWhenItIsNamedAsAPath() throws Exception {
        Differential.compare(stage -> {
            stage.service("--stop-on-term/a", "exec sleep 1000");
            Process svscan = stage.start("svscan", "svscan", "./--stop-on-term");
            stage.awaitSupervised("./--stop-on-term/a");
            stage.note(codeAfter(svscan, 15));
            stage.note(stage.run("svok", "./--stop-on-term/a"));
        });
    }

    @Test
    void aLongOptionThatItDoesNotKnowIsAUsageError() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            String usage = "\nsvscan: usage: svscan [--stop-on-term] [--grace=SECONDS] [--log=NAME] [dir],"
                    + " svscan --check [--json] [dir]\n";
            assertThat(stage.run("svscan", "--stop", "services"))
                    .isEqualTo(new Result("", "svscan: illegal option -- stop" + usage, 100));
            assertThat(stage.run("svscan", "--stop-on-term=1", "services"))
                    .isEqualTo(new Result("", "svscan: option takes no argument -- stop-on-term" + usage, 100));
        }
    }

    /** Runs svscan as the first process of a PID namespace, with a script beside it that sees the same processes. */
    private static void asFirstProcess(Stage stage, String unshare, String script) throws Exception {
        assumeTrue(stage.sh(unshare + " true").code() == 0, "namespaces are forbidden");
        stage.script("beside", script);
        // The shell becomes svscan; what it leaves in the background is a child of the first process from the start.
        Process first = stage.start(
                "svscan",
                "/bin/sh",
                "-c",
                "exec " + unshare + " /bin/sh -c './beside > beside.out 2>&1 & exec svscan services'");
        assertThat(codeOf(first)).isZero();
    }

    private static final String AS_ROOT = "unshare --pid --fork --kill-child --mount-proc";
    private static final String UNPRIVILEGED = "unshare --user --map-root-user --pid --fork --kill-child --mount-proc";

    private static final String STOP_WHEN_ALL_RUN = """
            until svok services/count && svok services/count/log && [ -s services/count/log/main/current ]; do sleep 0.1; done
            kill 1""";

    private static void losesNoLine(String unshare) throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("services/count", COUNTS);
            stage.service("services/count/log", "exec multilog s16777215 ./main");
            asFirstProcess(stage, unshare, STOP_WHEN_ALL_RUN);
            assertNothingWasLost(stage, "services/count/log/main/current");
            assertThat(stage.path("services/count/log/main/current")).isExecutable();
        }
    }

    @Test
    void asTheFirstProcessItNeedsNoOption() throws Exception {
        losesNoLine(AS_ROOT);
    }

    @Test
    void asTheFirstProcessOfAnUnprivilegedUserToo() throws Exception {
        losesNoLine(UNPRIVILEGED);
    }

    @Test
    void asTheFirstProcessItCollectsWhatItInheritsAtOnce() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("services/a", "exec sleep 1000");
            asFirstProcess(stage, UNPRIVILEGED, """
                    until svok services/a; do sleep 0.1; done
                    (sleep 0.2 & echo $! > orphan)
                    read orphan < orphan
                    while kill -0 $orphan; do sleep 0.01; done 2> /dev/null
                    echo collected
                    kill 1""");
            assertThat(stage.read("beside.out")).isEqualTo("collected\n");
        }
    }

    @Test
    void asTheFirstProcessItEndsWhatAServiceLeftBehindAndItsLogKeepsItsLastLine() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            // The shell that supervise knows does not pass TERM on.
            stage.service("services/shell", """
                    /bin/sh -c 'trap "echo last; exit" TERM; echo first; while :; do sleep 0.1; done'
                    exit""");
            stage.service("services/shell/log", "exec multilog ./main");
            asFirstProcess(stage, UNPRIVILEGED, """
                    until [ -s services/shell/log/main/current ]; do sleep 0.1; done
                    kill 1""");
            assertThat(stage.read("services/shell/log/main/current")).isEqualTo("first\nlast\n");
            assertThat(stage.path("services/shell/log/main/current")).isExecutable();
        }
    }

    @Test
    void asTheFirstProcessItOutlivesTheSignalsThatWouldEndIt() throws Exception {
        Commands.assumeNative("the kernel does not spare a first process whose first thread blocks the signal");
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("services/a", "exec sleep 1000");
            asFirstProcess(stage, UNPRIVILEGED, """
                    until svok services/a; do sleep 0.1; done
                    for signal in HUP QUIT ALRM USR1 USR2 PIPE KILL; do kill -$signal 1; done
                    svok services/a && echo alive
                    kill 1""");
            assertThat(stage.read("beside.out")).isEqualTo("alive\n");
        }
    }
}

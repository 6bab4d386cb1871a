package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A supervise with --stop-on-term, which nothing else need look after: in a container, or under another supervisor. */
@Execution(ExecutionMode.CONCURRENT)
class SuperviseAloneIT {
    private static final String WAITS = "while :; do sleep 0.01; done";
    private static final String UNPRIVILEGED = "unshare --user --map-root-user --pid --fork --kill-child --mount-proc";

    private static Process start(Stage stage) throws Exception {
        Process supervise = stage.start("s", "supervise", "--stop-on-term", "s");
        stage.awaitSupervised("s");
        return supervise;
    }

    private static Process startAndAwait(Stage stage, String content) throws Exception {
        Process supervise = start(stage);
        stage.awaitContent("s.out", content);
        return supervise;
    }

    private static void signal(Process process, String name) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({"TERM, 0", "TERM, 7", "INT, 0", "INT, 255"})
    void aSignalEndsTheServiceAndThenSuperviseWithItsExitCode(String signal, int code) throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("s", "trap 'echo bye; exit " + code + "' TERM; echo began; " + WAITS);
            Process supervise = startAndAwait(stage, "began\n");
            signal(supervise, signal);
            assertThat(supervise.waitFor()).isEqualTo(code);
            assertThat(stage.read("s.out")).isEqualTo("began\nbye\n");
            assertThat(stage.svstat("s")).isEqualTo("supervise not running");
        }
    }

    @Test
    void aServiceThatTermKillsMakesTheCode143() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("s", "echo began; exec sleep 1000");
            Process supervise = startAndAwait(stage, "began\n");
            signal(supervise, "TERM");
            assertThat(supervise.waitFor()).isEqualTo(143);
        }
    }

    @Test
    void aServiceThatDoesNotEndIsKilledAfterItsTimeAndMakesTheCode137() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("s", "trap 'echo no' TERM; echo began; " + WAITS);
            stage.write("s/timeout-kill", "100");
            Process supervise = startAndAwait(stage, "began\n");
            signal(supervise, "TERM");
            assertThat(supervise.waitFor()).isEqualTo(137);
            assertThat(stage.read("s.out")).isEqualTo("began\nno\n");
        }
    }

    @Test
    void superviseWaitsForFinish() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("s", "echo began; exec sleep 1000");
            stage.script("s/finish", "echo finished $1 $2; exit 9");
            Process supervise = startAndAwait(stage, "began\n");
            signal(supervise, "TERM");
            assertThat(supervise.waitFor()).isEqualTo(143);
            assertThat(stage.read("s.out")).isEqualTo("began\nfinished 256 15\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HUP", "QUIT", "USR1", "USR2", "WINCH"})
    void aSignalThatDoesNotEndItGoesToTheService(String signal) throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("s", "trap 'echo " + signal + "' " + signal + "; echo began; " + WAITS);
            Process supervise = startAndAwait(stage, "began\n");
            signal(supervise, signal);
            stage.awaitContent("s.out", "began\n" + signal + "\n");
            assertThat(supervise.isAlive()).isTrue();
        }
    }

    @Test
    void theServiceFindsNoSignalBlocked() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("s", "grep SigBlk /proc/self/status; exec sleep 1000");
            startAndAwait(stage, "SigBlk:\t0{16}\n");
        }
    }

    @Test
    void aServiceThatEndsIsStartedAgain() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("s", "echo began; exit 3");
            Process supervise = startAndAwait(stage, "began\nbegan\n.*");
            assertThat(supervise.isAlive()).isTrue();
        }
    }

    @Test
    void aServiceThatHasFailedForGoodEndsSupervise() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("s", "exit 3");
            stage.script("s/finish", "exit 125");
            assertThat(stage.run("supervise", "--stop-on-term", "s"))
                    .isEqualTo(new Result(
                            "", "supervise: warning: s has failed for good, says ./finish: leaving it down\n", 3));
        }
    }

    @Test
    void aServiceThatEndsTooOftenEndsSuperviseWhenFinishIsDone() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("s", "echo began; kill -SEGV $$");
            stage.write("s/max-deaths", "2 60000");
            stage.script("s/finish", "echo finished");
            assertThat(stage.run("supervise", "--stop-on-term", "s"))
                    .isEqualTo(new Result(
                            "began\nfinished\nbegan\nfinished\n",
                            "supervise: warning: s ended too often: leaving it down\n",
                            139));
        }
    }

    @Test
    void aServiceThatIsTakenDownWaitsForTheNextCommand() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("s", "echo began; exec sleep 1000");
            Process supervise = startAndAwait(stage, "began\n");
            stage.run("svc", "-d", "s");
            stage.awaitStatus("s", "down.*");
            stage.run("svc", "-u", "s");
            stage.awaitContent("s.out", "began\nbegan\n");
            stage.run("svc", "-dx", "s");
            assertThat(supervise.waitFor()).isEqualTo(143);
        }
    }

    @Test
    void aRunThatCannotBeExecutedMakesTheCode111() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.write("s/run", "no script");
            Process supervise = start(stage);
            signal(supervise, "TERM");
            assertThat(supervise.waitFor()).isEqualTo(111);
        }
    }

    /** As a container of one program has it: what loses its parent is collected, and TERM ends all. */
    @Test
    void asTheFirstProcessItCollectsOrphansAndEndsOnTerm() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            assumeTrue(stage.sh(UNPRIVILEGED + " true").code() == 0, "namespaces are forbidden");
            stage.service("s", "trap 'echo bye; exit 4' TERM; (sleep 0.1 & echo $! > orphan); echo began; " + WAITS);
            stage.script("beside", """
                    until [ -s s/orphan ]; do sleep 0.05; done
                    while [ -e /proc/$(cat s/orphan) ]; do sleep 0.05; done
                    kill 1
                    """);
            Process first = stage.start(
                    "s",
                    "/bin/sh",
                    "-c",
                    "exec " + UNPRIVILEGED
                            + " /bin/sh -c './beside > beside.out 2>&1 & exec supervise --stop-on-term s'");
            assertThat(first.waitFor()).as(stage.read("s.err")).isEqualTo(4);
            assertThat(stage.read("s.out")).isEqualTo("began\nbye\n");
        }
    }

    @Test
    void anUnknownOptionIsAUsageError() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            assertThat(stage.run("supervise", "--stop-on-trem", "s"))
                    .isEqualTo(new Result(
                            "",
                            "supervise: illegal option -- stop-on-trem\nsupervise: usage: supervise [--stop-on-term] dir\n",
                            100));
        }
    }
}

package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What follows the end of ./run where files of the service directory ask for more than 0.76 does. */
@Execution(ExecutionMode.CONCURRENT)
class FinishIT {
    private static final String TELL = "echo \"$1 $2 $3\" >> told";

    @ParameterizedTest
    @CsvSource({"exit 0, 0 0 s", "exit 3, 3 0 s", "exit 255, 255 0 s", "kill -SEGV $$, 256 11 s", "kill -9 $$, 256 9 s"
    })
    void finishGetsTheExitCodeAndTheSignal(String end, String told) throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("s", end);
            Supervised service =
                    new Supervised(stage, "s").withScript("finish", TELL).start();
            service.awaitCount("finishes", 2);
            assertThat(stage.read("s/told").lines()).startsWith(told, told);
        }
    }

    @Test
    void finishOfARunThatCannotBeExecutedGets111() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.write("s/run", "no script");
            Supervised service =
                    new Supervised(stage, "s").withScript("finish", TELL).start();
            service.awaitCount("finishes", 1);
            assertThat(stage.read("s/told").lines()).startsWith("111 0 s");
            assertThat(service.errors()).contains("supervise: fatal: unable to start s/run: access denied\n");
        }
    }

    @Test
    void finishGetsTheProcessGroupOfRunAndItsDescriptors() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("s", "echo $$ > pid; exit 1");
            Supervised service = new Supervised(stage, "s")
                    .withScript("finish", "echo $4 > group; echo said; echo warned >&2; exit 125")
                    .start();
            service.await("state down", "failed 1");
            assertThat(stage.read("s/group")).isEqualTo(stage.read("s/pid"));
            assertThat(stage.read("s.out")).isEqualTo("said\n");
            assertThat(service.errors()).startsWith("warned\n");
        }
    }

    @Test
    void exit125OfFinishLeavesTheServiceDownUntilItIsWantedAgain() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("s", "exit 1");
            Supervised service =
                    new Supervised(stage, "s").withScript("finish", "exit 125").start();
            service.await("state down", "want down", "failed 1", "starts 1", "exit 1");
            assertThat(service.errors())
                    .isEqualTo("supervise: warning: s has failed for good, says ./finish: leaving it down\n");
            service.send("u");
            service.await("state down", "want down", "failed 1", "starts 2");
        }
    }

    @Test
    void aFinishThatHangsIsKilledAfterItsTime() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("s", "exit 1");
            Supervised service = new Supervised(stage, "s")
                    .withScript("finish", "echo >> begun; exec sleep 1000")
                    .with("timeout-finish", "200")
                    .start();
            service.awaitCount("finishes", 2);
        }
    }

    @Test
    void aFinishThatHangsIsWaitedForWhereItsTimeIs0AndKilledByK() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("s", "exit 1");
            Supervised service = new Supervised(stage, "s")
                    .withScript("finish", "exec sleep 1000")
                    .with("timeout-finish", "0")
                    .start();
            service.await("state finishing", "pid 0", "starts 1", "ends 1", "finishes 0");
            service.send("k");
            service.await("finishes 1").awaitCount("starts", 2);
        }
    }

    @Test
    void aFinishThatCannotBeExecutedIsWarnedOfAndSkipped() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("s", "exit 1");
            Supervised service = new Supervised(stage, "s").with("finish", "").start();
            service.awaitCount("starts", 2);
            assertThat(service.errors().lines().distinct())
                    .containsExactly("supervise: warning: unable to start s/finish: access denied");
        }
    }

    @Test
    void exitWaitsForFinish() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("s", "exec sleep 1000");
            Supervised service = new Supervised(stage, "s")
                    .withScript("finish", "until [ -e done ]; do sleep 0.01; done; echo end > ended")
                    .start();
            service.send("dx");
            service.await("state finishing", "exiting 1");
            stage.write("s/done", "");
            assertThat(service.supervise().waitFor()).isZero();
            assertThat(stage.read("s/ended")).isEqualTo("end\n");
            service.await("state down", "finishes 1");
        }
    }

    @Test
    void aServiceThatIgnoresTermIsKilledAfterTimeoutKill() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("s", "trap 'echo term >> got' TERM; echo > ready; while :; do sleep 0.05; done");
            Supervised service =
                    new Supervised(stage, "s").with("timeout-kill", "300\n").start();
            stage.awaitContent("s/ready", "\n");
            service.send("d");
            service.await("state down", "signal 9", "want down", "failed 0");
            assertThat(stage.read("s/got")).isEqualTo("term\n");
        }
    }

    @ParameterizedTest
    @CsvSource({"INT, d, INT", "SIGQUIT, d, QUIT", "10, d, USR1", "USR2, r, USR2"})
    void downSignalIsSentInPlaceOfTerm(String word, String command, String got) throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("s", """
                    for s in INT QUIT TERM USR1 USR2; do trap "echo $s >> got; exit" $s; done
                    echo > ready; while :; do sleep 0.05; done
                    """);
            Supervised service =
                    new Supervised(stage, "s").with("down-signal", word + "\n").start();
            stage.awaitContent("s/ready", "\n");
            service.send(command);
            service.awaitCount("ends", 1);
            assertThat(stage.read("s/got")).isEqualTo(got + "\n");
            service.await(command.equals("d") ? "state down" : "starts 2");
        }
    }

    @ParameterizedTest
    @CsvSource({"l, HUP", "q, QUIT", "1, USR1", "2, USR2", "w, WINCH"})
    void newBytesSendTheirSignals(String command, String signal) throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("s", """
                    for s in HUP QUIT USR1 USR2 WINCH; do trap "echo $s >> got" $s; done
                    echo > ready; while :; do sleep 0.05; done
                    """);
            Supervised service = new Supervised(stage, "s").start();
            stage.awaitContent("s/ready", "\n");
            service.send(command);
            stage.awaitContent("s/got", signal + "\n");
            assertThat(service.detail("starts")).isEqualTo("1");
        }
    }

    @Test
    void restartStartsAgainWhatIsUpAndWhatIsDown() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("s", "exec sleep 1000");
            Supervised service = new Supervised(stage, "s").start();
            service.await("state up", "starts 1").send("r");
            service.await("state up", "starts 2", "signal 15", "want up").send("d");
            service.await("state down").send("r");
            service.await("state up", "starts 3", "want up");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"5000 x", "-1", "1.5", "", "99999999999999999999", "999999999999999"})
    void aFileThatCannotBeUnderstoodIsWarnedOfAtEachStartAndCountsAsAbsent(String value) throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("s", "exit 0");
            Supervised service =
                    new Supervised(stage, "s").with("timeout-kill", value).start();
            service.awaitCount("starts", 2);
            assertThat(service.errors().lines().limit(2))
                    .containsOnly("supervise: warning: s/timeout-kill: not a number of milliseconds")
                    .hasSize(2);
        }
    }

    @Test
    void backOffWaitsLongerAfterEachBadRunAndUStartsAtOnce() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("s", Kernel.TELL_START + " >> starts");
            Supervised service =
                    new Supervised(stage, "s").with("back-off", "600000").start();
            service.awaitCount("starts", 3);
            List<Long> starts =
                    stage.read("s/starts").lines().map(Long::valueOf).toList();
            assertThat(starts.get(1) - starts.get(0)).isGreaterThanOrEqualTo(Kernel.TICKS_PER_SECOND);
            assertThat(starts.get(2) - starts.get(1)).isGreaterThanOrEqualTo(2 * Kernel.TICKS_PER_SECOND);
            service.await("state down", "want up", "ends 3");
            double wait =
                    Double.parseDouble(service.detail("next-start")) - Double.parseDouble(service.detail("ended"));
            assertThat(wait).isBetween(3.9, 4.1);
            service.send("d");
            Await.until("no start is due", () -> service.detail("next-start").equals("absent"));
            stage.service("s", "exec sleep 1000");
            service.send("u");
            service.await("state up", "starts 4");
        }
    }

    @Test
    void tooManyDeathsAreAFailureForGood() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("s", "exit 7");
            Supervised service =
                    new Supervised(stage, "s").with("max-deaths", "3 60000").start();
            service.await("state down", "want down", "failed 1", "starts 3", "ends 3", "exit 7");
            assertThat(service.errors()).isEqualTo("supervise: warning: s ended too often: leaving it down\n");
        }
    }

    @Test
    void anEndThatWasAskedForIsNoDeathTooMany() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("s", "exec sleep 1000");
            Supervised service =
                    new Supervised(stage, "s").with("max-deaths", "1 60000").start();
            for (int starts = 1; starts < 4; starts++) {
                service.await("state up", "starts " + starts).send("r");
            }
            service.await("state up", "starts 4", "failed 0").send("d");
            service.await("state down", "failed 0");
            assertThat(service.errors()).isEmpty();
        }
    }

    @Test
    void detailsAreWrittenWhenAskedForOnlyAndThenKeptAlsoByTheNextSupervise() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("s", "exec sleep 1000");
            Process first = stage.supervise("s");
            stage.pid("s");
            Stage.awaitIdle(first);
            assertThat(stage.sh("ls s/supervise").out()).isEqualTo("control\nlock\nok\nstatus\n");
            Supervised service = new Supervised(stage, "s");
            service.send("?");
            stage.awaitContent("s/supervise/details", "supervise " + first.pid() + "\nstate up\n.*");
            first.destroyForcibly().waitFor();
            service.startAgain().await("supervise " + service.supervise().pid(), "state up", "starts 1");
        }
    }

    @Test
    void detailsAreNeverTorn() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("s", "exec sleep 1000");
            Supervised service = new Supervised(stage, "s").start();
            service.await("state up");
            for (int i = 0; i < 200; i++) {
                service.send(i % 2 == 0 ? "p?c" : "?p?");
                assertThat(stage.read("s/supervise/details")).matches("(?s)supervise \\d+\nstate up\n.*finishes 0\n");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ln -s /dev/full s/supervise/details.new", "mkdir s/supervise/details.new"})
    void detailsThatCannotBeWrittenAreWarnedOfOnce(String trouble) throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("s", "exec sleep 1000");
            Supervised service = new Supervised(stage, "s").start();
            service.await("state up");
            stage.sh(trouble);
            for (int i = 0; i < 3; i++) service.send("?");
            service.send("d");
            stage.awaitStatus("s", "down .*");
            assertThat(service.errors()).matches("supervise: warning: unable to \\w+ s/supervise/details.new: .*\n");
        }
    }
}

package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a service says that it is ready, and that it lives. */
@Execution(ExecutionMode.CONCURRENT)
class ReadinessIT {
    /**
     * Of a shell: {@code say TEXT} sends a datagram to the service's socket, from a process of its own, which is there for a
     * while: supervise looks for it.
     */
    private static final String SAY = """
            say() { perl -MSocket -e 'socket(S, PF_UNIX, SOCK_DGRAM, 0);
              send(S, $ARGV[1], 0, sockaddr_un($ARGV[0])) or die $!; select undef, undef, undef, 0.3' "$NOTIFY_SOCKET" "$1"; }
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo >&3",
                "printf abc >&3; sleep 0.1; printf 'def\\n' >&3",
                "printf '\\n' >&3; printf '\\n' >&3",
                "(sleep 0.1; echo >&3) & exec 3>&-"
            })
    void aNewlineOnTheDescriptorMeansReady(String how) throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("s", how + "; exec sleep 1000");
            Supervised service =
                    new Supervised(stage, "s").with("notification-fd", "3").start();
            service.await("state up", "readiness 1", "ready 1", "readies 1", "starts 1");
            assertThat(service.detail("ready-since")).matches("\\d+\\.\\d{9}");
            service.send("d");
            service.await("state down", "ready 0", "readies 1");
        }
    }

    @Test
    void aDescriptorThatIsClosedWithoutANewlineMeansNothing() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("s", "printf abc >&3; exec 3>&-; echo > closed; exec sleep 1000");
            Supervised service =
                    new Supervised(stage, "s").with("notification-fd", "3").start();
            stage.awaitContent("s/closed", "\n");
            Stage.awaitIdle(service.supervise());
            service.await("state up", "readiness 1", "ready 0", "readies 0");
        }
    }

    @Test
    void aServiceThatWasTakenOverIsReadyAsBeforeOrSaysSoLater() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("s", "trap 'echo >&3' USR1; echo > began; while :; do sleep 0.01; done");
            Supervised service = new Supervised(stage, "s")
                    .with("notification-fd", "3")
                    .with("adopt", "")
                    .start();
            stage.awaitContent("s/began", "\n");
            service.await("ready 0", "starts 1");
            service.supervise().destroyForcibly().waitFor();
            service.startAgain().await("supervise " + service.supervise().pid(), "ready 0");
            service.send("1");
            service.await("ready 1", "readies 1");
            String since = service.detail("ready-since");
            service.supervise().destroyForcibly().waitFor();
            service.startAgain().await("supervise " + service.supervise().pid(), "ready 1", "ready-since " + since);
        }
    }

    @Test
    void aServiceThatSaysThatItIsReadyAndEndsWasReady() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("s", "echo >&7; exit 1");
            Supervised service = new Supervised(stage, "s")
                    .with("notification-fd", "7")
                    .withScript("finish", "exit 125")
                    .start();
            service.await("state down", "readies 1", "starts 1");
        }
    }

    @Test
    void datagramsOfTheServicesProcessesAreUnderstood() throws Exception {
        assumeTrue(Files.exists(Path.of("/usr/bin/perl")), "perl is not there");
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("s", SAY + """
                    say X=1; say "READY=11"; say "$(head -c 5000 /dev/zero | tr '\\0' x)
                    READY=1"; say ""; echo > odd
                    until [ -e go ]; do sleep 0.02; done; (say "STATUS=well
                    READY=1"); until [ -e stop ]; do sleep 0.02; done; say STOPPING=1; exec sleep 1000
                    """.replace("\n        READY", "\nREADY"));
            Supervised service =
                    new Supervised(stage, "s").with("notification-socket", "").start();
            stage.awaitContent("s/odd", "\n");
            Stage.awaitIdle(service.supervise());
            service.await("state up", "readiness 1", "ready 0");
            String forger = "cd s; NOTIFY_SOCKET=$PWD/supervise/notify; " + SAY + "say READY=1";
            assertThat(stage.sh(forger).code()).isZero();
            Stage.awaitIdle(service.supervise());
            service.await("ready 0", "readies 0");
            stage.write("s/go", "");
            service.await("ready 1", "readies 1");
            stage.write("s/stop", "");
            service.await("ready 0", "readies 1");
        }
    }

    @Test
    void aServiceThatSendsNoWatchdogIsStartedAgain() throws Exception {
        assumeTrue(Files.exists(Path.of("/usr/bin/perl")), "perl is not there");
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("s", SAY + """
                    echo $WATCHDOG_USEC > usec; say READY=1
                    until [ -e stuck ]; do say WATCHDOG=1; sleep 0.1; done; exec sleep 1000
                    """);
            Supervised service = new Supervised(stage, "s")
                    .with("notification-socket", "")
                    .with("liveness", "5000")
                    .start();
            service.await("ready 1", "starts 1");
            assertThat(stage.read("s/usec")).isEqualTo("5000000\n");
            stage.write("s/stuck", "");
            service.awaitCount("starts", 2);
            assertThat(service.errors())
                    .startsWith("supervise: warning: s does not show that it lives: restarting it\n");
        }
    }

    @Test
    void checkIsRunUntilItSucceeds() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("s", "exec sleep 1000");
            Supervised service = new Supervised(stage, "s")
                    .withScript("check", "echo >> checks; sleep 1000 & [ -e good ]")
                    .start();
            stage.awaitContent("s/checks", "\n\n.*");
            service.await("state up", "readiness 1", "ready 0", "starts 1");
            stage.write("s/good", "");
            service.await("ready 1", "readies 1");
            Await.until("only ./run is there", () -> service.processes().equals(java.util.List.of(service.pid())));
        }
    }

    @Test
    void aCheckThatHangsIsKilledAndEndsWithTheService() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("s", "exec sleep 1000");
            Supervised service = new Supervised(stage, "s")
                    .withScript("check", "echo >> checks; sleep 1000")
                    .start();
            stage.awaitContent("s/checks", "\n\n.*");
            service.send("d");
            service.await("state down");
            Await.until("no process is left", () -> service.processes().isEmpty());
        }
    }

    @Test
    void threeFailuresOfCheckInARowAreTooManyForAReadyService() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("s", "rm -f bad; exec sleep 1000");
            Supervised service = new Supervised(stage, "s")
                    .withScript("check", "[ ! -e bad ]")
                    .with("liveness", "100")
                    .start();
            service.await("ready 1", "starts 1");
            stage.write("s/bad", "");
            service.await("ready 1", "starts 2", "readies 2", "signal 15", "want up");
            assertThat(service.errors())
                    .isEqualTo("supervise: warning: s does not show that it lives: restarting it\n");
        }
    }
}

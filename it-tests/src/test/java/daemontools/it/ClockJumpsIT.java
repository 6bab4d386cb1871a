package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What is to happen after some time happens then, and not before, however the clock of the day is set: here it stands still
 * but for jumps.
 */
@Execution(ExecutionMode.CONCURRENT)
class ClockJumpsIT {
    private static final String NOW = "2020-01-01 00:00:00";
    private static final long NOW_SECONDS = 1_577_836_800;
    private static final String YEARS_BEFORE = "2010-01-01 00:00:00";
    private static final String YEARS_LATER = "2030-01-01 00:00:00";
    private static final long YEARS_LATER_SECONDS = 1_893_456_000;
    private static final String LONG = "600000";

    @BeforeAll
    static void assumeClock() throws Exception {
        FakeClock.assumeRelinked();
    }

    private static void jump(Stage stage, String time) throws Exception {
        stage.sh(FakeClock.FUNCTIONS + "jump " + time);
    }

    private static Supervised start(Stage stage, Supervised service) throws Exception {
        stage.write("s/supervise/details", "");
        service.is(stage.start("s", "/bin/sh", "-c", FakeClock.FUNCTIONS + "jump " + NOW + "; jumping supervise s"));
        return service;
    }

    /** When this returns, all that is due by now has happened, and stands in the details. */
    private static void look(Stage stage, Supervised service) throws Exception {
        stage.write("s/supervise/details", "");
        service.send("?");
        service.awaitCount("starts", 1);
        Stage.awaitIdle(service.supervise());
    }

    @Test
    void aServiceThatIgnoresTermIsKilledInItsTime() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("s", "trap '' TERM; echo > runs; while :; do sleep 1; done");
            Supervised service = start(stage, new Supervised(stage, "s").with("timeout-kill", LONG));
            stage.awaitContent("s/runs", "\n");
            service.send("d");
            service.await("want down");
            jump(stage, YEARS_LATER);
            look(stage, service);
            service.await("state up", "ends 0");
            stage.write("s/timeout-kill", "300");
            service.send("u");
            Kernel.signal(service.number("pid"), "KILL");
            service.await("state up", "starts 2");
            Await.until(
                    "the trap is set",
                    () -> stage.sh("grep -q 'SigIgn:.*4...$' /proc/" + service.detail("pid") + "/status")
                                    .code()
                            == 0);
            service.send("d");
            jump(stage, YEARS_BEFORE);
            service.await("state down", "signal 9", "ends 2");
        }
    }

    @Test
    void finishIsKilledInItsTime() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("s", "exec sleep 1000");
            Supervised service = start(
                    stage,
                    new Supervised(stage, "s")
                            .with("timeout-finish", LONG)
                            .withScript("finish", "echo >> finishes; exec sleep 1000"));
            service.await("state up");
            Kernel.signal(service.pid(), "KILL");
            stage.awaitContent("s/finishes", "\n");
            jump(stage, YEARS_LATER);
            look(stage, service);
            service.await("state finishing", "finishes 0");
        }
    }

    @Test
    void theNextStartIsSaidByTheClockOfTheMomentAndComesWhenItIsDue() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("s", "exit 1");
            Supervised service = start(stage, new Supervised(stage, "s").with("back-off", LONG));
            service.await("state down", "starts 4");
            assertThat(secondsToStart(service, NOW_SECONDS)).isBetween(0.0, 8.0);
            jump(stage, YEARS_LATER);
            look(stage, service);
            service.await("state down", "starts 4");
            assertThat(secondsToStart(service, YEARS_LATER_SECONDS)).isBetween(0.0, 8.0);
            jump(stage, YEARS_BEFORE);
            service.await("state down", "starts 5");
            jump(stage, NOW);
            service.send("u");
            service.await("state down", "starts 6");
        }
    }

    private static double secondsToStart(Supervised service, long now) throws Exception {
        return Double.parseDouble(service.detail("next-start")) - now;
    }

    @Test
    void endsAreCountedWithinTheirTime() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("s", "exec sleep 1000");
            Supervised service = start(stage, new Supervised(stage, "s").with("max-deaths", "2 " + LONG));
            service.await("state up", "starts 1");
            Kernel.signal(service.number("pid"), "KILL");
            service.await("state up", "starts 2", "failed 0");
            jump(stage, YEARS_LATER);
            Kernel.signal(service.number("pid"), "KILL");
            service.await("state down", "failed 1", "want down");

            stage.write("s/max-deaths", "2 1");
            service.send("u");
            service.await("state up", "starts 3", "failed 0");
            Kernel.signal(service.number("pid"), "KILL");
            service.await("state up", "starts 4");
            Kernel.signal(service.number("pid"), "KILL");
            service.await("state up", "starts 5", "failed 0");
        }
    }

    @Test
    void aServiceIsStuckWhenItHasNotSaidThatItLivesForItsTime() throws Exception {
        assumeTrue(Files.exists(Path.of("/usr/bin/perl")), "perl is not there");
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service(
                    "s",
                    "perl -MSocket -e 'socket(S, PF_UNIX, SOCK_DGRAM, 0); send(S, \"READY=1\", 0,"
                            + " sockaddr_un($ENV{NOTIFY_SOCKET})); exec \"sleep\", \"1000\"'");
            Supervised service = start(
                    stage,
                    new Supervised(stage, "s").with("notification-socket", "").with("liveness", LONG));
            service.await("ready 1", "starts 1");
            jump(stage, YEARS_LATER);
            look(stage, service);
            service.await("ready 1", "starts 1");
            stage.write("s/liveness", "300");
            service.send("r");
            service.awaitCount("readies", 2);
            jump(stage, YEARS_BEFORE);
            service.awaitCount("readies", 3);
            assertThat(service.errors()).contains("s does not show that it lives: restarting it\n");
        }
    }

    @Test
    void checkGoesOn() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("s", "exec sleep 1000");
            Supervised service = start(
                    stage,
                    new Supervised(stage, "s")
                            .with("liveness", LONG)
                            .withScript("check", "echo >> checks; [ -e good ]"));
            stage.awaitContent("s/checks", "\n");
            jump(stage, YEARS_BEFORE);
            stage.awaitContent("s/checks", "\n\n+");
            stage.write("s/good", "");
            service.await("ready 1");
            String checks = stage.read("s/checks");
            jump(stage, YEARS_LATER);
            look(stage, service);
            assertThat(stage.read("s/checks")).isEqualTo(checks);
        }
    }

    // ---- multilog ----

    private static List<String> old(Stage stage) throws Exception {
        return stage.sh("ls d | grep @").out().lines().toList();
    }

    /** Each rotation has to have a name of its own at a clock that stands still, and one behind the last after a jump back. */
    @Test
    void filesEndInTheirTimeAndTheirNamesNeverCollideNorGoBackwards() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.sh("mkfifo in");
            Process multilog = stage.start(
                    "log",
                    "/bin/sh",
                    "-c",
                    FakeClock.FUNCTIONS + "jump " + NOW + "; jumping multilog T R1 n1000 ./d <> in");
            String written = "";
            int files = 0;
            for (String time : List.of(NOW, NOW, YEARS_BEFORE, YEARS_LATER, YEARS_BEFORE, NOW)) {
                jump(stage, time);
                String line = "line " + files;
                written += line + "\n";
                stage.sh("echo " + line + " > in");
                int wanted = ++files;
                List<String> before = wanted == 1 ? List.of() : old(stage);
                Await.until("a file has ended", () -> old(stage).size() == wanted);
                assertThat(old(stage).subList(0, wanted - 1)).isEqualTo(before);
            }
            assertThat(stage.sh("cat d/@* | sed 's/.*Z //'").out()).isEqualTo(written);
            multilog.destroy();
        }
    }

    @Test
    void aFileIsNotEndedBeforeItsTime() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.sh("mkfifo in");
            stage.start(
                    "log",
                    "/bin/sh",
                    "-c",
                    FakeClock.FUNCTIONS + "jump " + NOW + "; jumping multilog T R600 ./d <> in");
            stage.sh("echo one > in");
            stage.awaitContent("d/current", "2020.*Z one\n");
            jump(stage, YEARS_LATER);
            stage.sh("echo two > in");
            stage.awaitContent("d/current", "2020.*Z one\n2030.*Z two\n");
        }
    }
}

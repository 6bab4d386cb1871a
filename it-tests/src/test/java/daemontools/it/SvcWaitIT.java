package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code svc --wait} and the commands of svc's other long options, which 0.76 does not have. */
@Execution(ExecutionMode.CONCURRENT)
class SvcWaitIT {
    private static final Result DONE = new Result("", "", 0);
    /** How many restarts are tried: {@code -Ddaemontools.restarts=1000} for a long run. */
    private static final int RESTARTS = Integer.getInteger("daemontools.restarts", 12);
    /** So many that a restart often, but not always, comes in the second in which its supervise is deaf. */
    private static final int RESTARTED = Math.max(3, RESTARTS / 20);

    private static Result says(int code, String line) {
        return new Result("", line + "\n", code);
    }

    @Test
    void waitsForUpAndDown() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("a", "exec sleep 1000");
            stage.write("a/down", "");
            stage.supervise("a");
            assertThat(stage.run("svc", "--wait=down", "a")).isEqualTo(DONE);
            assertThat(stage.run("svc", "-u", "--wait=up", "a")).isEqualTo(DONE);
            assertThat(stage.svstat("a")).startsWith("up ");
            assertThat(stage.run("svc", "--wait=up", "--timeout=0", "a")).isEqualTo(DONE);
            assertThat(stage.run("svc", "--wait=down", "-d", "a")).isEqualTo(DONE);
            assertThat(stage.svstat("a")).startsWith("down ");
        }
    }

    @Test
    void aDownThatTakesItsTimeIsWaitedFor() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("a", "trap 'sleep 1; touch ended; exit' TERM; touch started; while :; do sleep 0.1; done");
            stage.supervise("a");
            Await.until("a has set its trap", () -> Files.exists(stage.path("a/started")));
            assertThat(stage.run("svc", "-d", "--wait=down", "a")).isEqualTo(DONE);
            assertThat(stage.path("a/ended")).exists();
        }
    }

    @Test
    void finishedIsWhenFinishHasEnded() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("a", "exec sleep 1000");
            stage.script("a/finish", "sleep 1; touch finished");
            stage.supervise("a");
            stage.pid("a");
            assertThat(stage.run("svc", "-d", "--wait=down", "a")).isEqualTo(DONE);
            assertThat(stage.path("a/finished")).doesNotExist();
            assertThat(stage.run("svc", "--wait=finished", "a")).isEqualTo(DONE);
            assertThat(stage.path("a/finished")).exists();
        }
    }

    @Test
    void readyIsWhenTheServiceSaysSo() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("a", "sleep 1; touch ready; echo >&5; exec sleep 1000");
            stage.write("a/notification-fd", "5\n");
            stage.supervise("a");
            assertThat(stage.run("svc", "--wait=ready", "a")).isEqualTo(DONE);
            assertThat(stage.path("a/ready")).exists();
            long pid = stage.pid("a");
            Files.delete(stage.path("a/ready"));
            assertThat(stage.run("svc", "--restart", "--wait=ready", "a")).isEqualTo(DONE);
            assertThat(stage.path("a/ready")).exists();
            assertThat(stage.pid("a")).isNotEqualTo(pid);
        }
    }

    @Test
    void aServiceThatDoesNotSaySoIsReadyWhenItIsUp() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("a", "exec sleep 1000");
            stage.supervise("a");
            assertThat(stage.run("svc", "--wait=ready", "--timeout=30", "a")).isEqualTo(DONE);
        }
    }

    @Test
    void whoDoesNotGetThereInTimeIsNamed() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            for (String name : List.of("a", "b", "c")) stage.service(name, "exec sleep 1000");
            stage.write("a/notification-fd", "5\n");
            stage.write("c/down", "");
            for (String name : List.of("a", "b", "c")) stage.supervise(name);
            stage.pid("b");
            assertThat(stage.run("svc", "--wait=ready", "--timeout=0.5", "a", "b", "c"))
                    .isEqualTo(says(99, "svc: a: not ready after 0.5 seconds\nsvc: c: not ready after 0.5 seconds"));
            assertThat(stage.run("svc", "--wait=up", "--timeout=1", "b", "c"))
                    .isEqualTo(says(99, "svc: c: not up after 1 second"));
        }
    }

    @Test
    void restartedCountsFromTheCommandOn() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("a", "exec sleep 1000");
            stage.supervise("a");
            for (String command : List.of("--restart", "-t", "-k", "-du")) {
                long before = stage.pid("a");
                assertThat(stage.run("svc", command, "--wait=restarted", "a")).isEqualTo(DONE);
                assertThat(stage.pid("a")).isNotEqualTo(before);
            }
        }
    }

    @Test
    void aStateThatIsLeftAgainAtOnceWasReached() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("a", "exit 0");
            stage.supervise("a");
            assertThat(stage.run("svc", "--wait=up", "--timeout=30", "a")).isEqualTo(DONE);
            assertThat(stage.run("svc", "--wait=down", "--timeout=30", "a")).isEqualTo(DONE);
            assertThat(stage.run("svc", "--wait=restarted", "--timeout=30", "a"))
                    .isEqualTo(DONE);
        }
    }

    @Test
    void aServiceThatHasFailedForGoodIsNotWaitedFor() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("a", "test -e fine || exit 1; exec sleep 1000");
            stage.script("a/finish", "exit 125");
            stage.supervise("a");
            assertThat(stage.run("svc", "--wait=finished", "a")).isEqualTo(DONE);
            assertThat(stage.run("svc", "--wait=up", "a")).isEqualTo(says(1, "svc: a: has failed for good"));
            stage.write("a/fine", "");
            assertThat(stage.run("svc", "-u", "--wait=up", "a")).isEqualTo(DONE);
        }
    }

    @Test
    void aSuperviseThatGoesIsNotWaitedFor() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("a", "exec sleep 1000");
            Process supervise = stage.supervise("a");
            stage.pid("a");
            Process svc = stage.start("svc", "svc", "--wait=down", "a");
            awaitWaiting(stage, svc);
            supervise.destroyForcibly().waitFor();
            assertThat(svc.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(svc.exitValue()).isEqualTo(102);
            assertThat(stage.read("svc.err")).isEqualTo("svc: a: its supervise has gone\n");
            assertThat(stage.run("svc", "-u", "--wait=up", "a"))
                    .isEqualTo(says(102, "svc: warning: unable to control a: supervise not running"));
            assertThat(stage.run("svc", "--wait=up", "b"))
                    .isEqualTo(says(111, "svc: warning: unable to chdir to b: file does not exist"));
        }
    }

    @Test
    void aSuperviseThatWasToldToLeaveHasDoneSoOnceAllIsDown() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("a", "exec sleep 1000");
            stage.script("a/finish", "sleep 0.5; touch finished");
            stage.supervise("a");
            stage.pid("a");
            assertThat(stage.run("svc", "-dx", "--wait=finished", "a")).isEqualTo(DONE);
            assertThat(stage.path("a/finished")).exists();
        }
    }

    @Test
    void ctrlCEndsIt() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("a", "exec sleep 1000");
            stage.supervise("a");
            stage.pid("a");
            Process svc = stage.start("svc", "svc", "--wait=down", "a");
            awaitWaiting(stage, svc);
            stage.sh("kill -INT " + svc.pid());
            assertThat(svc.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(svc.exitValue()).isEqualTo(130);
        }
    }

    /** Waits until a process sleeps in poll, waiting for what may come. */
    private static void awaitWaiting(Stage stage, Process svc) throws Exception {
        Await.until("svc has opened the control fifo", () -> {
            return stage.sh("ls -l /proc/" + svc.pid() + "/fd").out().contains("supervise/control");
        });
    }

    @Test
    void theOriginalsSuperviseIsWaitedForByItsStatus() throws Exception {
        Commands original = Commands.assumeOriginal();
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("a", "exec sleep 1000");
            stage.start("supervise", original.path("supervise").toString(), "a");
            stage.awaitSupervised("a");
            assertThat(stage.run("svc", "--wait=up", "a")).isEqualTo(DONE);
            long before = stage.pid("a");
            assertThat(stage.run("svc", "-t", "--wait=restarted", "a")).isEqualTo(DONE);
            assertThat(stage.pid("a")).isNotEqualTo(before);
            assertThat(stage.run("svc", "-d", "--wait=down", "a")).isEqualTo(DONE);
            assertThat(stage.svstat("a")).startsWith("down ");
            stage.write("a/notification-fd", "5\n");
            assertThat(stage.run("svc", "-u", "--wait=ready", "--timeout=3", "a"))
                    .isEqualTo(says(99, "svc: a: not ready after 3 seconds"));
        }
    }

    @Test
    void signalsAreSentByTheirNames() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            assertThat(stage.sh("""
                    mkdir -p s/supervise; mkfifo s/supervise/control; exec 9<>s/supervise/control
                    svc --signal=HUP --signal=SIGUSR1 --signal=28 --restart --reload s; echo $?
                    dd bs=100 count=1 status=none <&9; echo; svc --signal=SEGV s; echo $?
                    """)).satisfies(result -> {
                assertThat(result.out()).isEqualTo("0\nh1wrl\n100\n");
                assertThat(result.err()).startsWith("svc: illegal argument -- signal=SEGV\nsvc: usage: svc ");
            });
        }
    }

    @Test
    void wrongUseIsReported() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            for (String word : List.of(
                    "--wait=",
                    "--wait=upp",
                    "--wait",
                    "--timeout=",
                    "--timeout=-1",
                    "--timeout=1.2.3",
                    "--timeout=5",
                    "--restart=now",
                    "--other",
                    "--wait=up=")) {
                Result result = stage.run("svc", word, "a");
                assertThat(result.code()).as(word).isEqualTo(100);
                assertThat(result.err()).as(word).endsWith("[dir ...]\n");
            }
        }
    }

    /** Each answer is checked: another process runs, that was started after the command. */
    @Test
    void randomRestartsAreEachWaitedFor() throws Exception {
        Random random = new Random(1);
        List<String> commands = List.of("--restart", "-t", "-k", "-du", "-i");
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            List<String> names =
                    IntStream.range(0, RESTARTED).mapToObj(i -> "s" + i).toList();
            for (String name : names) {
                stage.service(name, "echo $$ >> pids; exec sleep 1000");
                stage.supervise(name);
                stage.awaitContent(name + "/pids", "\\d+\n");
            }
            for (int i = 0; i < RESTARTS; i++) {
                String name = names.get(random.nextInt(names.size()));
                List<String> before = Files.readAllLines(stage.path(name + "/pids"));
                String command = commands.get(random.nextInt(commands.size()));
                Result result = stage.run("svc", command, "--wait=restarted", "--timeout=60", name);
                assertThat(result).as(i + ": " + command).isEqualTo(DONE);
                List<String> started = new ArrayList<>();
                Await.until("the process that was started has said so", () -> {
                    started.clear();
                    started.addAll(Files.readAllLines(stage.path(name + "/pids")));
                    return started.size() > before.size();
                });
                assertThat(started).as(i + ": " + command).hasSize(before.size() + 1);
            }
        }
    }
}

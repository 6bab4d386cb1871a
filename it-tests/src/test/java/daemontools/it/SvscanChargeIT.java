package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What svscan does beyond 0.76 where it is in charge of a tree. */
@ParameterizedClass(name = "{0}")
@EnumSource(Manner.class)
@Execution(ExecutionMode.CONCURRENT)
class SvscanChargeIT {
    private static final int LONGEST_END_SECONDS = 60;

    @Parameter
    private Manner manner;

    private static int codeOf(Process svscan) throws Exception {
        assertThat(svscan.waitFor(LONGEST_END_SECONDS, TimeUnit.SECONDS))
                .as("ended")
                .isTrue();
        return svscan.exitValue();
    }

    private int codeAfter(Process svscan, String signal) throws Exception {
        Kernel.signal(manner.pid(svscan), signal);
        return codeOf(svscan);
    }

    private void awaitRest(Process svscan) throws Exception {
        long pid = manner.pid(svscan);
        Await.until("svscan rests", () -> Kernel.waitsForEver(pid));
    }

    private static void awaitEnd(Stage stage, String service) throws Exception {
        stage.awaitStatus(service, "supervise not running|unable to chdir.*");
    }

    @Test
    void restsUntilALinkIsMadeOrASuperviseDies() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("services/a", "echo $PPID > supervisor; exec sleep 1000");
            stage.service("elsewhere/b", "exec sleep 1000");
            Process svscan = manner.start(stage);
            stage.awaitSupervised("services/a");
            awaitRest(svscan);
            stage.sh("ln -s ../elsewhere/b services/b");
            stage.awaitSupervised("elsewhere/b");
            awaitRest(svscan);
            stage.run("svc", "-dx", "services/a");
            awaitEnd(stage, "services/a");
            stage.awaitSupervised("services/a");
            awaitRest(svscan);
            assertThat(codeAfter(svscan, "TERM")).isZero();
            assertThat(stage.read("svscan.err")).isEmpty();
        }
    }

    @Test
    void restsThoughALinksTargetLiesElsewhereAndSeesThatItIsReplaced() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("elsewhere/a", "exec sleep 1000");
            stage.service("new", "exec sleep 1000");
            stage.sh("mkdir services; ln -s ../elsewhere/a services/a");
            Process svscan = manner.start(stage);
            stage.awaitSupervised("elsewhere/a");
            awaitRest(svscan);
            stage.sh("mv elsewhere/a old; mv new elsewhere/a");
            stage.awaitSupervised("elsewhere/a");
            awaitEnd(stage, "old");
            assertThat(codeAfter(svscan, "TERM")).isZero();
        }
    }

    @Test
    void aServiceWhoseLinkIsGoneIsTakenDownAndItsLogReadsToTheEnd() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("elsewhere/a", """
                    trap 'told=yes' TERM
                    n=0
                    until [ $told ]; do n=$((n+1)); echo $n; done
                    echo last $n""");
            stage.service("elsewhere/a/log", "exec multilog s16777215 ./main");
            stage.service("services/b", "exec sleep 1000");
            stage.sh("ln -s ../elsewhere/a services/a");
            Process svscan = manner.start(stage);
            stage.awaitContent("elsewhere/a/log/main/current", "1\n.*");
            stage.sh("rm services/a");
            awaitEnd(stage, "elsewhere/a");
            awaitEnd(stage, "elsewhere/a/log");
            assertThat(stage.run("svok", "services/b").code()).isZero();
            List<String> lines =
                    stage.read("elsewhere/a/log/main/current").lines().toList();
            int count = lines.size() - 1;
            assertThat(lines.getLast()).isEqualTo("last " + count);
            assertThat(lines.subList(0, count))
                    .isEqualTo(IntStream.rangeClosed(1, count)
                            .mapToObj(Integer::toString)
                            .toList());
            assertThat(codeAfter(svscan, "TERM")).isZero();
        }
    }

    @Test
    void aServiceWhoseLinkIsBackIsStartedAgainWhenItHasEnded() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("elsewhere/a", """
                    echo start >> starts
                    trap 'echo told; until [ -e may-end ]; do sleep 0.1; done; exit' TERM
                    while :; do sleep 0.1; done""");
            stage.service("elsewhere/a/log", "exec cat >> lines");
            stage.sh("mkdir services; ln -s ../elsewhere/a services/a");
            Process svscan = manner.start(stage);
            stage.awaitContent("elsewhere/a/starts", "start\n");
            stage.sh("rm services/a");
            stage.awaitContent("elsewhere/a/log/lines", "told\n");
            stage.sh("ln -s ../elsewhere/a services/a; touch elsewhere/a/may-end");
            stage.awaitContent("elsewhere/a/starts", "start\nstart\n");
            assertThat(codeAfter(svscan, "TERM")).isZero();
            assertThat(stage.read("elsewhere/a/log/lines")).isEqualTo("told\ntold\n");
        }
    }

    @Test
    void hangUpDoesNotEndIt() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("services/a", "exec sleep 1000");
            Process svscan = manner.start(stage);
            stage.awaitSupervised("services/a");
            awaitRest(svscan);
            Kernel.signal(manner.pid(svscan), "HUP");
            stage.service("services/b", "exec sleep 1000");
            stage.awaitSupervised("services/b");
            assertThat(codeAfter(svscan, "TERM")).isZero();
        }
    }

    @Test
    void aSecondOneOnTheSameDirectoryIsRefused() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("services/a", "exec sleep 1000");
            Process svscan = manner.start(stage);
            stage.awaitSupervised("services/a");
            assertThat(stage.run("svscan", "--stop-on-term", "services"))
                    .isEqualTo(new Result(
                            "", "svscan: fatal: unable to lock services: another svscan is in charge of it\n", 111));
            assertThat(codeAfter(svscan, "TERM")).isZero();
            Process next = manner.start(stage);
            stage.awaitSupervised("services/a");
            assertThat(codeAfter(next, "TERM")).isZero();
        }
    }

    @Test
    void whatIsDeafToTermIsKilledWhenTheGraceTimeIsOver() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("services/deaf", "trap 'echo no' TERM; echo ready\nwhile :; do sleep 0.1; done");
            stage.service("services/deaf/log", "exec cat >> lines");
            Process svscan = manner.start(stage, "--grace=1");
            stage.awaitContent("services/deaf/log/lines", "ready\n");
            assertThat(codeAfter(svscan, "TERM")).isZero();
            assertThat(stage.svstat("services/deaf")).isEqualTo("supervise not running");
            assertThat(stage.read("services/deaf/log/lines")).startsWith("ready\n");
        }
    }

    @Test
    void aLogThatDoesNotEndIsToldToAndThenKilled() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("services/a", "exec sleep 1000");
            stage.service("services/a/log", "trap 'echo told >> told' TERM; echo > ready; while :; do sleep 0.1; done");
            Process svscan = manner.start(stage, "--grace=1");
            stage.awaitContent("services/a/log/ready", "\n");
            assertThat(codeAfter(svscan, "TERM")).isZero();
            assertThat(stage.read("services/a/log/told")).isEqualTo("told\n");
        }
    }

    @Test
    void theEndOfAnEssentialServiceIsTheEndOfAllWithItsExitCode() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service(
                    "services/main",
                    "[ -e once ] || { touch once; exit 7; }; until [ -e go ]; do sleep 0.1; done; exit 3");
            stage.write("services/main/essential", "");
            stage.service("services/other", "exec sleep 1000");
            Process svscan = manner.start(stage);
            stage.awaitSupervised("services/other");
            stage.awaitContent("services/main/once", "");
            awaitRest(svscan);
            stage.run("svc", "-o", "services/main");
            stage.write("services/main/go", "");
            assertThat(codeOf(svscan)).isEqualTo(3);
            assertThat(stage.svstat("services/other")).isEqualTo("supervise not running");
            assertThat(stage.read("svscan.err"))
                    .isEqualTo("svscan: warning: main, which is essential, has ended: ending all services\n");
        }
    }

    @Test
    void anEssentialServiceThatFailsForGoodEndsAll() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("services/main", "exit 4");
            stage.script("services/main/finish", "exit 125");
            stage.write("services/main/essential", "");
            Process svscan = manner.start(stage);
            assertThat(codeOf(svscan)).isEqualTo(4);
        }
    }

    @Test
    void anEssentialServiceThatDiesTooOftenEndsAllWithItsSignal() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("services/main", "kill -KILL $$");
            stage.write("services/main/max-deaths", "2 60000\n");
            stage.write("services/main/essential", "");
            Process svscan = manner.start(stage);
            assertThat(codeOf(svscan)).isEqualTo(128 + 9);
        }
    }

    @Test
    void anEssentialServiceThatIsDownFromTheStartDoesNotEndAllWhateverAnEarlierSuperviseNoted() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("services/main", "exit 3");
            stage.write("services/main/down", "");
            stage.write("services/main/essential", "");
            Process svscan = manner.start(stage);
            stage.awaitSupervised("services/main");
            stage.awaitContent("services/main/supervise/details", ".*ends 0\n.*");
            awaitRest(svscan);
            stage.run("svc", "-o", "services/main");
            assertThat(codeOf(svscan)).isEqualTo(3);
            Process next = manner.start(stage);
            stage.awaitContent("services/main/supervise/details", ".*ends 0\n.*");
            awaitRest(next);
            assertThat(codeAfter(next, "TERM")).isZero();
        }
    }

    @Test
    void theCatchAllLogReadsWhatAllOthersPrintToTheEnd() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("services/log-of-all", "echo started >&2; exec cat >> lines");
            stage.service(
                    "services/plain",
                    "echo out; echo err >&2; trap 'echo last; exit' TERM; while :; do sleep 0.1; done");
            stage.service("services/logged", "echo mine; echo complaint >&2; exec sleep 1000");
            stage.service("services/logged/log", "exec cat >> lines");
            stage.sh("ln -s nowhere services/dangling");
            Process svscan = manner.start(stage, "--log=log-of-all");
            stage.awaitContent("services/logged/log/lines", "mine\n");
            Await.until("all lines", () -> {
                String lines = Files.exists(stage.path("services/log-of-all/lines"))
                        ? stage.read("services/log-of-all/lines")
                        : "";
                return List.of(
                                "out\n",
                                "err\n",
                                "complaint\n",
                                "svscan: warning: unable to stat dangling: file does not exist\n")
                        .stream()
                        .allMatch(lines::contains);
            });
            assertThat(codeAfter(svscan, "TERM")).isZero();
            assertThat(stage.read("services/log-of-all/lines"))
                    .endsWith("last\n")
                    .doesNotContain("mine", "started");
            // It may have been started again at the end of its input, just before it was told not to be.
            assertThat(stage.read("svscan.err")).matches("(started\n)+");
            assertThat(stage.svstat("services/log-of-all")).isEqualTo("supervise not running");
        }
    }

    @Test
    void nothingIsLostWhenTheCatchAllLogIsStartedAgain() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("services/all", "exec multilog s16777215 ./main");
            stage.service("services/count", """
                    trap 'told=yes' TERM
                    n=0
                    until [ $told ]; do n=$((n+1)); echo $n; done
                    echo last $n""");
            Process svscan = manner.start(stage, "--log=all");
            stage.awaitContent("services/all/main/current", ".*\n100\n.*");
            stage.run("svc", "-t", "services/all");
            stage.run("svc", "-x", "services/all");
            stage.run("svc", "-dx", "services/all");
            awaitEnd(stage, "services/all");
            stage.awaitSupervised("services/all");
            assertThat(codeAfter(svscan, "TERM")).isZero();
            List<String> lines = stage.read("services/all/main/current").lines().toList();
            int count = lines.size() - 1;
            assertThat(lines.getLast()).isEqualTo("last " + count);
        }
    }

    @Test
    void aCatchAllLogThatIsNotThereIsSaidBeforeAnythingIsStarted() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("services/a", "exec sleep 1000");
            Process svscan = manner.start(stage, "--log=none");
            assertThat(codeOf(svscan)).isEqualTo(111);
            assertThat(stage.read("svscan.err"))
                    .isEqualTo("svscan: fatal: unable to start the log none: file does not exist\n");
            assertThat(stage.path("services/a/supervise")).doesNotExist();
        }
    }

    /** Prints each datagram that comes, and a line of dashes. */
    private static final String LISTEN = """
            use IO::Socket::UNIX;
            my $socket = IO::Socket::UNIX->new(Type => SOCK_DGRAM, Local => "socket") or die;
            $| = 1;
            print "ready\\n";
            while (defined $socket->recv($message, 4096)) { print "$message\\n--\\n" }
            """;

    @Test
    void theServiceManagerIsToldWhenAllAreUpAndReadyAndServicesDoNotFindItsSocket() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            assumeTrue(stage.sh("command -v perl").code() == 0, "perl is missing");
            stage.service("services/plain", "env > variables; exec sleep 1000");
            stage.service("services/slow", "until [ -e go ]; do sleep 0.1; done; echo >&3; exec sleep 1000");
            stage.write("services/slow/notification-fd", "3\n");
            stage.service("services/down", "exec sleep 1000");
            stage.write("services/down/down", "");
            stage.write("listen", LISTEN);
            stage.start("manager", "/usr/bin/perl", "listen");
            stage.awaitContent("manager.out", "ready\n");
            Process svscan = manner.start(stage, List.of("NOTIFY_SOCKET=" + stage.path("socket"), "MINE=yes"));
            stage.awaitContent("manager.out", ".*STATUS=services: 1 up, 1 starting, 1 down\n--\n");
            assertThat(stage.read("manager.out")).doesNotContain("READY");
            stage.write("services/slow/go", "");
            stage.awaitContent("manager.out", ".*--\nREADY=1\nSTATUS=services: 2 up, 1 down\n--\n");
            awaitRest(svscan);
            stage.run("svc", "-d", "services/plain");
            stage.awaitContent("manager.out", ".*--\nSTATUS=services: 1 up, 2 down\n--\n");
            assertThat(codeAfter(svscan, "TERM")).isZero();
            stage.awaitContent("manager.out", ".*--\nSTOPPING=1\nSTATUS=ending the services\n--\n");
            assertThat(stage.read("services/plain/variables"))
                    .contains("MINE=yes\n")
                    .doesNotContain("NOTIFY_SOCKET");
        }
    }

    @Test
    void anotherUserThanRootCanBeInCharge() throws Exception {
        assumeTrue(manner == Manner.WITH_THE_OPTION, "root of a namespace of its own has no other users");
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.assumeMayBeRunBy("nobody");
            stage.service("services/all", "exec cat >> lines");
            stage.service("services/main", "id -un; until [ -e go ]; do sleep 0.1; done; exit 5");
            stage.write("services/main/essential", "");
            stage.service("services/gone", "exec sleep 1000");
            stage.sh("chown -R nobody services");
            Process svscan = stage.start(
                    "svscan",
                    "setuidgid",
                    "nobody",
                    stage.commands().path("svscan").toString(),
                    "--stop-on-term",
                    "--grace=5",
                    "--log=all",
                    "services");
            stage.awaitSupervised("services/gone");
            awaitRest(svscan);
            stage.sh("mv services/gone elsewhere");
            awaitEnd(stage, "elsewhere");
            stage.run("svc", "-o", "services/main");
            stage.write("services/main/go", "");
            assertThat(codeOf(svscan)).isEqualTo(5);
            assertThat(stage.read("services/all/lines"))
                    .contains(
                            "nobody\n", "svscan: warning: main, which is essential, has ended: ending all services\n");
        }
    }

    @Test
    void whatItNeedsToBeInChargeIsSaidWhereItIsNot() throws Exception {
        assumeTrue(manner == Manner.WITH_THE_OPTION, "the first process is in charge");
        String usage = "\nsvscan: usage: svscan [--stop-on-term] [--grace=SECONDS] [--log=NAME] [dir],"
                + " svscan --check [--json] [dir]\n";
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.sh("mkdir services");
            assertThat(stage.run("svscan", "--grace=5", "services"))
                    .isEqualTo(new Result("", "svscan: option needs --stop-on-term -- grace" + usage, 100));
            assertThat(stage.run("svscan", "--log=a", "services"))
                    .isEqualTo(new Result("", "svscan: option needs --stop-on-term -- log" + usage, 100));
            for (String grace : List.of("", "-1", "5s", "12345678901")) {
                assertThat(stage.run("svscan", "--stop-on-term", "--grace=" + grace, "services"))
                        .isEqualTo(new Result("", "svscan: not a number of seconds -- grace" + usage, 100));
            }
            for (String log : List.of("", ".log", "a/log")) {
                assertThat(stage.run("svscan", "--stop-on-term", "--log=" + log, "services"))
                        .isEqualTo(new Result(
                                "", "svscan: not the name of a service in the directory -- log" + usage, 100));
            }
        }
    }
}

package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass(name = "{0}")
@EnumSource(
        value = Mix.class,
        names = {"ALL_OURS", "OUR_CLIENTS", "OUR_DAEMONS"})
@Execution(ExecutionMode.CONCURRENT)
@Spec("2")
class SuperviseIT {
    @Parameter
    Mix mix;

    /** Appends the name of each signal it gets to the file "got". */
    private static final String SIGNAL_RECORDER = """
            for s in HUP ALRM INT TERM; do trap "echo $s >> got" $s; done
            echo ready >> got
            while :; do sleep 1000 & wait $!; kill $!; done
            """;

    @Test
    @Spec({"2.2", "2.3"})
    void startsTheServiceAndTellsItsPid() throws Exception {
        try (Stage stage = new Stage(mix.commands())) {
            stage.service("hello", "echo $$ > pid; exec sleep 1000");
            stage.supervise("hello");
            long pid = stage.pid("hello");
            stage.awaitContent("hello/pid", pid + "\n");
        }
    }

    @Test
    @Spec({"2.3", "2.4"})
    void startsAServiceThatDiedAgain() throws Exception {
        try (Stage stage = new Stage(mix.commands())) {
            stage.service("hello", "echo start >> starts; exec sleep 1000");
            stage.supervise("hello");
            long first = stage.pid("hello");
            stage.awaitContent("hello/starts", "start\n");
            ProcessHandle.of(first).orElseThrow().destroyForcibly();
            Await.until("another pid", () -> stage.svstat("hello").startsWith("up") && stage.pid("hello") != first);
            stage.awaitContent("hello/starts", "start\nstart\n");
        }
    }

    @Test
    @Spec({"2.1", "2.4"})
    void leavesAServiceDownThatHasADownFileUntilItIsToldToStartIt() throws Exception {
        Differential.compare(mix.commands(), stage -> {
            stage.service("hello", "exec sleep 1000");
            stage.write("hello/down", "");
            stage.supervise("hello");
            stage.note(stage.awaitStatus("hello", "down .*").replaceAll("\\d+", "N"));
            stage.run("svc", "-u", "hello");
            stage.note(
                    stage.awaitStatus("hello", "up .* seconds, normally down").replaceAll("\\d+", "N"));
        });
    }

    @ParameterizedTest(name = "svc -{0} gives {1}")
    @CsvSource({"h, HUP", "a, ALRM", "i, INT", "t, TERM"})
    @Spec("2.4")
    void passesSignalsOn(String letter, String signal) throws Exception {
        Differential.compare(mix.commands(), stage -> {
            stage.service("hello", SIGNAL_RECORDER);
            stage.supervise("hello");
            stage.awaitContent("hello/got", "ready\n");
            stage.run("svc", "-" + letter, "hello");
            stage.awaitContent("hello/got", "ready\n" + signal + "\n");
            stage.note(stage.svstat("hello").replaceAll("\\d+", "N"));
        });
    }

    @Test
    @Spec("2.4")
    void killsOnKAndStartsAgain() throws Exception {
        try (Stage stage = new Stage(mix.commands())) {
            stage.service("hello", SIGNAL_RECORDER);
            stage.supervise("hello");
            long first = stage.pid("hello");
            stage.run("svc", "-k", "hello");
            Await.until("another pid", () -> stage.svstat("hello").startsWith("up") && stage.pid("hello") != first);
        }
    }

    @Test
    @Spec("2.4")
    void takesTheServiceDownAndUp() throws Exception {
        Differential.compare(mix.commands(), stage -> {
            stage.service("hello", "exec sleep 1000");
            stage.supervise("hello");
            stage.run("svc", "-d", "hello");
            stage.note(stage.awaitStatus("hello", "down .*").replaceAll("\\d+", "N"));
            stage.run("svc", "-u", "hello");
            stage.note(stage.awaitStatus("hello", "up .*").replaceAll("\\d+", "N"));
        });
    }

    @Test
    @Spec("2.4")
    void waitsForAServiceThatIgnoresTermAndSaysThatItIsWantedDown() throws Exception {
        Differential.compare(mix.commands(), stage -> {
            stage.service("hello", "trap 'echo term >> got' TERM; echo ready >> got\nwhile :; do sleep 0.1; done");
            stage.supervise("hello");
            stage.awaitContent("hello/got", "ready\n");
            stage.run("svc", "-d", "hello");
            stage.awaitContent("hello/got", "ready\nterm\n");
            stage.note(stage.awaitStatus("hello", "up .*, want down").replaceAll("\\d+", "N"));
            stage.run("svc", "-k", "hello");
            stage.note(stage.awaitStatus("hello", "down .*").replaceAll("\\d+", "N"));
        });
    }

    @Test
    @Spec("2.4")
    void runsAServiceOnceAndLeavesItDownWithoutWantingIt() throws Exception {
        Differential.compare(mix.commands(), stage -> {
            stage.service("hello", "echo run >> runs; exec sleep 1000");
            stage.write("hello/down", "");
            stage.supervise("hello");
            stage.run("svc", "-o", "hello");
            stage.note(stage.awaitStatus("hello", "up .*").replaceAll("\\d+", "N"));
            stage.awaitContent("hello/runs", "run\n");
            stage.run("svc", "-t", "hello");
            stage.note(stage.awaitStatus("hello", "down .*").replaceAll("\\d+", "N"));
            stage.note(stage.read("hello/runs"));
        });
    }

    @Test
    @Spec("2.4")
    void oWhileTheServiceRunsOnlyCancelsTheRestart() throws Exception {
        Differential.compare(mix.commands(), stage -> {
            stage.service("hello", "echo run >> runs; exec sleep 1000");
            stage.supervise("hello");
            long pid = stage.pid("hello");
            stage.awaitContent("hello/runs", "run\n");
            stage.run("svc", "-o", "hello");
            stage.run("svc", "-t", "hello");
            stage.note(stage.awaitStatus("hello", "down .*").replaceAll("\\d+", "N"));
            stage.note(stage.read("hello/runs"));
            stage.note(ProcessHandle.of(pid).isPresent());
        });
    }

    @Test
    @Spec("2.4")
    void pausesAndContinues() throws Exception {
        Differential.compare(mix.commands(), stage -> {
            stage.service("hello", "exec sleep 1000");
            stage.supervise("hello");
            long pid = stage.pid("hello");
            stage.run("svc", "-p", "hello");
            stage.note(stage.awaitStatus("hello", "up .*, paused").replaceAll("\\d+", "N"));
            stage.awaitContent("/proc/" + pid + "/stat", ".*\\) T .*");
            stage.run("svc", "-c", "hello");
            stage.note(stage.awaitStatus("hello", "up .* seconds").replaceAll("\\d+", "N"));
            stage.awaitContent("/proc/" + pid + "/stat", ".*\\) S .*");
        });
    }

    @Test
    @Spec("2.4")
    void dEndsAPausedServiceToo() throws Exception {
        Differential.compare(mix.commands(), stage -> {
            stage.service("hello", "exec sleep 1000");
            stage.supervise("hello");
            stage.run("svc", "-p", "hello");
            stage.awaitStatus("hello", "up .*, paused");
            stage.run("svc", "-d", "hello");
            stage.note(stage.awaitStatus("hello", "down .*").replaceAll("\\d+", "N"));
        });
    }

    @Test
    @Spec({"1.7", "2.1", "2.2", "2.4"})
    void exitsWhenItsServiceIsDownAndLeavesItsFilesBehind() throws Exception {
        Differential.compare(mix.commands(), stage -> {
            stage.service("hello", "exec sleep 1000");
            Process supervise = stage.supervise("hello");
            stage.run("svc", "-dx", "hello");
            stage.note(supervise.waitFor());
            stage.note(stage.svstat("hello"));
            stage.note(stage.sh("cd hello/supervise; stat -c '%n %A %s' *; od -An -tx1 -j12 status"));
        });
    }

    @Test
    @Spec("2.4")
    void xAloneWaitsForTheServicesOwnEndAndDoesNotStartItAgain() throws Exception {
        Differential.compare(mix.commands(), stage -> {
            stage.service("hello", "echo run >> runs; exec sleep 1000");
            Process supervise = stage.supervise("hello");
            stage.awaitContent("hello/runs", "run\n");
            stage.run("svc", "-x", "hello");
            stage.run("svc", "-t", "hello");
            stage.note(supervise.waitFor());
            stage.note(stage.read("hello/runs"));
            stage.note(stage.sh("od -An -tx1 -j12 hello/supervise/status"));
        });
    }

    @Test
    @Spec({"1.3", "2.3"})
    void saysOfARunThatCannotBeExecutedWhyAndTriesAgain() throws Exception {
        Differential.compare(mix.commands(), stage -> {
            for (String name : List.of("missing", "plain", "directory", "interpreter", "format")) {
                stage.write(name + "/x", "");
            }
            stage.sh("touch plain/run; mkdir directory/run; printf '#!/no/such\\n' > interpreter/run;"
                    + "printf 'x\\n' > format/run; chmod +x interpreter/run format/run");
            for (String name : List.of("missing", "plain", "directory", "interpreter", "format")) {
                Process supervise = stage.supervise(name);
                stage.awaitContent(name + ".err", "(.*\n){2}.*");
                stage.note(stage.awaitStatus(name, "up .*").replaceAll("\\d+", "N"));
                stage.run("svc", "-dx", name);
                stage.note(supervise.waitFor());
                stage.note(stage.read(name + ".err").lines().distinct().toList());
            }
        });
    }

    @Test
    @Spec({"1.9", "2.3"})
    void startsAServiceThatEndsAtOnceOnlyOnceASecond() throws Exception {
        try (Stage stage = new Stage(mix.commands())) {
            stage.service("hello", Kernel.TELL_START + " >> starts");
            stage.supervise("hello");
            stage.awaitContent("hello/starts", "(.*\n){4}.*");
            List<Long> starts =
                    stage.read("hello/starts").lines().map(Long::valueOf).toList();
            for (int i = 1; i < starts.size(); i++) {
                assertThat(starts.get(i) - starts.get(i - 1)).isGreaterThanOrEqualTo(Kernel.TICKS_PER_SECOND);
            }
        }
    }

    @Test
    @Spec({"1.8", "2.1"})
    void aSecondSuperviseOnTheSameDirectoryGivesUp() throws Exception {
        Differential.compare(mix.commands(), stage -> {
            stage.service("hello", "exec sleep 1000");
            stage.supervise("hello");
            stage.note(stage.run("supervise", "hello"));
            stage.note(stage.awaitStatus("hello", "up .*").replaceAll("\\d+", "N"));
        });
    }

    @Test
    @Spec({"2.1", "2.5"})
    void aNewSuperviseTakesOverFromOneThatWasKilled() throws Exception {
        Differential.compare(mix.commands(), stage -> {
            stage.service("hello", "echo run >> runs; exec sleep 1000");
            Process first = stage.supervise("hello");
            stage.awaitContent("hello/runs", "run\n");
            first.destroyForcibly().waitFor();
            stage.note(stage.svstat("hello"));
            stage.note(stage.run("svc", "-d", "hello"));
            stage.supervise("hello");
            stage.note(stage.awaitStatus("hello", "up .*").replaceAll("\\d+", "N"));
            stage.awaitContent("hello/runs", "run\nrun\n");
        });
    }

    @Test
    @Spec("2.5")
    void termEndsSuperviseAndLeavesTheServiceAlone() throws Exception {
        Differential.compare(mix.commands(), stage -> {
            stage.service("hello", "exec sleep 1000");
            Process supervise = stage.supervise("hello");
            long pid = stage.pid("hello");
            supervise.destroy();
            stage.note(supervise.waitFor());
            stage.note(ProcessHandle.of(pid).isPresent());
        });
    }

    @Test
    @Spec({"2.1", "5", "6", "7"})
    void namesThatAreNotTextAreNamesLikeOthers() throws Exception {
        Differential.compare(mix.commands(), stage -> {
            stage.note(stage.sh("""
                    n=$(printf 'caf\\351 \\377\\n.'); mkdir "$n"; printf '#!/bin/sh\\nexec sleep 1000\\n' > "$n/run"; chmod +x "$n/run"
                    supervise "$n"x; svstat "$n"; svc -d "$n"; svok "$n"; echo $?
                    supervise "$n" & until svok "$n"; do :; done; svc -d "$n"; supervise "$n"
                    svc -x "$n"; wait; svstat "$n"
                    """));
        });
    }

    @Test
    @Spec({"2.1", "21"})
    void aLinkForItsFilesIsFollowedAndItsTargetMade() throws Exception {
        Differential.compare(mix.commands(), stage -> {
            stage.service("hello", "exec sleep 1000");
            stage.sh("mkdir run; ln -s ../run/hello hello/supervise");
            Stage.awaitIdle(stage.supervise("hello"));
            stage.note(stage.sh("stat -c '%n %A' run/hello run/hello/*"));
        });
    }

    @Test
    @Spec("2.2")
    void theStatusFileIsWrittenAnewAndRenamed() throws Exception {
        try (Stage stage = new Stage(mix.commands())) {
            stage.service("hello", "exec sleep 1000");
            Stage.awaitIdle(stage.supervise("hello"));
            // a second name for the file that a reader may have open
            Path kept = Files.createLink(stage.path("kept"), stage.path("hello/supervise/status"));
            byte[] before = Files.readAllBytes(kept);
            stage.run("svc", "-p", "hello");
            stage.awaitStatus("hello", "up .*, paused");
            assertThat(Files.readAllBytes(kept)).isEqualTo(before);
            assertThat(Files.size(stage.path("hello/supervise/status"))).isEqualTo(18);
            assertThat(stage.path("hello/supervise/status.new")).doesNotExist();
        }
    }

    @Test
    @Spec("2.2")
    void troubleWithTheStatusFileIsOnlyAWarning() throws Exception {
        Differential.compare(mix.commands(), stage -> {
            stage.service("hello", "exec sleep 1000");
            Stage.awaitIdle(stage.supervise("hello"));
            stage.sh("mkdir hello/supervise/status.new");
            stage.run("svc", "-p", "hello");
            stage.awaitContent("hello.err", ".*\n");
            stage.sh("rmdir hello/supervise/status.new");
            stage.run("svc", "-c", "hello");
            stage.run("svc", "-p", "hello");
            stage.note(stage.awaitStatus("hello", "up .*, paused").replaceAll("\\d+", "N"));
            stage.note(stage.read("hello.err").lines().distinct().toList());
        });
    }
}

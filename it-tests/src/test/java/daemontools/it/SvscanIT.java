package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass(name = "{0}")
@EnumSource(
        value = Mix.class,
        names = {"ALL_OURS", "OUR_SVSCAN", "OUR_SUPERVISE"})
@Execution(ExecutionMode.CONCURRENT)
@Spec("3")
class SvscanIT {
    @Parameter
    Mix mix;

    @Test
    @Spec("3.1")
    void superviseRunsForEachDirectoryAndLinkButNotForDotsAndFiles() throws Exception {
        try (Stage stage = new Stage(mix.commands())) {
            stage.service("services/a", "exec sleep 1000");
            stage.service("elsewhere/b", "exec sleep 1000");
            stage.service("services/.hidden", "exec sleep 1000");
            stage.write("services/file", "");
            Files.createSymbolicLink(stage.path("services/b"), stage.path("elsewhere/b"));
            stage.start("svscan", "svscan", "services");
            stage.awaitSupervised("services/a");
            stage.awaitSupervised("services/b");
            assertThat(stage.path("services/.hidden/supervise")).doesNotExist();
            assertThat(stage.read("svscan.err")).isEmpty();
        }
    }

    @Test
    @Spec("3.1")
    void twoLinksToOneDirectoryAreOneServiceAndARenamedLinkIsTheSame() throws Exception {
        Differential.compare(mix.commands(), stage -> {
            stage.service("elsewhere/a", "echo run >> runs; exec sleep 1000");
            Files.createDirectory(stage.path("services"));
            Files.createSymbolicLink(stage.path("services/x"), stage.path("elsewhere/a"));
            Files.createSymbolicLink(stage.path("services/y"), stage.path("elsewhere/a"));
            stage.start("svscan", "svscan", "services");
            stage.awaitSupervised("elsewhere/a");
            stage.pid("elsewhere/a");
            Files.move(stage.path("services/x"), stage.path("services/z"));
            Files.delete(stage.path("services/y"));
            // a service that is put up afterwards shows that another pass has been made
            stage.service("services/later", "exec sleep 1000");
            stage.awaitSupervised("services/later");
            stage.note(stage.read("elsewhere/a/runs"));
            stage.note(stage.read("svscan.err"));
        });
    }

    @Test
    @Spec("3.1")
    void warnsOfWhatItCannotUseAndGoesOn() throws Exception {
        Differential.compare(mix.commands(), stage -> {
            stage.service("services/good", "exec sleep 1000");
            stage.sh("cd services; ln -s nowhere dangling; mkdir loggy; ln -s log loggy/log");
            stage.start("svscan", "svscan", "services");
            stage.awaitSupervised("services/good");
            stage.awaitContent("svscan.err", "(.*\n){2}.*");
            stage.note(stage.read("svscan.err").lines().sorted().distinct().toList());
        });
    }

    @Test
    @Spec({"1.5", "3.1"})
    void saysWhenThereIsNoSupervise() throws Exception {
        Differential.compare(mix.commands(), stage -> {
            stage.service("services/a", "exec sleep 1000");
            stage.service("services/a/log", "exec cat");
            String svscan = stage.commands().path("svscan").toString();
            for (String path :
                    List.of("PATH=/nowhere", "PATH=/nowhere:" + stage.path("services/a/run"), "PATH=", "X=")) {
                Process process = stage.start("svscan", "/usr/bin/env", "-i", path, svscan, "services");
                stage.awaitContent("svscan.err", "(.*\n){2}");
                process.destroyForcibly().waitFor();
                stage.note(stage.read("svscan.err").lines().distinct().sorted().toList());
            }
        });
    }

    @Test
    @Spec({"3", "3.1"})
    void aSuperviseThatDiesIsStartedAgain() throws Exception {
        try (Stage stage = new Stage(mix.commands())) {
            stage.service("services/a", "echo run >> runs; exec sleep 1000");
            stage.start("svscan", "svscan", "services");
            stage.awaitSupervised("services/a");
            stage.run("svc", "-dx", "services/a");
            stage.awaitContent("services/a/runs", "run\nrun\n");
        }
    }

    @Test
    @Spec({"3", "3.1"})
    void aServiceThatWasRemovedStaysAwayAndComesBackWhenItIsAddedAgain() throws Exception {
        try (Stage stage = new Stage(mix.commands())) {
            stage.service("elsewhere/a", "echo run >> runs; exec sleep 1000");
            stage.service("services/other", "exec sleep 1000");
            Files.createSymbolicLink(stage.path("services/a"), stage.path("elsewhere/a"));
            stage.start("svscan", "svscan", "services");
            stage.awaitSupervised("elsewhere/a");
            stage.pid("elsewhere/a");
            Files.delete(stage.path("services/a"));
            stage.run("svc", "-dx", "elsewhere/a");
            Await.until(
                    "supervise has gone", () -> stage.run("svok", "elsewhere/a").code() == 100);
            stage.service("services/later", "exec sleep 1000");
            stage.awaitSupervised("services/later");
            assertThat(stage.svstat("elsewhere/a")).isEqualTo("supervise not running");
            Files.createSymbolicLink(stage.path("services/a"), stage.path("elsewhere/a"));
            stage.awaitContent("elsewhere/a/runs", "run\nrun\n");
        }
    }

    @Test
    @Spec("3.1")
    void aLogLosesNothingWhenEitherSideOfThePipeDies() throws Exception {
        try (Stage stage = new Stage(mix.commands())) {
            int lines = 1000;
            // goes on counting where it was killed
            stage.service(
                    "services/count",
                    "n=$(cat n 2>/dev/null || echo 1)\nwhile [ $n -le " + lines
                            + " ]; do echo $n; n=$((n+1)); echo $n > n.new; mv n.new n; done\nexec sleep 1000");
            stage.service("services/count/log", "exec multilog ./lines");
            stage.start("svscan", "svscan", "services");
            stage.awaitContent("services/count/log/lines/current", "1\n.*");
            stage.run("svc", "-t", "services/count/log");
            stage.awaitContent("services/count/log/lines/current", ".*\n200\n.*");
            stage.run("svc", "-k", "services/count");
            stage.awaitContent("services/count/log/lines/current", ".*\n400\n.*");
            stage.run("svc", "-t", "services/count/log");
            stage.run("svc", "-t", "services/count");
            stage.awaitContent("services/count/log/lines/current", ".*\n" + lines + "\n");
            List<Integer> seen = stage.read("services/count/log/lines/current")
                    .lines()
                    .map(Integer::valueOf)
                    .distinct()
                    .toList();
            // a number may come twice, from a service that was killed between the line and its note of it
            assertThat(seen).isEqualTo(IntStream.rangeClosed(1, lines).boxed().toList());
        }
    }

    @Test
    @Spec("3.1")
    void theLogsSuperviseSaysLogAndNotTheServicesName() throws Exception {
        Differential.compare(mix.commands(), stage -> {
            stage.service("services/a", "exec sleep 1000");
            stage.write("services/a/log/x", "");
            stage.start("svscan", "svscan", "services");
            stage.awaitContent("svscan.err", ".*\n");
            stage.note(stage.read("svscan.err").lines().distinct().toList());
        });
    }

    @Test
    void killingSvscanLeavesTheServicesAlone() throws Exception {
        Differential.compare(mix.commands(), stage -> {
            stage.service("services/a", "echo run >> runs; exec sleep 1000");
            Process svscan = stage.start("svscan", "svscan", "services");
            stage.awaitSupervised("services/a");
            stage.awaitContent("services/a/runs", "run\n");
            svscan.destroy();
            stage.note(svscan.waitFor());
            stage.note(stage.awaitStatus("services/a", "up .*").replaceAll("\\d+", "N"));
            stage.note(stage.read("services/a/runs"));
        });
    }
}

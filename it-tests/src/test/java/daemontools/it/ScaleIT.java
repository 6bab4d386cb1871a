package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** svscan with many services, and with more than it can have. */
class ScaleIT {
    private static final int MORE_THAN_076_TAKES = 1100;

    @Test
    void runsMoreServicesThan076Takes() throws Exception {
        Commands.assumeNative("so many JVMs need tens of gigabytes");
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.sh("mkdir services; cd services; for i in $(seq " + MORE_THAN_076_TAKES
                    + "); do mkdir s$i; : > s$i/down; done");
            stage.start("svscan", "svscan", "services");
            for (int i = 1; i <= MORE_THAN_076_TAKES; i++) {
                String ok = "services/s" + i + "/supervise/ok";
                Await.until(ok, () -> Files.exists(stage.path(ok)));
            }
            stage.awaitSupervised("services/s" + MORE_THAN_076_TAKES);
            assertThat(stage.read("svscan.err")).isEmpty();
        }
    }

    /** An odd and an even number: a pipe takes two. */
    @ParameterizedTest
    @ValueSource(ints = {16, 17})
    void saysWhenDescriptorsRunOutAndKeepsTheOthersRunning(int limit) throws Exception {
        Commands.assumeNative("a JVM does not start with so few descriptors");
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            List<String> all = IntStream.range(0, limit).mapToObj(i -> "s" + i).toList();
            for (String service : all) {
                stage.write("services/" + service + "/down", "");
                stage.write("services/" + service + "/log/down", "");
            }
            stage.start("svscan", "/bin/sh", "-c", "ulimit -n " + limit + "; exec svscan services");
            stage.awaitContent("svscan.err", ".*unable to create pipe for s\\d+: process cannot open more files\n.*");
            assertThat(stage.read("svscan.err")).doesNotContain("unable to read directory");
            List<String> warnedOf = stage.read("svscan.err")
                    .lines()
                    .map(line -> line.replaceFirst(".* pipe for (s\\d+):.*", "$1"))
                    .toList();
            String running = all.stream()
                    .filter(service -> !warnedOf.contains(service))
                    .findFirst()
                    .orElseThrow();
            stage.awaitSupervised("services/" + running + "/log");
            stage.awaitSupervised("services/" + running);
            stage.run("svc", "-x", "services/" + running);
            Await.until(
                    "its supervise has ended",
                    () -> stage.run("svok", "services/" + running).code() == 100);
            stage.awaitSupervised("services/" + running);
        }
    }

    /** Each has the longest name that there can be: all together are more than a heap. */
    @Test
    @Spec("3")
    void passesOverHundredsOfThousandsOfFiles() throws Exception {
        Commands.assumeNative("C and a JVM have no limit of their own");
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.sh("mkdir services; cd services; seq -f %0255.0f 300000 | xargs touch");
            Process svscan = stage.start("svscan", "svscan", "services");
            stage.service("services/a", "exec sleep 1000");
            stage.awaitSupervised("services/a");
            stage.service("services/later", "exec sleep 1000");
            stage.awaitSupervised("services/later");
            assertThat(svscan.isAlive()).isTrue();
            assertThat(stage.read("svscan.err")).isEmpty();
            stage.sh("cd services; find . -maxdepth 1 -type f -delete");
        }
    }

    @Test
    void aServiceThatIsReplacedBehindItsLinkIsANewOne() throws Exception {
        Differential.compare(stage -> {
            stage.service("elsewhere/a", "echo old >> ../../runs; exec sleep 1000");
            stage.service("elsewhere/new", "echo new >> ../../runs; exec sleep 1000");
            stage.sh("mkdir services; ln -s ../elsewhere/a services/a");
            stage.start("svscan", "svscan", "services");
            stage.awaitContent("runs", "old\n");
            // the pass that sees this one has nothing recent to doubt
            stage.service("services/later", "exec sleep 1000");
            stage.awaitSupervised("services/later");
            stage.sh("mv elsewhere/a elsewhere/old; mv elsewhere/new elsewhere/a");
            stage.awaitContent("runs", "old\nnew\n");
            stage.note(stage.read("runs"));
        });
    }
}

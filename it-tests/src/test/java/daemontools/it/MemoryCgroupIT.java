package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Daemons in a memory cgroup that is full: the kernel has to take back the pages of files before it gives a new one. */
@Execution(ExecutionMode.CONCURRENT)
class MemoryCgroupIT {
    private static final Path MEMORY = Path.of("/sys/fs/cgroup/memory");

    /** What is played on a stage; the processes that are to be in the cgroup begin with a line of a shell. */
    private interface Scenario {
        void play(Stage stage, Path group) throws Exception;
    }

    private static void in(String name, Scenario scenario) throws Exception {
        Commands.assumeNative("a JVM takes memory as it goes");
        assumeTrue(
                Files.isWritable(MEMORY.resolve("cgroup.procs"))
                        && Files.exists(MEMORY.resolve("memory.limit_in_bytes")),
                "no memory cgroup of version 1 can be made");
        Path group = Files.createDirectory(MEMORY.resolve(
                "daemontools-" + name + "-" + ProcessHandle.current().pid()));
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            scenario.play(stage, group);
        } finally {
            Await.until(
                    "the cgroup is empty",
                    () -> Files.readString(group.resolve("cgroup.procs")).isEmpty());
            Files.delete(group);
        }
    }

    @Test
    void aSuperviseStartsItsServiceAgainAndAMultilogLosesNothing() throws Exception {
        in("supervise", MemoryCgroupIT::supervise);
    }

    @Test
    void aSvscanWarnsAndStartsServicesWhenThereIsRoom() throws Exception {
        in("svscan", MemoryCgroupIT::svscan);
    }

    private static void svscan(Stage stage, Path group) throws Exception {
        stage.service("services/a", "echo run >> runs; exec sleep 1000");
        Process svscan = stage.start("svscan", "/bin/sh", "-c", joining(group) + "exec svscan services");
        stage.awaitContent("services/a/runs", "run\n");
        fill(stage, group);
        stage.sh("cd services; for i in $(seq 150); do ln -s nowhere dangling$i; done");
        Await.until("two passes", () -> stage.read("svscan.err").lines().count() >= 300);
        stage.run("svc", "-k", "services/a");
        stage.awaitContent("services/a/runs", "run\nrun\n");
        stage.sh("echo -1 > " + group.resolve("memory.limit_in_bytes"));
        stage.service("services/b", "echo run > runs; exec sleep 1000");
        stage.awaitContent("services/b/runs", "run\n");
        assertThat(svscan.isAlive()).isTrue();
        assertThat(stage.read("svscan.err").lines())
                .allMatch(line -> line.matches("svscan: warning: unable to stat dangling\\d+: file does not exist"));
    }

    private static void supervise(Stage stage, Path group) throws Exception {
        stage.service("s", "echo run >> runs; exec sleep 1000");
        stage.sh("mkfifo in");
        Process multilog = stage.start("log", "/bin/sh", "-c", joining(group) + "exec multilog s4096 n5 ./d < in");
        Process writer = stage.start(
                "writer", "/bin/sh", "-c", "exec > in; echo 0; until [ -e go ]; do sleep 0.1; done; seq 100000");
        Process supervise = stage.start("supervise", "/bin/sh", "-c", joining(group) + "exec supervise s");
        stage.awaitContent("d/current", "0\n");
        stage.awaitContent("s/runs", "run\n");
        fill(stage, group);
        stage.write("go", "");
        stage.run("svc", "-k", "s");
        stage.awaitContent("s/runs", "run\nrun\n");
        stage.awaitStatus("s", "up .*");
        assertThat(writer.waitFor()).isZero();
        assertThat(multilog.waitFor()).isZero();
        assertThat(stage.sh("tail -n 1 d/current").out()).isEqualTo("100000\n");
        stage.run("svc", "-dx", "s");
        assertThat(supervise.waitFor()).isZero();
        assertThat(stage.read("log.err") + stage.read("supervise.err")).isEmpty();
    }

    /** From now on the cgroup gets no more memory than it has just now. */
    private static void fill(Stage stage, Path group) throws Exception {
        stage.sh("cat GROUP/memory.usage_in_bytes > GROUP/memory.limit_in_bytes".replace("GROUP", group.toString()));
    }

    private static String joining(Path group) {
        return "echo $$ > " + group + "/cgroup.procs; ";
    }
}

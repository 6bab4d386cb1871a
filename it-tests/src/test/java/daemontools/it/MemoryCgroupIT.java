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

    @Test
    void aSuperviseStartsItsServiceAgainAndAMultilogLosesNothing() throws Exception {
        Commands.assumeNative("a JVM takes memory as it goes");
        assumeTrue(
                Files.isWritable(MEMORY.resolve("cgroup.procs"))
                        && Files.exists(MEMORY.resolve("memory.limit_in_bytes")),
                "no memory cgroup of version 1 can be made");
        Path group = Files.createDirectory(
                MEMORY.resolve("daemontools-" + ProcessHandle.current().pid()));
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            fill(stage, group);
        } finally {
            Await.until(
                    "the cgroup is empty",
                    () -> Files.readString(group.resolve("cgroup.procs")).isEmpty());
            Files.delete(group);
        }
    }

    private static void fill(Stage stage, Path group) throws Exception {
        stage.service("s", "echo run >> runs; exec sleep 1000");
        stage.sh("mkfifo in");
        Process multilog = stage.start("log", "/bin/sh", "-c", in(group) + "exec multilog s4096 n5 ./d < in");
        Process writer = stage.start(
                "writer", "/bin/sh", "-c", "exec > in; echo 0; until [ -e go ]; do sleep 0.1; done; seq 100000");
        Process supervise = stage.start("supervise", "/bin/sh", "-c", in(group) + "exec supervise s");
        stage.awaitContent("d/current", "0\n");
        stage.awaitContent("s/runs", "run\n");
        stage.sh("cat GROUP/memory.usage_in_bytes > GROUP/memory.limit_in_bytes".replace("GROUP", group.toString()));
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

    private static String in(Path group) {
        return "echo $$ > " + group + "/cgroup.procs; ";
    }
}

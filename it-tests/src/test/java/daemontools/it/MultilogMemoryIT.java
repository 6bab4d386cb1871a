package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A multilog whose memory cannot grow goes on: what it does all day needs none that it does not have from its start. */
@Execution(ExecutionMode.CONCURRENT)
@Spec({"11.3", "11.5", "11.7", "11.9"})
class MultilogMemoryIT {
    private static final String NATIVE_ONLY = "a JVM takes memory as it goes";

    /** Lines, long ones too, patterns, a status file, and some hundred rotations. 0.76 waits for memory at the first. */
    @Test
    void logsRotatesAndDeletesOldFiles() throws Exception {
        Commands.assumeNative(NATIVE_ONLY);
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.sh(
                    "mkfifo in; { seq 100000; head -c 1000000 /dev/zero | tr '\\0' x; echo; seq 100000 110000; } > lines");
            Process multilog =
                    stage.start("log", "/bin/sh", "-c", "exec multilog s4096 n5 ./d '-*7*' =status ./e < in");
            Process writer = stage.start(
                    "writer", "/bin/sh", "-c", "exec > in; echo first; until [ -e go ]; do sleep 0.1; done; cat lines");
            stage.awaitContent("d/current", "first\n");
            Kernel.forbidGrowth(multilog.pid());
            stage.write("go", "");
            assertThat(writer.waitFor()).isZero();
            assertThat(multilog.waitFor()).isZero();
            assertThat(stage.read("log.err")).isEmpty();
            assertThat(stage.sh("""
                    ends() { cat $1/@*.s $1/current > logged; tail -c $(wc -c < logged) expected | cmp - logged && ls $1/@*.s | wc -l; }
                    cp lines expected; ends d; grep -v 7 lines > expected; ends e; sed -n 1p status""")).isEqualTo(new Result("4\n4\n110000\n", "", 0));
        }
    }

    /** A processor is a program of its own: that one may lack memory where ours has enough. */
    @Test
    void aProcessorIsRunTooAndNoLineIsLost() throws Exception {
        Commands.assumeNative(NATIVE_ONLY);
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.sh("mkfifo in");
            Process multilog = stage.start("log", "/bin/sh", "-c", "exec multilog s4096 n1000 '!tr 0-9 a-j' ./d < in");
            Process writer = stage.start(
                    "writer", "/bin/sh", "-c", "exec > in; echo 0; until [ -e go ]; do sleep 0.1; done; seq 20000");
            stage.awaitContent("d/current", "0\n");
            Kernel.forbidGrowth(multilog.pid());
            stage.write("go", "");
            writer.waitFor();
            multilog.waitFor();
            String logged = stage.sh("cat d/@* d/current | tr a-j 0-9 | cksum").out();
            assertThat(logged).isEqualTo(stage.sh("seq 0 20000 | cksum").out());
        }
    }
}

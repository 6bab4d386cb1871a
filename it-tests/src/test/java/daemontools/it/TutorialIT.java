package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The life of a service from its link to its removal, as README.md and packaging/quickstart tell it. */
@ParameterizedClass(name = "{0}")
@EnumSource(
        value = Mix.class,
        names = {"ALL_OURS", "OUR_CLIENTS", "OUR_DAEMONS", "OUR_SVSCAN", "OUR_SUPERVISE"})
@Execution(ExecutionMode.CONCURRENT)
@Spec({"2.4", "3", "5", "6", "7"})
class TutorialIT {
    @Parameter
    Mix mix;

    @Test
    void aServiceIsPutUpLookedAtTakenDownPutUpKilledAndRemoved() throws Exception {
        try (Stage stage = new Stage(mix.commands())) {
            stage.service("hello", "n=0; while sleep 0.1; do n=$((n+1)); echo hello, $n; done");
            stage.service("hello/log", "exec cat >> lines");
            Files.createDirectory(stage.path("service"));
            stage.start(
                    "boot",
                    "/bin/sh",
                    "-c",
                    "svscan service 2>&1 | readproctitle service errors: ..............................");

            Files.createSymbolicLink(stage.path("service/hello"), stage.path("hello"));
            stage.awaitSupervised("hello");
            stage.awaitSupervised("hello/log");
            assertThat(stage.awaitStatus("hello", "up .*")).matches("up \\(pid \\d+\\) \\d+ seconds");
            stage.awaitContent("hello/log/lines", "hello, 1\nhello, 2\n.*");

            assertThat(stage.run("svc", "-d", "hello")).isEqualTo(new Result("", "", 0));
            assertThat(stage.awaitStatus("hello", "down .*")).matches("down \\d+ seconds, normally up");

            assertThat(stage.run("svc", "-u", "hello")).isEqualTo(new Result("", "", 0));
            long pid = stage.pid("hello");
            ProcessHandle.of(pid).orElseThrow().destroyForcibly();
            Await.until("it is back", () -> stage.svstat("hello").startsWith("up") && stage.pid("hello") != pid);

            Files.delete(stage.path("service/hello"));
            assertThat(stage.run("svc", "-dx", "hello", "hello/log")).isEqualTo(new Result("", "", 0));
            Await.until("both supervises have gone", () -> {
                return stage.run("svok", "hello").code() == 100
                        && stage.run("svok", "hello/log").code() == 100;
            });
            assertThat(stage.svstat("hello")).isEqualTo("supervise not running");
        }
    }
}

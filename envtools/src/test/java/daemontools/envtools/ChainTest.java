package daemontools.envtools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import daemontools.common.Diagnostics;
import daemontools.common.Failure;
import daemontools.common.HandOver;
import daemontools.posix.Errno;
import daemontools.posix.FileStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A chain in which /c/NAME is this build, whatever NAME is, and /d/NAME is another. */
class ChainTest {
    private static final int REGULAR = 0100755;
    private static final int FIFO = 0010755;

    private final FakeKernel kernel = new FakeKernel()
            .on("environment", List.of("A=1", "PATH=/d:/c"))
            .on("getenv", "/d:/c")
            .on("stat", call -> status(call, REGULAR))
            .on("isThisProgram", call -> ((String) call[0]).startsWith("/c/"))
            .on("hasAttribute", false)
            .on("eaccess", 0)
            .on("hasLimitsOnExec", false)
            .on("setEnvironment", (Object) null)
            .on("execve", -Errno.ENOENT);

    private static int status(Object[] call, int mode) {
        ((FileStatus) call[1]).set(1, 7, mode, 1, 1);
        return 0;
    }

    private Throwable run(String... words) {
        return run(PathExec.SAME_ENVIRONMENT, words);
    }

    private Throwable run(List<String> environment, String... words) {
        return catchThrowable(() ->
                PathExec.become(kernel.libc, new Diagnostics(kernel.libc, "loader"), List.of(words), environment));
    }

    private boolean isInProcess(String... words) {
        return run(words) instanceof HandOver;
    }

    @Test
    void anotherLoaderOfThisBuildIsGoneOnAs() {
        assertThat(run("setuidgid", "www", "prog"))
                .isInstanceOfSatisfying(
                        HandOver.class, next -> assertThat(next.argv()).containsExactly("setuidgid", "www", "prog"));
        assertThat(isInProcess("/c/envdir", "d", "prog")).isTrue();
    }

    @Test
    void placesBeforeItInThePathAreExecutedFirst() {
        run("pgrphack", "prog");
        assertThat(kernel.calls()).contains("execve /d/pgrphack pgrphack,prog");
    }

    @Test
    void theNextLoaderFindsTheEnvironmentThatItWasGiven() {
        run(List.of("B=2"), "pgrphack", "prog");
        assertThat(kernel.calls()).startsWith("getenv PATH", "setEnvironment B=2");
        kernel.calls().clear();
        run("pgrphack", "prog");
        assertThat(kernel.calls()).noneMatch(call -> call.startsWith("setEnvironment"));
    }

    @Test
    void whatIsNoLoaderIsExecuted() {
        assertThat(run("supervise", "s")).hasMessage("loader: fatal: unable to run supervise: file does not exist");
        assertThat(isInProcess("/c/other")).isFalse();
        assertThat(isInProcess("/d/envdir", "d", "prog")).isFalse();
    }

    @Test
    void aLoaderThatMayWaitIsExecutedUnlessLimitsComeWithIt() {
        assertThat(isInProcess("setlock", "f", "prog")).isFalse();
        assertThat(isInProcess("fghack", "prog")).isFalse();
        kernel.on("hasLimitsOnExec", true);
        assertThat(isInProcess("setlock", "f", "prog")).isTrue();
    }

    @Test
    void whatAnExecWouldRefuseOrChangeIsLeftToIt() {
        kernel.on("eaccess", -Errno.EACCES);
        assertThat(isInProcess("/c/envdir", "d", "prog")).isFalse();
        kernel.on("eaccess", 0).on("stat", call -> status(call, REGULAR | 04000));
        assertThat(isInProcess("/c/envdir", "d", "prog")).isFalse();
        kernel.on("stat", call -> status(call, FIFO));
        assertThat(isInProcess("/c/envdir", "d", "prog")).isFalse();
        kernel.on("stat", call -> status(call, REGULAR)).on("hasAttribute", true);
        assertThat(isInProcess("/c/envdir", "d", "prog")).isFalse();
        kernel.on("hasAttribute", false);
        assertThat(isInProcess("/c/envdir", "d", "x".repeat(100_000))).isFalse();
        assertThat(isInProcess("/c/envdir", "d", "prog")).isTrue();
    }

    @Test
    void tooManyProcessesOfANewUserStopItAsTheyStopAnExec() {
        kernel.on("execve", call -> ((String) call[0]).startsWith("/proc/") ? -Errno.EAGAIN : -Errno.ENOENT);
        assertThat(run("envdir", "d", "prog"))
                .isInstanceOf(Failure.class)
                .hasMessage("loader: fatal: unable to run envdir: temporary failure");
    }
}

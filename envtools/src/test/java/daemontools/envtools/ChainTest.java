package daemontools.envtools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import daemontools.common.Diagnostics;
import daemontools.common.Failure;
import daemontools.common.HandOver;
import daemontools.posix.Errno;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A chain in which /c/NAME is this build, whatever NAME is, and /d/NAME is another. */
class ChainTest {
    private static final int FIFO = 0010755;
    private static final int SET_USER_ID = 0104755;

    private final FakeKernel kernel = new FakeKernel();

    private Throwable run(String... words) {
        return run(PathExec.SAME_ENVIRONMENT, words);
    }

    private Throwable run(List<String> environment, String... words) {
        return catchThrowable(
                () -> PathExec.become(kernel, new Diagnostics(kernel, "loader"), List.of(words), environment));
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
        assertThat(kernel.calls).contains("execve /d/pgrphack pgrphack,prog");
    }

    @Test
    void theNextLoaderFindsTheEnvironmentThatItWasGiven() {
        run(List.of("B=2"), "pgrphack", "prog");
        assertThat(kernel.calls).startsWith("getenv PATH", "setEnvironment B=2");
        kernel.calls.clear();
        run("pgrphack", "prog");
        assertThat(kernel.calls).noneMatch(call -> call.startsWith("setEnvironment"));
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
        kernel.limitsWait = true;
        assertThat(isInProcess("setlock", "f", "prog")).isTrue();
    }

    @Test
    void whatAnExecWouldRefuseOrChangeIsLeftToIt() {
        int regular = kernel.mode;
        kernel.eaccess = -Errno.EACCES;
        assertThat(isInProcess("/c/envdir", "d", "prog")).isFalse();
        kernel.eaccess = 0;
        kernel.mode = SET_USER_ID;
        assertThat(isInProcess("/c/envdir", "d", "prog")).isFalse();
        kernel.mode = FIFO;
        assertThat(isInProcess("/c/envdir", "d", "prog")).isFalse();
        kernel.mode = regular;
        kernel.hasCapabilities = true;
        assertThat(isInProcess("/c/envdir", "d", "prog")).isFalse();
        kernel.hasCapabilities = false;
        assertThat(isInProcess("/c/envdir", "d", "x".repeat(100_000))).isFalse();
        assertThat(isInProcess("/c/envdir", "d", "prog")).isTrue();
    }

    @Test
    void tooManyProcessesOfANewUserStopItAsTheyStopAnExec() {
        kernel.execveOfNoFile = -Errno.EAGAIN;
        assertThat(run("envdir", "d", "prog"))
                .isInstanceOf(Failure.class)
                .hasMessage("loader: fatal: unable to run envdir: temporary failure");
    }
}

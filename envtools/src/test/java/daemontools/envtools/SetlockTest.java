package daemontools.envtools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import daemontools.common.Failure;
import daemontools.common.Invocation;
import daemontools.posix.Errno;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SetlockTest {
    private final FakeKernel kernel = new FakeKernel();

    private Failure failureOf(String... words) {
        List<String> argv = new ArrayList<>(List.of("setlock"));
        argv.addAll(List.of(words));
        return catchThrowableOfType(Failure.class, () -> new Setlock().run(new Invocation(kernel, argv)));
    }

    @Test
    void theLastOfEachPairWins() {
        failureOf("f", "/x");
        failureOf("-n", "f", "/x");
        failureOf("-nN", "f", "/x");
        failureOf("-N", "-n", "f", "/x");
        assertThat(kernel.calls)
                .filteredOn(call -> call.startsWith("flock"))
                .containsExactly("flock 0 2", "flock 0 6", "flock 0 2", "flock 0 6");

        kernel.flock = -Errno.EAGAIN;
        assertThat(failureOf("-nxX", "f", "/x")).hasMessage("setlock: fatal: unable to lock f: temporary failure");
        assertThat(failureOf("-nXx", "f", "/x")).hasMessage("");
    }

    @Test
    void silenceIsSuccessAndCoversTheLockAlone() {
        kernel.flock = -Errno.EAGAIN;
        assertThat(failureOf("-nx", "f", "/x").exitCode()).isZero();
        kernel.open = -Errno.EACCES;
        assertThat(failureOf("-x", "f", "/x").exitCode()).isZero();
        assertThat(failureOf("f", "/x")).hasMessage("setlock: fatal: unable to open f: access denied");
        kernel.open = 0;
        kernel.flock = 0;
        assertThat(failureOf("-x", "f", "/x")).hasMessage("setlock: fatal: unable to run /x: file does not exist");
    }

    @Test
    void aFileWithoutAProgramIsWrongUsage() {
        Failure failure = failureOf("-n", "f");
        assertThat(failure).hasMessage("setlock: usage: setlock [ -nNxX ] file program [ arg ... ]");
        assertThat(failure.exitCode()).isEqualTo(100);
    }
}

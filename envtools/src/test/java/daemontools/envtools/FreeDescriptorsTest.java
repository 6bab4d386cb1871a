package daemontools.envtools;

import static org.assertj.core.api.Assertions.assertThat;

import daemontools.posix.LibC;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FreeDescriptorsTest {
    /** Descriptors 0, 1, 2 and 5 are inherited ones; 3 and 6 are close-on-exec. */
    private final FakeKernel kernel = new FakeKernel()
            .on(
                    "fcntl",
                    call -> Map.of(0, 0, 1, 0, 2, 0, 3, LibC.FD_CLOEXEC, 5, 0, 6, LibC.FD_CLOEXEC)
                            .getOrDefault((Integer) call[0], -1))
            .on("dup2", 0)
            .on("close", 0);

    private void limit(long descriptors) {
        kernel.on("getrlimit", call -> {
            ((long[]) call[1])[0] = descriptors;
            return 0;
        });
    }

    @Test
    void closeOnExecDescriptorsCountAsFree() {
        limit(-1);
        assertThat(FreeDescriptors.lowest(kernel.libc, 5)).containsExactly(3, 4, 6, 7, 8);
    }

    @Test
    void noNumberIsBeyondTheLimitOnOpenFiles() {
        limit(7);
        assertThat(FreeDescriptors.lowest(kernel.libc, 31)).containsExactly(3, 4, 6);
    }

    @Test
    void aDescriptorIsMovedToTheLowestNumberThatTheProgramFindsFree() {
        FreeDescriptors.moveToLowest(kernel.libc, 7);
        assertThat(kernel.calls()).endsWith("dup2 7 3", "close 7");
    }

    @Test
    void aDescriptorThatHasTheLowestNumberStays() {
        FreeDescriptors.moveToLowest(kernel.libc, 3);
        assertThat(kernel.calls()).noneMatch(call -> call.startsWith("dup2"));
    }
}

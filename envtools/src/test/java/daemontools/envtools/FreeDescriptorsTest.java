package daemontools.envtools;

import static org.assertj.core.api.Assertions.assertThat;

import daemontools.posix.LibC;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FreeDescriptorsTest {
    /** Descriptors 0, 1, 2 and 5 are inherited ones; 3 and 6 are close-on-exec. */
    private final FakeKernel kernel = new FakeKernel();

    @BeforeEach
    void open() {
        kernel.descriptors = Map.of(0, 0, 1, 0, 2, 0, 3, LibC.FD_CLOEXEC, 5, 0, 6, LibC.FD_CLOEXEC);
    }

    @Test
    void closeOnExecDescriptorsCountAsFree() {
        kernel.softLimit = -1;
        assertThat(FreeDescriptors.lowest(kernel, 5)).containsExactly(3, 4, 6, 7, 8);
    }

    @Test
    void noNumberIsBeyondTheLimitOnOpenFiles() {
        kernel.softLimit = 7;
        assertThat(FreeDescriptors.lowest(kernel, 31)).containsExactly(3, 4, 6);
    }

    @Test
    void aDescriptorIsMovedToTheLowestNumberThatTheProgramFindsFree() {
        FreeDescriptors.moveToLowest(kernel, 7);
        assertThat(kernel.calls).endsWith("dup2 7 3", "close 7");
    }

    @Test
    void aDescriptorThatHasTheLowestNumberStays() {
        FreeDescriptors.moveToLowest(kernel, 3);
        assertThat(kernel.calls).noneMatch(call -> call.startsWith("dup2"));
    }
}

package daemontools.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import daemontools.posix.FakeLibC;
import org.junit.jupiter.api.Test;

class DeadlinesTest {
    private static final long MILLI = 1_000_000;

    private final FakeLibC kernel = new FakeLibC();
    private final Deadlines deadlines = new Deadlines(kernel);

    @Test
    void withoutAnyThereIsNoLimit() {
        assertThat(deadlines.milliseconds()).isEqualTo(Deadlines.NO_LIMIT);
    }

    @Test
    void theEarliestIsWaitedForAndNeverTooShortly() {
        deadlines.kill.setIn(500);
        deadlines.check.setIn(20);
        assertThat(deadlines.milliseconds()).isEqualTo(21);
        kernel.nanos += 20 * MILLI - 1;
        assertThat(deadlines.milliseconds()).isEqualTo(1);
        kernel.nanos++;
        assertThat(deadlines.milliseconds()).isZero();
        deadlines.check.unset();
        assertThat(deadlines.milliseconds()).isEqualTo(481);
    }

    @Test
    void aWaitThatIsLongerThanPollCanWaitIsCut() {
        deadlines.start.setIn(0xffff_ffffL);
        assertThat(deadlines.milliseconds()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void oneComesOnce() {
        Deadline deadline = deadlines.start;
        deadline.setIn(1);
        assertThat(deadline.comes(kernel.nanos)).isFalse();
        assertThat(deadline.inUnixNanos()).isEqualTo(kernel.nanos + MILLI);
        assertThat(deadline.comes(kernel.nanos + MILLI)).isTrue();
        assertThat(deadline.isSet()).isFalse();
        assertThat(deadline.comes(kernel.nanos + MILLI)).isFalse();
    }
}

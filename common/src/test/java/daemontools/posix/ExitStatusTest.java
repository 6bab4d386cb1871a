package daemontools.posix;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitStatusTest {
    private static final int INTERRUPTIONS = 3;

    @ParameterizedTest
    @CsvSource({"0, 0", "0x100, 1", "0x6f00, 111", "0xff00, 255", "9, 265", "15, 271", "139, 267"})
    void aWaitStatusIsACodeOrASignalWithOrWithoutACore(String waitStatus, int exitStatus) {
        assertThat(ExitStatus.of(Integer.decode(waitStatus))).isEqualTo(exitStatus);
    }

    @Test
    void onlyASignalIsASignal() {
        assertThat(ExitStatus.isSignal(ExitStatus.of(Signals.TERM))).isTrue();
        assertThat(ExitStatus.signal(ExitStatus.of(Signals.TERM))).isEqualTo(Signals.TERM);
        assertThat(ExitStatus.isSignal(255)).isFalse();
        assertThat(ExitStatus.isSignal(ExitStatus.UNKNOWN)).isFalse();
    }

    @Test
    void waitingGoesOnAfterSignals() {
        LibC interrupted = new FakeLibC() {
            private int waits;

            @Override
            public int waitpid(int pid, int options, int[] status) {
                if (waits++ < INTERRUPTIONS) return -Errno.EINTR;
                status[0] = 7 << 8;
                return pid;
            }
        };
        int[] status = new int[1];
        assertThat(ExitStatus.await(interrupted, 100, status)).isEqualTo(100);
        assertThat(ExitStatus.of(status[0])).isEqualTo(7);
    }

    @Test
    void waitingEndsWithAnyOtherError() {
        FakeLibC childless = new FakeLibC();
        childless.childless = true;
        assertThat(ExitStatus.await(childless, -1, new int[1])).isEqualTo(-Errno.ECHILD);
    }

    @Test
    void twoErrorsMeanThatThereCanBeNoProcessNow() {
        assertThat(Errno.isLackOfProcesses(-Errno.EAGAIN)).isTrue();
        assertThat(Errno.isLackOfProcesses(-Errno.ENOMEM)).isTrue();
        assertThat(Errno.isLackOfProcesses(-Errno.ENOENT)).isFalse();
        assertThat(Errno.isLackOfProcesses(Errno.EAGAIN)).isFalse();
    }
}

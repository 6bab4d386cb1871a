package daemontools.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import daemontools.common.Diagnostics;
import daemontools.posix.Bytes;
import daemontools.posix.FakeLibC;
import daemontools.service.Settings;
import org.junit.jupiter.api.Test;

class RestartsTest {
    private static final long MILLI = 1_000_000;

    private final FakeLibC kernel = new FakeLibC();
    private final Settings settings = new Settings(kernel, new Diagnostics(kernel, "supervise"), "dir");
    private final Restarts restarts = new Restarts(kernel, settings);

    private void with(String file, String content) {
        kernel.listed.add(file);
        kernel.files.put(file, Bytes.of(content));
        settings.look(true);
    }

    /** A run of so many milliseconds; how many more the next start is away. */
    private long delayAfter(long milliseconds, boolean wasReady) {
        restarts.started();
        kernel.nanos += milliseconds * MILLI;
        restarts.ended(wasReady, false);
        return restarts.nextStart() == 0 ? 0 : (restarts.nextStart() - kernel.nanos) / MILLI;
    }

    @Test
    void withoutAFileThereIsNoDelay() {
        assertThat(delayAfter(0, false)).isZero();
        assertThat(restarts.haveFailed()).isFalse();
    }

    @Test
    void eachBadRunDoublesTheDelayUpToTheMost() {
        with("back-off", "5000");
        assertThat(delayAfter(0, false)).isEqualTo(1000);
        assertThat(delayAfter(10, false)).isEqualTo(2000);
        assertThat(delayAfter(4999, false)).isEqualTo(4000);
        assertThat(delayAfter(0, false)).isEqualTo(5000);
        assertThat(delayAfter(0, false)).isEqualTo(5000);
    }

    @Test
    void aMostBelowASecondIsTheDelay() {
        with("back-off", "300");
        assertThat(delayAfter(0, false)).isEqualTo(300);
        assertThat(delayAfter(0, false)).isEqualTo(300);
    }

    @Test
    void aRunThatWasReadyOrLongEnoughResetsTheDelay() {
        with("back-off", "5000");
        delayAfter(0, false);
        assertThat(delayAfter(5000, false)).isZero();
        assertThat(delayAfter(0, false)).isEqualTo(1000);
        assertThat(delayAfter(0, true)).isZero();
        assertThat(delayAfter(0, false)).isEqualTo(1000);
    }

    @Test
    void soManyDeathsWithinTheTimeAreAFailure() {
        with("max-deaths", "3 1000");
        for (int i = 0; i < 10; i++) {
            delayAfter(501, false);
            assertThat(restarts.haveFailed()).isFalse();
        }
        delayAfter(499, false);
        assertThat(restarts.haveFailed()).isTrue();
        restarts.forget();
        assertThat(restarts.haveFailed()).isFalse();
        delayAfter(0, false);
        delayAfter(0, false);
        assertThat(restarts.haveFailed()).isFalse();
        delayAfter(0, false);
        assertThat(restarts.haveFailed()).isTrue();
    }

    @Test
    void anEndThatWasAskedForCountsForNothing() {
        with("max-deaths", "1 1000");
        with("back-off", "5000");
        restarts.started();
        restarts.ended(false, true);
        assertThat(restarts.haveFailed()).isFalse();
        assertThat(restarts.nextStart()).isZero();
    }
}

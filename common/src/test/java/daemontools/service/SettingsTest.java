package daemontools.service;

import static org.assertj.core.api.Assertions.assertThat;

import daemontools.common.Diagnostics;
import daemontools.posix.Bytes;
import daemontools.posix.FakeFiles;
import daemontools.posix.LibC;
import daemontools.posix.Signals;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private static final long ABSENT = -7;

    private final Counting kernel = new Counting();
    private final Settings settings = new Settings(kernel, new Diagnostics(kernel, "supervise"), "dir");

    /** Counts what costs a system call. */
    private static final class Counting extends FakeFiles {
        private int opens;

        @Override
        public int open(String path, int flags, int mode) {
            opens++;
            return super.open(path, flags, mode);
        }
    }

    private void hold(String file, String content) {
        kernel.listed.add(file);
        kernel.files.put(file, Bytes.of(content));
    }

    private void changedAt(long moment) {
        kernel.directories.put(".", new long[] {1, 2, moment});
    }

    private long value(Setting setting, String content) {
        hold(setting.file(), content);
        settings.look(true);
        return settings.value(setting, ABSENT);
    }

    @ParameterizedTest
    @CsvSource({"5000, 5000", "' 0\n', 0", "4294967295, 4294967295"})
    void millisecondsAreANumber(String content, long value) {
        assertThat(value(Setting.TIMEOUT_KILL, content)).isEqualTo(value);
        assertThat(kernel.errors).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1x", "1 2", "4294967296", "99999999999999999999"})
    void whatIsNoNumberOfMillisecondsIsWarnedOfAtEachStartAndCountsAsAbsent(String content) {
        assertThat(value(Setting.TIMEOUT_KILL, content)).isEqualTo(ABSENT);
        assertThat(settings.any()).isFalse();
        settings.look(false);
        settings.look(true);
        String warning = "supervise: warning: dir/timeout-kill: not a number of milliseconds\n";
        assertThat(kernel.errors).hasToString(warning + warning);
    }

    @ParameterizedTest
    @CsvSource({"INT," + Signals.INT, "SIGINT," + Signals.INT, "2,2", "64,64", "0,-7", "65,-7", "int,-7", "INTR,-7"})
    void aSignalIsANameOrANumber(String content, long value) {
        assertThat(value(Setting.DOWN_SIGNAL, content + "\n")).isEqualTo(value);
        assertThat(kernel.errors.isEmpty()).isEqualTo(value > 0);
    }

    @ParameterizedTest
    @CsvSource({"3,3", "10,10", "2,-7", "x,-7"})
    void aDescriptorIsAbove2(String content, long value) {
        assertThat(value(Setting.NOTIFICATION_FD, content)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({"3 60000,3,60000", "4096\t0,4096,0", "4097 1,-7,0", "0 1,-7,0", "3,-7,0", "3 4 5,-7,0"})
    void deathsAreACountAndMilliseconds(String content, long count, long within) {
        assertThat(value(Setting.MAX_DEATHS, content)).isEqualTo(count);
        if (count > 0) assertThat(settings.deathsWithin()).isEqualTo(within);
    }

    @ParameterizedTest
    @CsvSource({"'',true,false", "'\n',true,false", "daemon,true,true", "'daemon\n',true,true", "daemons,false,false"})
    void anOrphanageIsEmptyOrSaysDaemon(String content, boolean has, boolean isDaemon) {
        hold("orphanage", content);
        settings.look(true);
        assertThat(settings.has(Setting.ORPHANAGE)).isEqualTo(has);
        assertThat(settings.isDaemon()).isEqualTo(isDaemon);
    }

    @Test
    void aFileThatCannotBeReadIsWarnedOf() {
        hold("back-off", "1");
        kernel.refused = "back-off";
        settings.look(true);
        assertThat(settings.has(Setting.BACK_OFF)).isFalse();
        assertThat(kernel.errors).hasToString("supervise: warning: dir/back-off: access denied\n");
    }

    @Test
    void aLookAtAPlainDirectoryThatHasNotChangedCostsOneCall() {
        kernel.listed.add("run");
        changedAt(kernel.clockGettime(LibC.CLOCK_REALTIME) - 2_000_000_000L);
        settings.look(true);
        int opens = kernel.opens;
        settings.look(true);
        assertThat(kernel.opens).isEqualTo(opens);
        assertThat(settings.areNone()).isTrue();
    }

    @Test
    void aChangeInTheSecondBeforeTheLookMayBeFollowedByOneThatDoesNotShow() {
        changedAt(kernel.clockGettime(LibC.CLOCK_REALTIME) - 1);
        settings.look(true);
        hold("adopt", "");
        settings.look(true);
        assertThat(settings.has(Setting.ADOPT)).isTrue();
    }

    @Test
    void filesThatComeAndGoAreSeen() {
        changedAt(1);
        settings.look(true);
        hold("timeout-kill", "1");
        changedAt(2);
        settings.look(true);
        assertThat(settings.value(Setting.TIMEOUT_KILL, ABSENT)).isEqualTo(1);
        kernel.files.put("timeout-kill", Bytes.of("2"));
        settings.look(true);
        assertThat(settings.value(Setting.TIMEOUT_KILL, ABSENT)).isEqualTo(2);
        kernel.listed.clear();
        settings.look(true);
        assertThat(settings.any()).isFalse();
    }
}

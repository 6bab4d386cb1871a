package daemontools.tai64n;

import static org.assertj.core.api.Assertions.assertThat;

import daemontools.common.Calendar;
import daemontools.posix.FakeFiles;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ZoneFilesTest {
    private final FakeFiles libc = new FakeFiles();
    private final ZoneFiles files = new ZoneFiles(libc);

    /** Of version 1, with one kind of time and nothing else. */
    private static byte[] zone(int offset) {
        return ByteBuffer.allocate(51)
                .put(new byte[] {'T', 'Z', 'i', 'f'})
                .putInt(36, 1)
                .putInt(40, 1)
                .putInt(44, offset)
                .array();
    }

    private int hour(String path) {
        int[] fields = new int[Calendar.FIELDS];
        assertThat(files.read(path).localTime(0, fields)).isTrue();
        return fields[Calendar.HOUR];
    }

    @Test
    void aFileIsReadAgainOnceItHasChanged() {
        libc.files.put("zone", zone(3600));
        assertThat(hour("zone")).isEqualTo(1);
        libc.files.put("zone", zone(7200));
        assertThat(hour("zone")).isEqualTo(2);
    }

    @Test
    void aFileThatHasNotChangedIsNotReadAgain() {
        libc.files.put("zone", zone(3600));
        assertThat(files.read("zone")).isSameAs(files.read("zone"));
    }

    @Test
    void aFileThatHasGoneOrIsNoneOfAZoneIsNone() {
        assertThat(files.read("zone")).isNull();
        libc.files.put("zone", zone(3600));
        assertThat(files.read("zone")).isNotNull();
        libc.files.put("zone", new byte[51]);
        assertThat(files.read("zone")).isNull();
        libc.files.put("zone", zone(3600));
        assertThat(hour("zone")).isEqualTo(1);
        libc.files.remove("zone");
        assertThat(files.read("zone")).isNull();
    }

    @Test
    void aFileLongerThanAnyZonesIsNone() {
        libc.files.put("zone", Arrays.copyOf(zone(3600), 1 << 21));
        assertThat(files.read("zone")).isNull();
    }
}

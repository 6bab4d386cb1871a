package daemontools.svscanboot;

import static org.assertj.core.api.Assertions.assertThat;

import daemontools.posix.Bytes;
import org.junit.jupiter.api.Test;

class ReadproctitleTest {
    private static String shownAfter(String dots, String... reads) {
        byte[] shown = Bytes.of(dots);
        for (String read : reads) Readproctitle.shift(shown, Bytes.of(read), read.length());
        return Bytes.string(shown, 0, shown.length);
    }

    @Test
    void threeDotsStayInFrontOfTheLastBytes() {
        assertThat(shownAfter(".......", "abcdef")).isEqualTo("...cdef");
        assertThat(shownAfter(".......", "a", "bc", "", "def")).isEqualTo("...cdef");
        assertThat(shownAfter(".......", "abc")).isEqualTo("....abc");
        assertThat(shownAfter(".....", "a", "b", "c")).isEqualTo("...bc");
    }

    @Test
    void nulBytesAreDropped() {
        assertThat(shownAfter(".....", "a\0b")).isEqualTo("...ab");
        assertThat(shownAfter("......", "\0\0a", "\0")).isEqualTo(".....a");
    }

    @Test
    void onlyTheBytesThatWereReadCount() {
        byte[] shown = Bytes.of("......");
        Readproctitle.shift(shown, Bytes.of("abc"), 1);
        assertThat(shown).isEqualTo(Bytes.of(".....a"));
    }
}

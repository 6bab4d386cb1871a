package daemontools.svscanboot;

import static org.assertj.core.api.Assertions.assertThat;

import daemontools.posix.Bytes;
import org.junit.jupiter.api.Test;

class ReadproctitleTest {
    @Test
    void threeDotsStayInFrontOfTheLastBytes() {
        byte[] shown = Bytes.of(".......");
        for (byte next : Bytes.of("abcdef")) Readproctitle.shift(shown, next);
        assertThat(shown).isEqualTo(Bytes.of("...cdef"));
    }

    @Test
    void nulBytesAreDropped() {
        byte[] shown = Bytes.of(".....");
        for (byte next : Bytes.of("a\0b")) Readproctitle.shift(shown, next);
        assertThat(shown).isEqualTo(Bytes.of("...ab"));
    }
}

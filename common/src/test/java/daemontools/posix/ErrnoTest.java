package daemontools.posix;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ErrnoTest {
    @Test
    void textsAreDaemontoolsOwn() {
        assertThat(Errno.text(Errno.ENOENT)).isEqualTo("file does not exist");
        assertThat(Errno.text(-Errno.EAGAIN)).isEqualTo("temporary failure");
        assertThat(Errno.text(122)).isEqualTo("disk quota exceeded");
    }

    @Test
    void numbersWithoutATextAreUnknown() {
        assertThat(Errno.text(Errno.EOVERFLOW)).isEqualTo("unknown error");
        assertThat(Errno.text(41)).isEqualTo("unknown error");
        assertThat(Errno.text(100_000)).isEqualTo("unknown error");
    }
}

package daemontools.service;

import static org.assertj.core.api.Assertions.assertThat;

import daemontools.common.Tai64n;
import org.junit.jupiter.api.Test;

class StatusTest {
    @Test
    void thePidIsLittleEndianAndTheStampBigEndian() {
        Status status = new Status(Tai64n.ofUnixNanos(0), 0x01020304, true, Want.DOWN);
        assertThat(status.encode())
                .isEqualTo(new byte[] {0x40, 0, 0, 0, 0, 0, 0, 10, 0, 0, 1, (byte) 0xf4, 4, 3, 2, 1, 1, 'd'});
    }

    @Test
    void decodingGivesBackWhatWasEncoded() {
        for (Want want : Want.values()) {
            Status status = new Status(Tai64n.ofUnixNanos(5), -2, false, want);
            Status decoded = Status.decode(status.encode());
            assertThat(decoded.pid()).isEqualTo(-2);
            assertThat(decoded.paused()).isFalse();
            assertThat(decoded.want()).isEqualTo(want);
        }
    }

    @Test
    void whatFollowsTheStatusDoesNotMatter() {
        byte[] longer = new byte[40];
        longer[12] = 1;
        longer[18] = 3;
        assertThat(Status.decode(longer).pid()).isEqualTo(1);
    }
}

package daemontools.service;

import static org.assertj.core.api.Assertions.assertThat;

import daemontools.common.Tai64n;
import org.junit.jupiter.api.Test;

class StatusTest {
    @Test
    void thePidIsLittleEndianAndTheStampBigEndian() {
        byte[] bytes = new byte[Status.LENGTH];
        Status.encode(0, 0x01020304, true, Want.DOWN, bytes);
        assertThat(bytes).isEqualTo(new byte[] {0x40, 0, 0, 0, 0, 0, 0, 10, 0, 0, 1, (byte) 0xf4, 4, 3, 2, 1, 1, 'd'});
    }

    @Test
    void decodingGivesBackWhatWasEncoded() {
        for (Want want : Want.values()) {
            byte[] bytes = new byte[Status.LENGTH];
            Status.encode(5_000_000_000L, -2, false, want, bytes);
            Status decoded = Status.decode(bytes);
            assertThat(decoded.since().seconds()).isEqualTo(Tai64n.EPOCH + 5);
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

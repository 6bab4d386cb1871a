package daemontools.common;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class Tai64nTest {
    @Test
    void theEpochIsTenSecondsIntoTheSecondHalfOfTheNumbers() {
        assertThat(Tai64n.ofUnixNanos(0)).hasToString("@400000000000000a000001f4");
    }

    @Test
    void nanosecondsAreWholeMicrosecondsAndAHalf() {
        assertThat(Tai64n.ofUnixNanos(1_000_000_000_123_456_789L)).hasToString("@400000003b9aca0a075bcbf4");
    }

    @Test
    void packingAndUnpackingAreInverse() {
        byte[] packed = new byte[Tai64n.PACKED_LENGTH + 1];
        Tai64n.pack(-1, packed, 1);
        assertThat(Tai64n.unpack(packed, 1))
                .hasToString(Tai64n.ofUnixNanos(-1).toString())
                .hasToString("@40000000000000093b9ac80c");
    }
}

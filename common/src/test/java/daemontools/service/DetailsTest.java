package daemontools.service;

import static org.assertj.core.api.Assertions.assertThat;

import daemontools.posix.Bytes;
import daemontools.service.Details.Fact;
import org.junit.jupiter.api.Test;

class DetailsTest {
    private static Details details(String text) {
        return Details.of(Bytes.of(text), text.length());
    }

    @Test
    void factsAreFoundByTheirNames() {
        Details details = details("supervise 812\nstate up\nready 1\nready-since 5.25\nreadies 3\npaused 0\n");
        assertThat(details.number(Fact.SUPERVISE)).isEqualTo(812);
        assertThat(details.is(Fact.STATE, "up")).isTrue();
        assertThat(details.is(Fact.READY)).isTrue();
        assertThat(details.is(Fact.PAUSED)).isFalse();
        assertThat(details.number(Fact.READIES)).isEqualTo(3);
    }

    @Test
    void momentsHaveNineDecimalsOrFewer() {
        Details details = details("since 1764084434.609524001\nready-since 5.25\nended 7\n");
        assertThat(details.nanos(Fact.SINCE)).isEqualTo(1_764_084_434_609_524_001L);
        assertThat(details.nanos(Fact.READY_SINCE)).isEqualTo(5_250_000_000L);
        assertThat(details.nanos(Fact.ENDED)).isEqualTo(7_000_000_000L);
        assertThat(details.nanos(Fact.NEXT_START)).isEqualTo(Details.UNKNOWN);
    }

    @Test
    void whatIsAbsentUnknownToUsOrNoNumberIsNotKnown() {
        Details details = details("colour blue\nstarts many\nends\nexit \n\nsignal 9");
        for (Fact fact : Fact.values()) assertThat(details.isKnown(fact)).isFalse();
        assertThat(details.is(Fact.READY)).isFalse();
    }
}

package daemontools.tai64n;

import static org.assertj.core.api.Assertions.assertThat;

import daemontools.common.Calendar;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhenTest {
    private static final long NANOS = 1_000_000_000;
    /** Two hours east of UTC. */
    private static final Zone EAST = (moment, fields) -> Calendar.localTime(moment, 7200, fields);

    private static final long NOW = Instant.parse("2026-03-01T23:30:00Z").getEpochSecond();

    private final When when = new When(EAST, NOW);

    @ParameterizedTest
    @CsvSource({"90s, 90", "10m, 600", "2h, 7200", "3d, 259200", "1w, 604800", "0s, 0"})
    void aNumberAndAUnitAreSoLongAgo(String text, long seconds) {
        assertThat(when.read(text)).isEqualTo((NOW - seconds) * NANOS);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-25T08:00:00Z, 2026-11-25T08:00:00Z",
        "2026-11-25t08:00:00.25z, 2026-11-25T08:00:00.250Z",
        "2026-11-25T08:00:00-05:30, 2026-11-25T08:00:00-05:30",
        "2026-11-25 08:00:00+0100, 2026-11-25T08:00:00+01:00",
        "2026-11-25 08:00:01.123456789, 2026-11-25T08:00:01.123456789+02:00",
        "2026-11-25 08:00, 2026-11-25T08:00:00+02:00",
        "2026-11-25, 2026-11-25T00:00:00+02:00",
        "today, 2026-03-02T00:00:00+02:00",
        "yesterday, 2026-03-01T00:00:00+02:00",
        "@4000000037c219bf2ef02e94, 1999-08-24T04:04:05.787492500Z"
    })
    void datesAreReadAsTheyAreWritten(String text, String same) {
        Instant expected = OffsetDateTime.parse(same).toInstant();
        assertThat(when.read(text)).isEqualTo(expected.getEpochSecond() * NANOS + expected.getNano());
    }

    @Test
    void anythingElseIsNoMoment() {
        for (String text : List.of(
                "",
                "m",
                "10",
                "10x",
                "-1h",
                "tomorrow",
                "2026",
                "2026-13-01",
                "2026-00-01",
                "2026-01-32",
                "2026-11-25T",
                "2026-11-25 25:00",
                "2026-11-25 08:00 x",
                "2026-11-25T08:00:00+1",
                "@4000",
                "@4000000037c219bf2ef02e94x",
                "99999999999999999999s")) {
            assertThat(when.read(text)).as(text).isNull();
        }
    }
}

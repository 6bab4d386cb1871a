package daemontools.tai64n;

import static org.assertj.core.api.Assertions.assertThat;

import daemontools.common.Calendar;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Beside Java's rules, which need no libc. */
class RuleZoneTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "CET-1CEST,M3.5.0,M10.5.0/3 Europe/Paris",
                "EST5EDT,M3.2.0,M11.1.0 America/New_York",
                "AEST-10AEDT,M10.1.0,M4.1.0/3 Australia/Sydney",
                "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0 Australia/Lord_Howe",
                "IST-5:30 Asia/Kolkata"
            })
    void isRightAroundEveryTransition(String tz, String name) {
        RuleZone zone = new RuleZone(tz);
        ZoneId expected = ZoneId.of(name);
        // The rules of today are those since 2009.
        Instant moment = Instant.parse("2009-01-01T00:00:00Z");
        for (int i = 0; i < 100; i++) {
            for (int j = -2; j < 3; j++) isRight(zone, moment.plusSeconds(j).atZone(expected));
            ZoneOffsetTransition next = expected.getRules().nextTransition(moment);
            moment = next == null ? moment.plusSeconds(10_000_000) : next.getInstant();
        }
    }

    private static void isRight(RuleZone zone, ZonedDateTime local) {
        int[] fields = new int[Calendar.FIELDS];
        assertThat(zone.localTime(local.toEpochSecond(), fields)).isTrue();
        assertThat(fields)
                .as(local.toString())
                .containsExactly(
                        local.getYear() - Calendar.FIRST_YEAR,
                        local.getMonthValue() - 1,
                        local.getDayOfMonth(),
                        local.getHour(),
                        local.getMinute(),
                        local.getSecond());
    }
}

package daemontools.tai64n;

import static org.assertj.core.api.Assertions.assertThat;

import daemontools.posix.Bytes;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalTimeTest {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("y-MM-dd HH:mm:ss");

    private ZoneId zone = ZoneId.of("UTC");
    private int asked;
    private final LocalTime time = new LocalTime(this::localTime);

    /** Java's opinion, for moments from the year 0 on. */
    private boolean localTime(long moment, int[] fields) {
        asked++;
        ZonedDateTime local = Instant.ofEpochSecond(moment).atZone(zone);
        if (local.getYear() < 0) return false;
        fields[0] = local.getYear() - 1900;
        fields[1] = local.getMonthValue() - 1;
        fields[2] = local.getDayOfMonth();
        fields[3] = local.getHour();
        fields[4] = local.getMinute();
        fields[5] = local.getSecond();
        return true;
    }

    private String shown(long moment) {
        assertThat(time.show(moment)).isTrue();
        return Bytes.string(time.text(), 0, time.length());
    }

    private String expected(long moment) {
        return FORMAT.format(Instant.ofEpochSecond(moment).atZone(zone));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UTC",
                "America/New_York",
                "Asia/Kolkata",
                "Asia/Kathmandu",
                "Australia/Lord_Howe",
                "Africa/Monrovia",
                "Europe/Amsterdam",
                "Pacific/Apia",
                "America/St_Johns"
            })
    void isRightAroundEveryTransitionInAnyOrder(String name) {
        zone = ZoneId.of(name);
        Random random = new Random(name.hashCode());
        var transition = zone.getRules().nextTransition(Instant.ofEpochSecond(-5_000_000_000L));
        for (int i = 0; transition != null && i < 200; i++) {
            for (int j = 0; j < 100; j++) {
                long moment = transition.toEpochSecond() + random.nextInt(200) - 100;
                assertThat(shown(moment)).isEqualTo(expected(moment));
            }
            transition = zone.getRules().nextTransition(transition.getInstant());
        }
        for (int i = 0; i < 1000; i++) {
            long moment = random.nextLong(-60_000_000_000L, 300_000_000_000L);
            assertThat(shown(moment)).isEqualTo(expected(moment));
        }
    }

    @Test
    void manyLinesOfAMinuteNeedNoMoreThanTwoQuestions() {
        shown(1_000_000_000);
        shown(1_000_000_015);
        for (int i = 0; i <= 15; i++) assertThat(shown(1_000_000_000 + i)).isEqualTo(expected(1_000_000_000 + i));
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void aZoneThatChangedIsSeenOnceItWasLookedAtAgain() {
        String utc = shown(1_000_000_000);
        zone = ZoneId.of("Asia/Tokyo");
        assertThat(shown(1_000_000_000)).isEqualTo(utc);
        time.lookAgain();
        assertThat(shown(1_000_000_000)).isEqualTo(expected(1_000_000_000)).isNotEqualTo(utc);
    }

    @Test
    void whatHasNoLocalTimeIsRefusedAndTheNextIsRightAgain() {
        assertThat(time.show(-100_000_000_000L)).isFalse();
        assertThat(shown(5)).isEqualTo(expected(5));
        assertThat(time.show(Long.MIN_VALUE / 1000)).isFalse();
        assertThat(shown(6)).isEqualTo(expected(6));
    }
}

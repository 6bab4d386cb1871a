package daemontools.common;

import static org.assertj.core.api.Assertions.assertThat;

import daemontools.posix.FakeFiles;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IsoStampTest {
    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z '");

    private final FakeFiles kernel = new FakeFiles();
    private final LineStamp stamp = new LineStamp(kernel, new IsoStamp());

    private String at(long nanos) {
        kernel.nanos = nanos;
        stamp.expire();
        return new String(stamp.text(), StandardCharsets.ISO_8859_1);
    }

    private static String expected(long nanos) {
        long second = Math.floorDiv(nanos, 1_000_000_000L);
        return LocalDateTime.ofEpochSecond(second, (int) (nanos - second * 1_000_000_000L), ZoneOffset.UTC)
                .format(ISO);
    }

    @Test
    void aStampIsTheTimeInUtcWithMicroseconds() {
        assertThat(at(1_764_038_834_609_524_999L)).isEqualTo("2025-11-25T02:47:14.609524Z ");
    }

    @Test
    void itIsRightAtAnyTimeAlsoWhereTheClockJumps() {
        Random random = new Random(18);
        long nanos = 0;
        for (int i = 0; i < 100_000; i++) {
            nanos = switch (random.nextInt(4)) {
                case 0 -> random.nextLong(-4_000_000_000_000_000_000L, 9_000_000_000_000_000_000L);
                case 1 -> nanos + random.nextInt(2_000_000_000);
                case 2 -> nanos - random.nextInt(3_000_000);
                default -> nanos + random.nextInt(2_000);
            };
            assertThat(at(nanos)).isEqualTo(expected(nanos));
        }
    }

    @Test
    void eachMicrosecondHasItsDigits() {
        byte[] text = new byte[IsoStamp.LENGTH];
        IsoStamp format = new IsoStamp();
        format.writeSecond(0, text);
        for (int micro = 0; micro < 1_000_000; micro += 7) {
            format.writeMicrosecond(micro, text);
            int shown = 0;
            for (int i = 20; i < 26; i++) shown = 10 * shown + text[i] - '0';
            assertThat(shown).isEqualTo(micro);
        }
    }

    @Test
    void theCalendarCountsBackWhatItTold() {
        Random random = new Random(19);
        int[] fields = new int[Calendar.FIELDS];
        for (int i = 0; i < 10_000; i++) {
            long moment = random.nextLong(-100_000_000_000L, 300_000_000_000L);
            assertThat(Calendar.localTime(moment, 0, fields)).isTrue();
            assertThat(Calendar.moment(fields)).isEqualTo(moment);
            LocalDateTime date = LocalDateTime.ofInstant(Instant.ofEpochSecond(moment), ZoneOffset.UTC);
            assertThat(fields[Calendar.YEAR] + Calendar.FIRST_YEAR).isEqualTo(date.getYear());
            assertThat(fields[Calendar.MONTH] + 1).isEqualTo(date.getMonthValue());
        }
    }
}

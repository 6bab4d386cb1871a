package daemontools.tai64n;

import static org.assertj.core.api.Assertions.fail;

import daemontools.common.Calendar;
import daemontools.posix.JnaLibC;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Random;

/** Asks glibc and {@link SystemZone} for the same moments in the same order. */
final class ZoneComparison {
    private static final long STEP = 60 * 86400L;
    private static final long FIRST = -4_000_000_000L;
    private static final long LAST = 4_200_000_000L;
    /** Past these no year fits into an int. */
    private static final long FURTHEST = 68_000_000_000_000_000L;

    private final Glibc glibc;
    private final Random random;
    private final int[] expected = new int[Calendar.FIELDS];
    private final int[] actual = new int[Calendar.FIELDS];
    private String zoneName;
    private Zone zone;

    ZoneComparison(Glibc glibc, Random random) {
        this.glibc = glibc;
        this.random = random;
    }

    /** Compares for a TZ, null for none: around each transition and at random moments. */
    void compare(String tz) {
        glibc.set("TZ", tz);
        zoneName = tz;
        zone = new SystemZone(new JnaLibC());
        // glibc 2.36 is wrong about the first moment if the transitions are those of posixrules.
        glibc.localTime(0, expected);
        zone.localTime(0, actual);
        compareAroundTransitions();
        for (int i = 0; i < 200; i++) {
            compareAt(random.nextLong(FIRST, LAST));
            compareAt(random.nextLong(-FURTHEST, FURTHEST));
        }
        for (long special : new long[] {0, 1L << 31, -1L << 31, 1L << 32, Long.MIN_VALUE + 9, Long.MAX_VALUE - 9}) {
            for (int i = -3; i < 3; i++) compareAt(special + i);
        }
        compareAroundYear(0);
        compareAroundYear(Integer.MAX_VALUE + 1900L);
        compareAroundYear(Integer.MIN_VALUE + 1900L);
    }

    private void compareAroundYear(long year) {
        long start = Math.round((year - 1970) * 365.2425) * 86400;
        for (int i = 0; i < 50; i++) compareAt(start + random.nextLong(-400 * 86400L, 400 * 86400L));
    }

    private void compareAroundTransitions() {
        long before = Long.MIN_VALUE;
        for (long moment = FIRST; moment < LAST; moment += STEP) {
            long offset = offset(moment);
            if (before != Long.MIN_VALUE && offset != before) {
                long transition = transition(moment - STEP, moment);
                for (int i = -2; i < 3; i++) compareAt(transition + i);
            }
            before = offset;
        }
    }

    /** The first second from which on the clock is not the one of {@code from}. */
    private long transition(long from, long to) {
        long before = offset(from);
        long low = from;
        long high = to;
        while (low + 1 < high) {
            long middle = (low + high) / 2;
            if (offset(middle) == before) low = middle;
            else high = middle;
        }
        return high;
    }

    /** How far glibc's clock is ahead of UTC; compares too. */
    private long offset(long moment) {
        compareAt(moment);
        LocalDateTime minute =
                LocalDateTime.of(expected[0] + 1900, expected[1] + 1, expected[2], expected[3], expected[4]);
        return minute.toEpochSecond(ZoneOffset.UTC) + expected[5] - moment;
    }

    private void compareAt(long moment) {
        boolean isKnown = glibc.localTime(moment, expected);
        boolean isTold = zone.localTime(moment, actual);
        if (isKnown != isTold || (isKnown && !Arrays.equals(expected, actual))) {
            fail(
                    "TZ %s at %d: glibc tells %s, we tell %s",
                    zoneName == null ? "not set" : "'" + zoneName + "'",
                    moment,
                    isKnown ? Arrays.toString(expected) : "nothing",
                    isTold ? Arrays.toString(actual) : "nothing");
        }
    }
}

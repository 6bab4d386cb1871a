package daemontools.tai64n;

import daemontools.common.Calendar;
import org.jspecify.annotations.Nullable;

/** A zone as its file describes it (RFC 9636, tzfile(5)), with glibc 2.36's choices where the format leaves any. */
final class ZoneFile implements Zone {
    /** A local time type record: seconds east of UTC, and by which clock a transition to it was set. */
    record Type(int offset, boolean isDaylight, boolean isSetInStandard, boolean isSetInUtc) {}

    private final long[] transitions;
    /** The index of the type from each transition on. */
    private final int[] typesAfter;

    private final Type[] types;
    private final LeapSeconds leapSeconds;
    /** From the last transition on; null if its type stays. */
    private final @Nullable RuleZone rules;

    ZoneFile(long[] transitions, int[] typesAfter, Type[] types, LeapSeconds leapSeconds, @Nullable RuleZone rules) {
        this.transitions = transitions;
        this.typesAfter = typesAfter;
        this.types = types;
        this.leapSeconds = leapSeconds;
        this.rules = rules;
    }

    @Override
    public boolean localTime(long moment, int[] fields) {
        int leap = leapSeconds.last(moment);
        long offset = offset(moment, fields) - leapSeconds.correction(leap);
        if (!Calendar.localTime(moment, offset, fields)) return false;
        fields[Calendar.SECOND] += leapSeconds.inserted(leap, moment);
        return true;
    }

    private int offset(long moment, int[] scratch) {
        int last = transitions.length - 1;
        if (last < 0 || moment < transitions[0]) return types[firstType()].offset;
        if (moment >= transitions[last]) {
            if (rules != null && Calendar.localTime(moment, 0, scratch)) {
                return rules.offset(moment, scratch[Calendar.YEAR] + Calendar.FIRST_YEAR);
            }
            return types[typesAfter[last]].offset;
        }
        return types[typesAfter[lastTransition(moment)]].offset;
    }

    /** The first standard time, where there is one. */
    private int firstType() {
        for (int i = 0; i < types.length; i++) {
            if (!types[i].isDaylight) return i;
        }
        return 0;
    }

    /** Of a moment between two transitions. */
    private int lastTransition(long moment) {
        int low = 0;
        int high = transitions.length - 1;
        while (low + 1 < high) {
            int middle = (low + high) >>> 1;
            if (moment < transitions[middle]) high = middle;
            else low = middle;
        }
        return low;
    }

    /**
     * This file as {@code posixrules}: the same transitions, set by clocks with other offsets. Null if it knows no two
     * kinds of time. The rules for the time after the last transition stay; that is glibc's way.
     */
    @Nullable
    ZoneFile withOffsets(int standard, int daylight) {
        if (types.length < 2) return null;
        long later = (long) standard - lastStandard();
        long[] moved = transitions.clone();
        int[] kinds = new int[moved.length];
        boolean wasDaylight = false;
        for (int i = 0; i < moved.length; i++) {
            Type type = types[typesAfter[i]];
            boolean isSetInDaylight = wasDaylight && !type.isSetInStandard;
            // Those set by a clock with daylight saving time stay: glibc moves them for the first moment only, by
            // mistake.
            if (!type.isSetInUtc && !isSetInDaylight) moved[i] += later;
            kinds[i] = type.isDaylight ? 1 : 0;
            wasDaylight = type.isDaylight;
        }
        Type[] both = {new Type(standard, false, false, false), new Type(daylight, true, false, false)};
        return new ZoneFile(moved, kinds, both, leapSeconds, rules);
    }

    private int lastStandard() {
        if (transitions.length == 0) return types[0].offset;
        for (int i = transitions.length - 1; i >= 0; i--) {
            Type type = types[typesAfter[i]];
            if (!type.isDaylight) return type.offset;
        }
        return 0;
    }
}

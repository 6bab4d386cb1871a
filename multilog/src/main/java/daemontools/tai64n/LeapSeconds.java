package daemontools.tai64n;

/** The leap seconds of a zone whose clock counts them ({@code right/}): RFC 9636, section 3.2. */
final class LeapSeconds {
    private final long[] occurrences;
    private final long[] corrections;

    /** When each comes, and how many seconds the clock is ahead of UTC from then on. */
    LeapSeconds(long[] occurrences, long[] corrections) {
        this.occurrences = occurrences;
        this.corrections = corrections;
    }

    /** The last one that has come, -1 when none has. */
    int last(long moment) {
        int index = occurrences.length - 1;
        while (index >= 0 && moment < occurrences[index]) index--;
        return index;
    }

    long correction(int index) {
        return index < 0 ? 0 : corrections[index];
    }

    /** How far a moment is into seconds 60, 61, and so on: 0 if it is no leap second. */
    int inserted(int last, long moment) {
        if (last < 0 || moment != occurrences[last] || corrections[last] <= correction(last - 1)) return 0;
        int first = last;
        while (first > 0
                && occurrences[first] == occurrences[first - 1] + 1
                && corrections[first] == corrections[first - 1] + 1) first--;
        return last - first + 1;
    }
}

package daemontools.multilog;

import daemontools.posix.Words;

/**
 * Words {@code +PATTERN} and {@code -PATTERN} that follow each other: lines that match are selected or deselected from
 * there on (spec 11.4). A script may have hundreds of thousands of them, so their bytes lie in one array.
 */
final class Selections implements Action {
    private final byte[] words;
    /** Where each word ends, and the next begins. */
    private final int[] ends;

    /** Takes the words from one up to before another; each has a sign at its beginning. */
    Selections(Words script, int from, int to) {
        ends = new int[to - from];
        int length = 0;
        for (int i = 0; i < ends.length; i++) {
            length += script.length(from + i);
            ends[i] = length;
        }
        words = new byte[length];
        int start = 0;
        for (int i = 0; i < ends.length; i++) {
            for (int at = start; at < ends[i]; at++) words[at] = script.byteAt(from + i, at - start);
            start = ends[i];
        }
    }

    @Override
    public boolean apply(boolean selected, Line line) {
        boolean result = selected;
        int start = 0;
        for (int end : ends) {
            boolean select = words[start] == '+';
            if (result != select && matches(start + 1, end, line)) result = select;
            start = end;
        }
        return result;
    }

    /**
     * A star at the end of a pattern stands for anything; any other star for everything before the first occurrence of
     * the byte that follows it. There is no second try further on.
     */
    private boolean matches(int from, int to, Line line) {
        byte[] bytes = line.bytes();
        int length = line.length();
        int at = 0;
        for (int i = from; i < to; i++) {
            if (words[i] != '*') {
                if (at == length || bytes[at] != words[i]) return false;
                at++;
            } else if (i + 1 == to) {
                return true;
            } else {
                while (at < length && bytes[at] != words[i + 1]) at++;
                if (at == length) return false;
            }
        }
        return at == length;
    }
}

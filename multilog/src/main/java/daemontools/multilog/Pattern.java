package daemontools.multilog;

import daemontools.posix.Bytes;

/**
 * A pattern that whole lines are matched with (spec 11.4). A star at its end stands for anything; any other star for
 * everything before the first occurrence of the byte that follows it. There is no second try further on.
 */
final class Pattern {
    private final byte[] pattern;

    Pattern(String pattern) {
        this.pattern = Bytes.of(pattern);
    }

    boolean matches(Line line) {
        byte[] bytes = line.bytes();
        int length = line.length();
        int at = 0;
        for (int i = 0; i < pattern.length; i++) {
            if (pattern[i] != '*') {
                if (at == length || bytes[at] != pattern[i]) return false;
                at++;
            } else if (i + 1 == pattern.length) {
                return true;
            } else {
                while (at < length && bytes[at] != pattern[i + 1]) at++;
                if (at == length) return false;
            }
        }
        return at == length;
    }
}

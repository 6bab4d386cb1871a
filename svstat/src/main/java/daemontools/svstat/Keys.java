package daemontools.svstat;

import daemontools.posix.Bytes;
import org.jspecify.annotations.Nullable;

/** Makes keys of the bytes that a terminal sends; a sequence may come in pieces. What is no key of ours is dropped. */
final class Keys {
    private static final char ESCAPE = '\033';

    private String pending = "";

    void add(byte[] bytes, int count) {
        pending += Bytes.string(bytes, 0, count);
    }

    /** The next key, null when there is none (yet). */
    @Nullable
    Key next() {
        while (!pending.isEmpty()) {
            for (Key key : Key.ALL) {
                for (String sequence : key.sequences) {
                    if (!pending.startsWith(sequence)) continue;
                    pending = pending.substring(sequence.length());
                    return key;
                }
            }
            int length = length();
            if (length == 0) return null;
            pending = pending.substring(length);
        }
        return null;
    }

    /** How many bytes the unknown sequence takes that comes next, zero while its end has not come. */
    private int length() {
        if (pending.charAt(0) != ESCAPE) return 1;
        if (pending.length() == 1) return 0;
        char kind = pending.charAt(1);
        if (kind == 'O') return pending.length() == 2 ? 0 : 3;
        if (kind != '[') return 1;
        int end = 2;
        while (end < pending.length() && pending.charAt(end) < '@') end++;
        return end == pending.length() ? 0 : end + 1;
    }
}

package daemontools.posix;

import org.jspecify.annotations.Nullable;

/**
 * Finds an account among lines in the form of passwd(5), read as glibc 2.36 reads them: blanks before a line do not
 * count, nor do lines that begin with {@code #}; of a line only name, user and group must be there; numbers are
 * strtoul(3)'s, but fit into 32 bits; a line that is wrong is none.
 */
final class Passwd {
    private static final long LARGEST_ID = 0xffffffffL;

    private final ByteReader in;

    Passwd(ByteReader in) {
        this.in = in;
    }

    /**
     * Reads up to the account. Lines that begin with {@code +} or {@code -} are not accounts but marks for the service
     * {@code compat}.
     *
     * @param name null for the first account, whatever it is called
     * @param upToMarks whether such a line is the end
     * @param ids gets uid and gid, if the result is true
     */
    boolean find(@Nullable String name, boolean upToMarks, int[] ids) {
        if (name != null && (name.indexOf(':') >= 0 || name.indexOf('\n') >= 0)) return false;
        for (; in.peek() != ByteReader.END; in.skipLine()) {
            in.skipBlanks();
            boolean mark = in.peek() == '+' || in.peek() == '-';
            if (mark && upToMarks) return false;
            if (!mark && in.peek() != '#' && isOf(name) && readIds(ids)) return true;
        }
        return false;
    }

    private boolean isOf(@Nullable String name) {
        return name == null ? skipField() : in.takes(name) && in.takes(":");
    }

    private boolean skipField() {
        while (!in.isAtLineEnd() && in.peek() != ':') in.advance();
        return in.takes(":");
    }

    private boolean readIds(int[] ids) {
        return skipField()
                && readId(ids, 0)
                && in.takes(":")
                && readId(ids, 1)
                && (in.isAtLineEnd() || in.peek() == ':');
    }

    private boolean readId(int[] ids, int index) {
        in.skipBlanks();
        boolean negative = in.peek() == '-';
        if (negative || in.peek() == '+') in.advance();
        boolean hasDigits = isDigit(in.peek());
        long id = 0;
        for (; isDigit(in.peek()); in.advance()) id = Math.min(id * 10 + in.peek() - '0', LARGEST_ID + 1);
        ids[index] = (int) id;
        return hasDigits && id <= (negative ? 0 : LARGEST_ID);
    }

    private static boolean isDigit(int b) {
        return b >= '0' && b <= '9';
    }
}

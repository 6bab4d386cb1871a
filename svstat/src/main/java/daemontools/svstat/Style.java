package daemontools.svstat;

import daemontools.posix.LibC;

/**
 * How a table may look: as wide as the terminal, and in colours where it may have some (no-color.org); elsewhere plain, and
 * as wide as need be.
 *
 * @param columns the width, zero where there is none
 */
record Style(int columns, boolean colours) {
    static final Style PLAIN = new Style(0, false);

    static Style of(LibC libc, int fd) {
        int[] size = new int[2];
        if (!libc.isatty(fd) || libc.terminalSize(fd, size) < 0) return PLAIN;
        return new Style(size[0], hasColours(libc));
    }

    /** Whether a terminal may have some. */
    static boolean hasColours(LibC libc) {
        String none = libc.getenv("NO_COLOR");
        return !isDumb(libc) && (none == null || none.isEmpty());
    }

    /** Whether the terminal takes nothing but text. */
    static boolean isDumb(LibC libc) {
        return "dumb".equals(libc.getenv("TERM"));
    }
}

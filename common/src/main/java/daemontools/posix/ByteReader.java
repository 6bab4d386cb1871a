package daemontools.posix;

/**
 * Reads a descriptor byte by byte, in lines that may have any length. Where a read fails, or does not succeed in time,
 * the end has come.
 */
final class ByteReader {
    /** What {@link #peek} returns when there is nothing more. */
    static final int END = -1;
    /** The time limit of a reader that waits as long as it takes. */
    static final long NEVER = Long.MAX_VALUE;

    private static final int BLOCK = 4096;
    private static final int NANOS_PER_MILLI = 1_000_000;

    private final LibC libc;
    private final int fd;
    private final long timeLimit;
    private final byte[] block = new byte[BLOCK];
    private int at;
    private int length;
    private boolean ended;
    private boolean late;

    /** @param timeLimit what the monotonic clock, in nanoseconds, shows when it is too late to wait for more */
    ByteReader(LibC libc, int fd, long timeLimit) {
        this.libc = libc;
        this.fd = fd;
        this.timeLimit = timeLimit;
    }

    /** The next byte, 0 to 255, which stays the next one; or {@link #END}. */
    int peek() {
        if (at == length && !ended) readBlock();
        return at < length ? block[at] & 0xff : END;
    }

    /** Goes past the next byte. */
    void advance() {
        at++;
    }

    /** Whether a text comes next. Goes past it, or past as much of it as there is. */
    boolean takes(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (peek() != text.charAt(i)) return false;
            advance();
        }
        return true;
    }

    /** Goes past what isspace(3) calls blank, but stays on the line. */
    void skipBlanks() {
        while (peek() != '\n' && isBlank(peek())) advance();
    }

    static boolean isBlank(int b) {
        return b == ' ' || (b >= '\t' && b <= '\r');
    }

    /** Whether there is nothing more on the line: to programs in C a zero byte ends it too. */
    boolean isAtLineEnd() {
        int b = peek();
        return b == '\n' || b == 0 || b == END;
    }

    /** Goes to the next line, or to the end. */
    void skipLine() {
        while (peek() != END) {
            while (at < length) {
                if (block[at++] == '\n') return;
            }
        }
    }

    /** Whether the end was made by the time limit. */
    boolean isLate() {
        return late;
    }

    private void readBlock() {
        int count = -Errno.EINTR;
        while (count == -Errno.EINTR && !late) {
            late = timeLimit != NEVER && !isReadableInTime();
            if (!late) count = libc.read(fd, block, 0, BLOCK);
        }
        at = 0;
        length = Math.max(count, 0);
        ended = length == 0;
    }

    private boolean isReadableInTime() {
        int[] descriptors = {fd};
        boolean[] ready = new boolean[1];
        int count = -Errno.EINTR;
        while (count == -Errno.EINTR) {
            long left = timeLimit - libc.clockGettime(LibC.CLOCK_MONOTONIC);
            count = left < 0 ? 0 : libc.poll(descriptors, ready, (int) (left / NANOS_PER_MILLI) + 1);
        }
        return count > 0;
    }
}

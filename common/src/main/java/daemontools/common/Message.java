package daemontools.common;

import daemontools.posix.Errno;
import daemontools.posix.LibC;
import java.util.Arrays;

/**
 * A line for descriptor 2 that is put together piece by piece, in memory that is there from the start: where memory has
 * run out, that can still be said.
 */
final class Message {
    private static final int STANDARD_ERROR = 2;
    /** More than the longest path that the kernel takes and the words around it; only what is longer takes new memory. */
    private static final int USUAL = 5 * 1024;

    private byte[] bytes = new byte[USUAL];
    private int length;

    /** The message is empty now. */
    Message begin() {
        length = 0;
        return this;
    }

    @SuppressWarnings("deprecation") // takes no memory, and drops the high bytes as Bytes.of does
    Message add(String piece) {
        int end = length + piece.length();
        if (end > bytes.length) bytes = Arrays.copyOf(bytes, 2 * end);
        piece.getBytes(0, piece.length(), bytes, length);
        length = end;
        return this;
    }

    /** Why a {@link LibC} call returned {@code error}. */
    Message addReason(int error) {
        return add(": ").add(Errno.text(error));
    }

    /** Writes the line in one piece, so that lines of several processes do not mix; trouble is ignored. */
    void print(LibC libc) {
        add("\n");
        Output.writeAll(libc, STANDARD_ERROR, bytes, length);
    }
}

package daemontools.common;

import daemontools.posix.Errno;
import daemontools.posix.LibC;
import java.util.Arrays;

/**
 * A line, for descriptor 2 unless another is named, that is put together piece by piece, in memory that is there from the start: where memory has
 * run out, that can still be said.
 */
public final class Message {
    /** More than the longest path that the kernel takes and the words around it; only what is longer takes new memory. */
    private static final int USUAL = 5 * 1024;

    private int descriptor = 2;
    private byte[] bytes = new byte[USUAL];
    private int length;

    /** The message is empty now. */
    Message begin() {
        length = 0;
        return this;
    }

    @SuppressWarnings("deprecation") // takes no memory, and drops the high bytes as Bytes.of does
    public Message add(String piece) {
        makeRoom(piece.length());
        piece.getBytes(0, piece.length(), bytes, length);
        length += piece.length();
        return this;
    }

    /** Adds an array's first {@code count} bytes. */
    public Message add(byte[] piece, int count) {
        makeRoom(count);
        System.arraycopy(piece, 0, bytes, length, count);
        length += count;
        return this;
    }

    /** Takes the memory now that so many bytes more need. */
    void makeRoom(int count) {
        int end = length + count;
        if (end > bytes.length) bytes = Arrays.copyOf(bytes, 2 * end);
    }

    /** Why a {@link LibC} call returned {@code error}. */
    public Message addReason(int error) {
        return add(": ").add(Errno.text(error));
    }

    /** From now on lines go to another descriptor. */
    void writeTo(int descriptor) {
        this.descriptor = descriptor;
    }

    /** Writes the line in one piece, so that lines of several processes do not mix; trouble is ignored. */
    public void print(LibC libc) {
        add("\n");
        Output.writeAll(libc, descriptor, bytes, length);
    }
}

package daemontools.posix;

import java.util.Arrays;

/** A path that is put together anew each time, in memory that is there from the start. Its bytes end with a NUL, as C's do. */
public final class PathBuffer {
    /** Enough for an entry's name and what is added to it. */
    private static final int USUAL = 512;

    private byte[] bytes = new byte[USUAL];
    private int length;

    /** Makes it empty. */
    public PathBuffer begin() {
        length = 0;
        return this;
    }

    public PathBuffer add(String text) {
        for (int i = 0; i < text.length(); i++) add((byte) text.charAt(i));
        return this;
    }

    /** Adds a number that is not negative. */
    public PathBuffer add(int number) {
        if (number >= 10) add(number / 10);
        add((byte) ('0' + number % 10));
        return this;
    }

    /** Adds the name of the entry that a reader is at. */
    public PathBuffer add(DirectoryReader entry) {
        for (int i = 0; i < entry.nameLength(); i++) add((byte) entry.nameByte(i));
        return this;
    }

    private void add(byte next) {
        if (length + 1 == bytes.length) bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        bytes[length++] = next;
        bytes[length] = 0;
    }

    /** Leaves the first bytes of it. */
    public void cut(int newLength) {
        length = newLength;
        bytes[length] = 0;
    }

    public int length() {
        return length;
    }

    /** Not a copy: they hold until the path changes. */
    public byte[] bytes() {
        return bytes;
    }
}

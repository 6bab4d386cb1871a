package daemontools.common;

import daemontools.posix.Bytes;
import daemontools.posix.Errno;
import daemontools.posix.LibC;

/** Writing to descriptors. */
public final class Output {
    private Output() {}

    /** Writes all of a text; returns zero or the negative errno number that stopped it. */
    public static int writeAll(LibC libc, int fd, String text) {
        byte[] bytes = Bytes.of(text);
        return writeAll(libc, fd, bytes, bytes.length);
    }

    /** Writes all of an array's first {@code length} bytes; returns zero or the negative errno number that stopped it. */
    public static int writeAll(LibC libc, int fd, byte[] bytes, int length) {
        int done = 0;
        while (done < length) {
            int written = libc.write(fd, bytes, done, length - done);
            if (written == -Errno.EINTR) continue;
            if (written < 0) return written;
            done += written;
        }
        return 0;
    }
}

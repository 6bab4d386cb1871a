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
        int done = 0;
        while (done < bytes.length) {
            int written = libc.write(fd, bytes, done, bytes.length - done);
            if (written == -Errno.EINTR) continue;
            if (written < 0) return written;
            done += written;
        }
        return 0;
    }
}

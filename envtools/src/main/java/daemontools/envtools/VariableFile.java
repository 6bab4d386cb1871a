package daemontools.envtools;

import daemontools.posix.Errno;
import daemontools.posix.LibC;

/** A file in envdir's directory: its first line is a variable's value. One object reads many files. */
final class VariableFile {
    /** More than any kernel takes for one variable (32 pages). */
    private static final int TOO_LONG = 2_200_000;

    private final LibC libc;
    private final byte[] buffer = new byte[8192];
    private final StringBuilder line = new StringBuilder();
    /** The length of the whole line, of which only the beginning may be kept; and its length without blanks at its end. */
    private long length;

    private long end;
    private boolean lineEnded;
    private boolean empty;

    VariableFile(LibC libc) {
        this.libc = libc;
    }

    /** Reads a file to its end; zero or the error. A file that does not exist counts as empty. */
    int read(String name) {
        empty = true;
        lineEnded = false;
        line.setLength(0);
        length = 0;
        end = 0;
        int fd = libc.open(name, LibC.O_RDONLY | LibC.O_NONBLOCK | LibC.O_CLOEXEC, 0);
        if (fd == -Errno.ENOENT) return 0;
        if (fd < 0) return fd;
        int got;
        do {
            got = libc.read(fd, buffer, 0, buffer.length);
            if (got > 0) take(got);
        } while (got > 0 || got == -Errno.EINTR);
        libc.close(fd);
        return got;
    }

    private void take(int count) {
        empty = false;
        for (int i = 0; i < count && !lineEnded; i++) {
            if (buffer[i] == '\n') lineEnded = true;
            else add((char) (buffer[i] & 0xff));
        }
    }

    private void add(char c) {
        length++;
        if (c != ' ' && c != '\t') end = length;
        if (length <= TOO_LONG) line.append(c);
    }

    /** Whether the file has no byte at all, which unsets the variable. */
    boolean isEmpty() {
        return empty;
    }

    /** The first line without blanks at its end. A NUL becomes a newline, as an environment cannot hold NULs. */
    String value() {
        return line.substring(0, (int) Math.min(end, line.length())).replace('\0', '\n');
    }
}

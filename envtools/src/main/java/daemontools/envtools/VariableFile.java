package daemontools.envtools;

import daemontools.posix.Bytes;
import daemontools.posix.Errno;
import daemontools.posix.LibC;

/** A file in envdir's directory: its first line is a variable's value. One object reads many files. */
final class VariableFile {
    private final LibC libc;
    private final byte[] buffer = new byte[8192];
    private final StringBuilder line = new StringBuilder();
    private boolean empty;
    private boolean lineEnded;

    VariableFile(LibC libc) {
        this.libc = libc;
    }

    /** Reads a file to its end; zero or the error. One that is not there (any more) is empty. */
    int read(String name) {
        empty = true;
        lineEnded = false;
        line.setLength(0);
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

    private void take(int length) {
        empty = false;
        if (lineEnded) return;
        int end = 0;
        while (end < length && buffer[end] != '\n') end++;
        lineEnded = end < length;
        line.append(Bytes.string(buffer, 0, end));
    }

    /** Whether there was not one byte, which unsets the variable. */
    boolean isEmpty() {
        return empty;
    }

    /** The first line without the blanks at its end; a NUL, which no environment can hold, stands for a newline. */
    String value() {
        int end = line.length();
        while (end > 0 && (line.charAt(end - 1) == ' ' || line.charAt(end - 1) == '\t')) end--;
        return line.substring(0, end).replace('\0', '\n');
    }
}

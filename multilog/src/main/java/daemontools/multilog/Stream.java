package daemontools.multilog;

import daemontools.common.Diagnostics;
import daemontools.common.Output;
import daemontools.posix.LibC;

/**
 * {@code 1} and {@code 2}: selected lines go to standard output or error too, whole. Its trouble is not the logs': what it
 * does not take is dropped, and that is said once.
 */
final class Stream extends Destination {
    private static final String[] NAMES = {"", "standard output", "standard error"};

    private final LibC libc;
    private final Diagnostics say;
    private final int fd;
    private final byte[] buffer;
    private int length;
    private boolean fails;

    Stream(LibC libc, Diagnostics say, int fd, int bufferSize) {
        this.libc = libc;
        this.say = say;
        this.fd = fd;
        this.buffer = new byte[bufferSize];
    }

    /** Adds bytes of a line, at most as many as fit into the buffer. */
    void add(byte[] from, int offset, int count) {
        if (count > buffer.length - length) flush();
        System.arraycopy(from, offset, buffer, length, count);
        length += count;
    }

    void addNewline() {
        if (length == buffer.length) flush();
        buffer[length++] = '\n';
    }

    /** Hands all that has been added to the kernel. */
    void flush() {
        if (length == 0) return;
        int error = Output.writeAll(libc, fd, buffer, length);
        length = 0;
        if (error < 0 && !fails) say.warn("unable to write to ", NAMES[fd], ", dropping its lines", error);
        fails = error < 0;
    }
}

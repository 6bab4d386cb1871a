package daemontools.svscan;

import daemontools.posix.Errno;
import daemontools.posix.FileStatus;
import daemontools.posix.LibC;
import daemontools.posix.PathBuffer;
import daemontools.service.ServiceDirectory;

/** Reads a service's {@code supervise/details}, a {@code name value} a line, in memory that is there from the start. */
final class DetailsReader {
    /** More than all lines together. */
    private static final int SIZE = 4096;

    private static final int READ = LibC.O_RDONLY | LibC.O_NONBLOCK | LibC.O_CLOEXEC;
    private static final String NAME = "/" + ServiceDirectory.DETAILS;

    private final LibC libc;
    private final PathBuffer path = new PathBuffer();
    private final byte[] bytes = new byte[SIZE];
    private final FileStatus status = new FileStatus();
    private int length;

    DetailsReader(LibC libc) {
        this.libc = libc;
    }

    /**
     * Reads those of a service: by its name or, where that is gone, by the directory that its supervise is in.
     *
     * @return whether there are any
     */
    boolean read(Child supervise, int pid) {
        int fd = libc.open(path.begin().add(supervise.name()).add(NAME).bytes(), READ, 0);
        if (fd == -Errno.ENOENT) {
            path.begin().add("/proc/").add(pid).add("/cwd").add(NAME);
            fd = libc.open(path.bytes(), READ, 0);
        }
        length = 0;
        if (fd < 0) return false;
        int error = libc.fstat(fd, status);
        if (error == 0) length = Math.max(0, libc.read(fd, bytes, 0, SIZE));
        libc.close(fd);
        return length > 0;
    }

    /** The inode of what was read last, and when it was changed: another file has others. */
    long inode() {
        return status.inode();
    }

    long changed() {
        return status.changed();
    }

    /** Whether a fact is this word. */
    boolean is(String fact, String word) {
        int at = find(fact);
        if (at < 0) return false;
        int end = at + word.length();
        return startsWith(word, at) && end < length && bytes[end] == '\n';
    }

    /** A fact that is a number; -1 where it is not known. */
    int number(String fact) {
        int at = find(fact);
        if (at < 0) return -1;
        int number = 0;
        for (; at < length && bytes[at] >= '0' && bytes[at] <= '9'; at++) number = 10 * number + bytes[at] - '0';
        return number;
    }

    /** Where the value of a fact begins; -1 where it is not known. */
    private int find(String fact) {
        int line = 0;
        for (int at = 0; at < length; at++) {
            if (bytes[at] != '\n') continue;
            int blank = line + fact.length();
            if (startsWith(fact, line) && blank < at && bytes[blank] == ' ') return blank + 1;
            line = at + 1;
        }
        return -1;
    }

    private boolean startsWith(String text, int at) {
        if (at + text.length() > length) return false;
        for (int i = 0; i < text.length(); i++) {
            if (bytes[at + i] != text.charAt(i)) return false;
        }
        return true;
    }
}

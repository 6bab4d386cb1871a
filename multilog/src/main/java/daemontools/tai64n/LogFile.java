package daemontools.tai64n;

import daemontools.common.PathSearch;
import daemontools.posix.ChildSetup;
import daemontools.posix.Errno;
import daemontools.posix.ExitStatus;
import daemontools.posix.FileStatus;
import daemontools.posix.LibC;
import org.jspecify.annotations.Nullable;

/** An open file of a log directory; one that a processor has compressed is read through the machine's own gunzip, unzstd or unxz. */
final class LogFile {
    private static final int STANDARD_INPUT = 0;
    private static final int STANDARD_OUTPUT = 1;
    private static final int LOWEST_OWN = 3;
    private static final String[] TOOLS = {"gunzip", "unzstd", "unxz"};
    private static final byte[][] BEGINNINGS = {
        {0x1f, (byte) 0x8b}, {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd}, {(byte) 0xfd, '7', 'z', 'X', 'Z', 0}
    };

    private final LibC libc;
    private final int fd;
    private final FileStatus status = new FileStatus();
    /** Where its text comes from. */
    private int source;
    /** The tool that it is read through, null for none. */
    private @Nullable String tool;

    private int pid;

    private LogFile(LibC libc, int fd) {
        this.libc = libc;
        this.fd = fd;
        this.source = fd;
    }

    /** Takes over a descriptor of the file, at its beginning. */
    static LogFile of(LibC libc, int fd) {
        LogFile file = new LogFile(libc, fd);
        byte[] beginning = new byte[6];
        int count = libc.read(fd, beginning, 0, beginning.length);
        libc.lseek(fd, 0);
        for (int i = 0; i < TOOLS.length; i++) {
            if (startsWith(beginning, count, BEGINNINGS[i])) file.tool = TOOLS[i];
        }
        return file;
    }

    private static boolean startsWith(byte[] bytes, int count, byte[] beginning) {
        if (count < beginning.length) return false;
        for (int i = 0; i < beginning.length; i++) {
            if (bytes[i] != beginning[i]) return false;
        }
        return true;
    }

    boolean isCompressed() {
        return tool != null;
    }

    /** What it is read through. */
    @Nullable
    String tool() {
        return tool;
    }

    long inode() {
        return libc.fstat(fd, status) < 0 ? 0 : status.inode();
    }

    long size() {
        return libc.fstat(fd, status) < 0 ? 0 : status.size();
    }

    /** Whether it has no name any more. */
    boolean isRemoved() {
        return libc.fstat(fd, status) >= 0 && status.links() == 0;
    }

    /** Goes to an offset; only where it is not compressed. */
    void seek(long offset) {
        libc.lseek(fd, offset);
    }

    /** The number of bytes read, zero at the end for now, or the negative errno number. */
    int read(byte[] buffer, int offset, int count) {
        if (tool != null && pid == 0) {
            int error = start(tool);
            if (error < 0) return error;
        }
        int result;
        do {
            result = libc.read(source, buffer, offset, count);
        } while (result == -Errno.EINTR);
        return result;
    }

    private int start(String program) {
        int[] ends = new int[2];
        int error = libc.pipe(ends, LibC.O_CLOEXEC);
        if (error < 0) return error;
        ChildSetup setup =
                new ChildSetup(0, libc.blockedSignals(), high(fd), STANDARD_INPUT, high(ends[1]), STANDARD_OUTPUT);
        String[] words = {program, "-c"};
        int started = PathSearch.run(program, libc.getenv("PATH"), place -> libc.spawn(place, words, null, setup));
        for (int own : new int[] {setup.descriptors()[0], setup.descriptors()[2]}) {
            if (own != fd) libc.close(own);
        }
        if (started < 0) {
            libc.close(ends[0]);
            return started;
        }
        pid = started;
        source = ends[0];
        return 0;
    }

    /** A descriptor that is none of the child's. */
    private int high(int own) {
        if (own >= LOWEST_OWN) return own;
        int high = libc.fcntl(own, LibC.F_DUPFD, LOWEST_OWN);
        libc.close(own);
        return high;
    }

    void close() {
        libc.close(fd);
        if (source != fd) libc.close(source);
        if (pid > 0) ExitStatus.await(libc, pid, new int[1]);
    }
}

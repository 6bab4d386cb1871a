package daemontools.multilog;

import daemontools.posix.DirectoryReader;
import daemontools.posix.Errno;
import daemontools.posix.FileStatus;
import daemontools.posix.LibC;

/**
 * The old files in the current directory that wait for a processor: {@code @LABEL.u}, with the mark of being safe on disk.
 * Those that an outage may have cut short, and those that no processor will take, lack the mark.
 */
final class WaitingFiles {
    private static final int CODE_AT = StampedName.LENGTH - 1;

    private final LibC libc;
    private final DirectoryReader directory;
    private final FileStatus status = new FileStatus();
    private final byte[] name = new byte[DirectoryReader.NAME_SIZE];
    private final byte[] result = new byte[StampedName.LENGTH + 1];

    WaitingFiles(LibC libc) {
        this.libc = libc;
        this.directory = new DirectoryReader(libc);
    }

    /** Finds the oldest, whose name it puts into an array: 1, zero where none waits, or the negative errno number. */
    int oldest(byte[] into) {
        into[0] = 0;
        int error = directory.open(".");
        if (error < 0) return error;
        while ((error = directory.next()) > 0) {
            if (directory.nameLength() != StampedName.LENGTH) continue;
            directory.copyName(name);
            boolean mayBe = into[0] == 0 || StampedName.compare(name, into) < 0;
            if (mayBe && isWaiting(name)) System.arraycopy(name, 0, into, 0, StampedName.LENGTH + 1);
        }
        directory.close();
        return error < 0 ? error : into[0] == 0 ? 0 : 1;
    }

    /** Whether the file of that name waits; one that was processed just before an outage goes. */
    boolean isWaiting(byte[] old) {
        if (old[0] != '@' || old[CODE_AT] != LogDirectory.UNSAFE || old[StampedName.LENGTH] != 0) return false;
        if (libc.stat(old, status) < 0 || !status.isExecutableByOwner()) return false;
        return libc.stat(resultOf(old), status) == -Errno.ENOENT || libc.unlink(old) < 0;
    }

    /** The name of what a processor makes of a file, in an array that the next call overwrites. */
    byte[] resultOf(byte[] old) {
        System.arraycopy(old, 0, result, 0, StampedName.LENGTH + 1);
        result[CODE_AT] = LogDirectory.SAFE;
        return result;
    }

    /** Takes the mark from a file, or gives it to one. */
    int setMode(byte[] old, int mode) {
        int fd = libc.open(old, LibC.O_RDONLY | LibC.O_NONBLOCK | LibC.O_CLOEXEC, 0);
        if (fd < 0) return fd;
        int error = libc.fchmod(fd, mode);
        libc.close(fd);
        return error;
    }
}

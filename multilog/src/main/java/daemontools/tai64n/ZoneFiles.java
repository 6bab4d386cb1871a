package daemontools.tai64n;

import daemontools.posix.FileStatus;
import daemontools.posix.LibC;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads zones' files, and reads the last one again only when it has changed. */
final class ZoneFiles {
    /** Hundreds of times as long as any zone's file. */
    private static final int LONGEST = 1 << 20;

    private final LibC libc;
    private final FileStatus status = new FileStatus();

    /** The zone that was read last, null if there is none; and what tells its file from others. */
    private @Nullable ZoneFile last;

    private long device;
    private long inode;
    private long changed;

    ZoneFiles(LibC libc) {
        this.libc = libc;
    }

    /** Null if the file cannot be read or is no zone's. */
    @Nullable
    ZoneFile read(String path) {
        if (last != null && libc.stat(path, status) >= 0 && isLast()) return last;
        last = null;
        int fd = libc.open(path, LibC.O_RDONLY | LibC.O_CLOEXEC, 0);
        if (fd < 0) return null;
        if (libc.fstat(fd, status) >= 0 && status.size() <= LONGEST) {
            device = status.device();
            inode = status.inode();
            changed = status.changed();
            last = ZoneFileReader.read(content(fd, (int) status.size()));
        }
        libc.close(fd);
        return last;
    }

    private boolean isLast() {
        return status.device() == device && status.inode() == inode && status.changed() == changed;
    }

    private byte[] content(int fd, int size) {
        byte[] bytes = new byte[size];
        int length = 0;
        while (length < size) {
            int count = libc.read(fd, bytes, length, size - length);
            if (count <= 0) return Arrays.copyOf(bytes, length);
            length += count;
        }
        return bytes;
    }
}

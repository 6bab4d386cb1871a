package daemontools.svscan;

import daemontools.posix.Bytes;
import daemontools.posix.Errno;
import daemontools.posix.FileStatus;
import daemontools.posix.LibC;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a pass has seen rests on: that no entry of some directories, and no mount, changes. As long as that is so, another
 * pass would see the same, and need not be made.
 *
 * <p>A directory that keeps device, inode and time of last change has kept its entries. That holds for file systems that
 * are known to keep that time well, and not for a change so recent that another could bear the same time; in doubt
 * nothing counts as unchanged.
 */
final class Footprint {
    private static final String MOUNTS = "/proc/self/mountinfo";
    /** ext2 to ext4, XFS, Btrfs, F2FS, tmpfs and overlayfs, by statfs(2)'s numbers. */
    private static final long[] TRUSTED_FILE_SYSTEMS = {
        0xef53, 0x58465342, 0x9123683eL, 0xf2f52010L, 0x01021994, 0x794c7630
    };
    /** More than the coarsest of their clocks. */
    private static final long RECENT_NANOS = 2_000_000_000L;

    private static final int LONGEST_TARGET = 4095;
    /** As many as the kernel follows. */
    private static final int MOST_LINKS = 40;
    /** As many as there may be services: more would be other files' and fill the memory. */
    private static final int MOST_DIRECTORIES = Scanner.MOST_SERVICES;

    /** A directory as it was seen. */
    private static final class Directory {
        private final String path;
        private long device;
        private long inode;
        private long changed;

        Directory(String path) {
            this.path = path;
        }

        void set(FileStatus status) {
            device = status.device();
            inode = status.inode();
            changed = status.changed();
        }

        boolean is(FileStatus status) {
            return status.device() == device && status.inode() == inode && status.changed() == changed;
        }
    }

    private final LibC libc;
    private final Directory scanned = new Directory(".");
    private final Set<String> paths = new HashSet<>();
    private final List<Directory> directories = new ArrayList<>();
    private final FileStatus status = new FileStatus();
    private final byte[] target = new byte[LONGEST_TARGET + 1];
    private int mounts = -1;
    private boolean trusted;
    private long begin;

    Footprint(LibC libc) {
        this.libc = libc;
    }

    /** Begins anew, before a pass over the current directory looks at anything. */
    void begin() {
        if (mounts < 0) mounts = libc.open(MOUNTS, LibC.O_RDONLY | LibC.O_CLOEXEC, 0);
        trusted = mounts >= 0;
        if (trusted) libc.pollUrgent(mounts);
        begin = libc.clockGettime(LibC.CLOCK_REALTIME);
        paths.clear();
        directories.clear();
        if (trusted && canBeTrusted(scanned.path)) scanned.set(status);
        else distrust();
    }

    /** Nothing may count as unchanged until the next {@link #begin}. */
    void distrust() {
        trusted = false;
    }

    /**
     * Adds what a name in the current directory leads to: for a link, the directories that its targets lie in. Where
     * memory is lacking for that, nothing counts as unchanged.
     *
     * @param name its bytes, and a NUL
     */
    void add(byte[] name) {
        try {
            if (trusted && !restsOnTargets(name)) distrust();
        } catch (OutOfMemoryError lacking) {
            distrust();
        }
    }

    private boolean restsOnTargets(byte[] name) {
        String directory = ".";
        int length = libc.readlink(name, target);
        for (int links = 0; links < MOST_LINKS; links++) {
            if (length == -Errno.EINVAL) return true; // not a link: the directory that it lies in is known
            if (length < 0 || length > LONGEST_TARGET) return false;
            String path = follow(directory, Bytes.string(target, 0, length));
            if (path == null) return false;
            directory = parent(path);
            if (!restsOn(directory)) return false;
            length = libc.readlink(path, target);
        }
        return false;
    }

    /** The path of the target of a link in a directory; null when its last word is not that of the path. */
    private static String follow(String directory, String to) {
        int end = to.length();
        while (end > 1 && to.charAt(end - 1) == '/') end--;
        String path = to.startsWith("/") ? to.substring(0, end) : directory + "/" + to.substring(0, end);
        String last = path.substring(path.lastIndexOf('/') + 1);
        return last.isEmpty() || last.equals(".") || last.equals("..") ? null : path;
    }

    private static String parent(String path) {
        int slash = path.lastIndexOf('/');
        if (slash < 0) return ".";
        return slash == 0 ? "/" : path.substring(0, slash);
    }

    private boolean restsOn(String path) {
        if (path.equals(scanned.path) || paths.contains(path)) return true;
        if (paths.size() == MOST_DIRECTORIES || !canBeTrusted(path)) return false;
        Directory directory = new Directory(path);
        directory.set(status);
        directories.add(directory);
        paths.add(path);
        return true;
    }

    /** Whether a directory is there, was not changed just now, and would show a change; its status is {@link #status} then. */
    private boolean canBeTrusted(String path) {
        return libc.stat(path, status) == 0 && status.changed() <= begin - RECENT_NANOS && isTrusted(libc.statfs(path));
    }

    private static boolean isTrusted(long fileSystem) {
        for (long each : TRUSTED_FILE_SYSTEMS) {
            if (each == fileSystem) return true;
        }
        return false;
    }

    boolean isUnchanged() {
        if (!trusted || libc.pollUrgent(mounts) || !isStill(scanned)) return false;
        for (int i = 0; i < directories.size(); i++) {
            if (!isStill(directories.get(i))) return false;
        }
        return true;
    }

    private boolean isStill(Directory directory) {
        return libc.stat(directory.path, status) == 0 && directory.is(status);
    }
}

package daemontools.svscan;

import daemontools.posix.Bytes;
import daemontools.posix.DescriptorCalls;
import daemontools.posix.Errno;
import daemontools.posix.FileStatus;
import daemontools.posix.LibC;
import daemontools.service.DirectoryWatch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The directories that the last pass depended on. As long as none of their entries, and no mount, has changed, another pass
 * would see the same and need not be made.
 *
 * <p>A directory whose device, inode and time of last change are the same has the same entries. That is true on file
 * systems that are known to keep that time exactly. It is not true just after a change: a second change could have the same
 * time. In doubt, everything counts as changed.
 */
final class Footprint {
    private static final String MOUNTS = "/proc/self/mountinfo";
    /** ext2 to ext4, XFS, Btrfs, F2FS, tmpfs and overlayfs, by statfs(2)'s numbers. */
    private static final long[] TRUSTED_FILE_SYSTEMS = {
        0xef53, 0x58465342, 0x9123683eL, 0xf2f52010L, 0x01021994, 0x794c7630
    };
    /** A change is recent for so long: longer than one step of the coarsest clock of these file systems. */
    private static final long RECENT_NANOS = 2_000_000_000L;

    private static final int LONGEST_TARGET = 4095;
    /** How many links in a row the kernel follows. */
    private static final int MOST_LINKS = 40;
    /** As many as there may be services. A larger number, of links to other files, could fill the memory. */
    private static final int MOST_DIRECTORIES = Scanner.MOST_SERVICES;

    /** A directory as the last pass saw it. */
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
    private boolean isBlind;
    private long begin;

    Footprint(LibC libc) {
        this.libc = libc;
    }

    /** Forgets everything. To be called before a pass looks at anything. */
    void begin() {
        if (mounts < 0) mounts = libc.open(MOUNTS, LibC.O_RDONLY | LibC.O_CLOEXEC, 0);
        trusted = mounts >= 0;
        isBlind = !trusted;
        if (trusted) libc.pollUrgent(mounts);
        begin = libc.clockGettime(LibC.CLOCK_REALTIME);
        paths.clear();
        directories.clear();
        if (trusted && canBeTrusted(scanned.path)) scanned.set(status);
        else distrust();
    }

    /** Has everything count as changed until the next {@link #begin}. */
    void distrust() {
        trusted = false;
    }

    /**
     * Adds the directories that an entry of the current directory depends on: for a link, those that its targets lie in.
     * Without memory for that, everything counts as changed.
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
            if (length == -Errno.EINVAL) return true; // not a link: its directory was added before
            if (length < 0 || length > LONGEST_TARGET) return false;
            String path = follow(directory, Bytes.string(target, 0, length));
            if (path == null) return false;
            directory = parent(path);
            if (!restsOn(directory)) return false;
            length = libc.readlink(path, target);
        }
        return false;
    }

    /** The path of a link's target, seen from the current directory; null where its last part is not the name of an entry. */
    private static @Nullable String follow(String directory, String to) {
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

    /** Whether a directory exists, would show a change, and had none just now. {@link #status} is then its status. */
    private boolean canBeTrusted(String path) {
        if (libc.stat(path, status) < 0) return false;
        boolean isExact = isTrusted(libc.statfs(path));
        isBlind |= !isExact;
        return isExact && status.changed() <= begin - RECENT_NANOS;
    }

    private static boolean isTrusted(long fileSystem) {
        for (long each : TRUSTED_FILE_SYSTEMS) {
            if (each == fileSystem) return true;
        }
        return false;
    }

    /** Whether the last pass went to a file system that does not tell of all changes, and so they cannot be waited for. */
    boolean isBlind() {
        return isBlind;
    }

    /** Watches the directories; whether the kernel can watch all of them. */
    boolean watch(DirectoryWatch watch) {
        for (int i = 0; i < directories.size(); i++) {
            if (watch.addForAll(directories.get(i).path) == DirectoryWatch.NONE) return false;
        }
        return true;
    }

    /** What {@link LibC#poll} finds ready when mounts have changed; -1 where the kernel does not tell. */
    int mountsDescriptor() {
        return DescriptorCalls.urgent(Math.max(mounts, -1));
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

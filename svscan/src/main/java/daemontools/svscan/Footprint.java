package daemontools.svscan;

import daemontools.posix.Bytes;
import daemontools.posix.Errno;
import daemontools.posix.FileStatus;
import daemontools.posix.LibC;
import java.util.HashMap;
import java.util.Map;

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

    private record Directory(long device, long inode, long changed) {}

    private final LibC libc;
    private final Map<String, Directory> directories = new HashMap<>();
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
        directories.clear();
        restsOn(".");
    }

    /** Nothing may count as unchanged until the next {@link #begin}. */
    void distrust() {
        trusted = false;
    }

    /** Adds what a name in the current directory leads to: for a link, the directories that its targets lie in. */
    void add(String name) {
        String path = name;
        for (int links = 0; trusted && links < MOST_LINKS; links++) {
            int length = libc.readlink(path, target);
            if (length == -Errno.EINVAL) return; // not a link: the directory that it lies in is known
            path = length < 0 || length > LONGEST_TARGET ? null : follow(path, Bytes.string(target, 0, length));
            if (path == null) break;
        }
        distrust();
    }

    /** The path of a link's target, whose directory is taken note of; null when that is not its path's last word. */
    private String follow(String link, String to) {
        int end = to.length();
        while (end > 1 && to.charAt(end - 1) == '/') end--;
        String path = to.startsWith("/") ? to.substring(0, end) : parent(link) + "/" + to.substring(0, end);
        String last = path.substring(path.lastIndexOf('/') + 1);
        if (last.isEmpty() || last.equals(".") || last.equals("..")) return null;
        restsOn(parent(path));
        return path;
    }

    private static String parent(String path) {
        int slash = path.lastIndexOf('/');
        if (slash < 0) return ".";
        return slash == 0 ? "/" : path.substring(0, slash);
    }

    private void restsOn(String path) {
        if (directories.containsKey(path)) return;
        Directory now = look(path);
        if (now == null || now.changed > begin - RECENT_NANOS || !isTrusted(libc.statfs(path))) distrust();
        else directories.put(path, now);
    }

    private Directory look(String path) {
        if (libc.stat(path, status) < 0) return null;
        return new Directory(status.device(), status.inode(), status.changed());
    }

    private static boolean isTrusted(long fileSystem) {
        for (long each : TRUSTED_FILE_SYSTEMS) {
            if (each == fileSystem) return true;
        }
        return false;
    }

    boolean isUnchanged() {
        if (!trusted || libc.pollUrgent(mounts)) return false;
        for (Map.Entry<String, Directory> each : directories.entrySet()) {
            if (!isStill(each.getKey(), each.getValue())) return false;
        }
        return true;
    }

    private boolean isStill(String path, Directory then) {
        return libc.stat(path, status) == 0
                && status.device() == then.device
                && status.inode() == then.inode
                && status.changed() == then.changed;
    }
}

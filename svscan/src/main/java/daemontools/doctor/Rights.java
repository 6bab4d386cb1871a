package daemontools.doctor;

import daemontools.posix.FileStatus;

/** What the mode of a file lets a user do. */
final class Rights {
    static final int WRITE = 2;
    static final int SEARCH = 1;

    private static final int ROOT = 0;

    private Rights() {}

    /**
     * Whether a user may do something.
     *
     * @param gid the only group of the user
     * @param wanted {@link #WRITE}, {@link #SEARCH}, or both
     */
    static boolean has(FileStatus status, int uid, int gid, int wanted) {
        if (uid == ROOT) return true;
        int shift = status.owner() == uid ? 6 : status.group() == gid ? 3 : 0;
        return (status.permissions() >> shift & wanted) == wanted;
    }

    /** Whether others than the owner and root may write. Many systems give each user a group of the same number. */
    static boolean areWide(FileStatus status) {
        boolean isOwnGroup = status.group() == status.owner() || status.group() == ROOT;
        return (status.permissions() & 0002) != 0 || ((status.permissions() & 0020) != 0 && !isOwnGroup);
    }
}

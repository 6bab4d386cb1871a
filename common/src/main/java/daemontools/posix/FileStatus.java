package daemontools.posix;

/** What {@link LibC#stat} tells of a file. Filled in by the call, so that one object serves many. */
public final class FileStatus {
    private static final int TYPE = 0170000;
    private static final int FIFO = 0010000;
    private static final int CHARACTER_DEVICE = 0020000;
    private static final int DIRECTORY = 0040000;
    private static final int BLOCK_DEVICE = 0060000;
    private static final int REGULAR_FILE = 0100000;
    private static final int OWNER_EXECUTE = 0100;
    private static final int SET_USER_OR_GROUP = 06000;
    private static final int PERMISSIONS = 07777;

    private long device;
    private long inode;
    private int mode;
    private long links;
    private long size;
    private long changed;
    private int owner;
    private int group;

    /** For implementations of {@link LibC}. */
    public void set(long device, long inode, int mode, long links, long size) {
        this.device = device;
        this.inode = inode;
        this.mode = mode;
        this.links = links;
        this.size = size;
    }

    /** For implementations of {@link LibC}. */
    public void setChanged(long nanos) {
        changed = nanos;
    }

    /** For implementations of {@link LibC}. */
    public void setOwner(int uid, int gid) {
        owner = uid;
        group = gid;
    }

    public long device() {
        return device;
    }

    public long inode() {
        return inode;
    }

    public long links() {
        return links;
    }

    /** In bytes. */
    public long size() {
        return size;
    }

    /** The time of the last change (ctime) of the file, or of the entries of the directory, in nanoseconds since the epoch. */
    public long changed() {
        return changed;
    }

    /** The uid of the file's owner. */
    public int owner() {
        return owner;
    }

    /** The gid of the file's group. */
    public int group() {
        return group;
    }

    /** Who may do what, as chmod(2) takes it. */
    public int permissions() {
        return mode & PERMISSIONS;
    }

    public boolean isDirectory() {
        return (mode & TYPE) == DIRECTORY;
    }

    public boolean isDevice() {
        int type = mode & TYPE;
        return type == CHARACTER_DEVICE || type == BLOCK_DEVICE;
    }

    public boolean isFifo() {
        return (mode & TYPE) == FIFO;
    }

    /** Whether the file is to be executed as its owner or group. */
    public boolean changesIdsOnExec() {
        return (mode & SET_USER_OR_GROUP) != 0;
    }

    public boolean isRegularFile() {
        return (mode & TYPE) == REGULAR_FILE;
    }

    public boolean isExecutableByOwner() {
        return (mode & OWNER_EXECUTE) != 0;
    }
}

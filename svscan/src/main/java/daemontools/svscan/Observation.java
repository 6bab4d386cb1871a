package daemontools.svscan;

/** What svscan has last seen of a service whose state matters to it. */
final class Observation {
    /** How a service is. */
    enum State {
        DOWN,
        /** Up, and not ready, though it will say so. */
        STARTING,
        UP,
        FAILED
    }

    private final boolean normallyUp;
    private String directory = "";
    private String name = "";
    private int watch;
    private int askedPid;
    private long formerInode;
    private long formerlyChanged;
    private State state = State.DOWN;

    Observation(boolean normallyUp) {
        this.normallyUp = normallyUp;
    }

    /** The directory to watch of a service that is called so. */
    String directory(String serviceName) {
        if (!serviceName.equals(name)) {
            name = serviceName;
            directory = serviceName + "/supervise";
        }
        return directory;
    }

    /** Whether the service is up if nobody has taken it down. */
    boolean isNormallyUp() {
        return normallyUp;
    }

    /**
     * Its supervise was asked for details.
     *
     * @param watch the number of its directory
     * @param inode that of the details that were there before, which are none of it
     */
    void asked(int pid, int watch, long inode, long changed) {
        this.askedPid = pid;
        this.watch = watch;
        this.formerInode = inode;
        this.formerlyChanged = changed;
        this.state = State.DOWN;
    }

    /** The pid of the supervise that was asked, zero if none was. */
    int askedPid() {
        return askedPid;
    }

    int watch() {
        return watch;
    }

    boolean isFormer(long inode, long changed) {
        return inode == formerInode && changed == formerlyChanged;
    }

    State state() {
        return state;
    }

    void setState(State state) {
        this.state = state;
    }
}

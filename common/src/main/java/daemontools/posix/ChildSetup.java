package daemontools.posix;

/** What a child that is started differs in from us, beside the program it runs. */
public final class ChildSetup {
    private final long defaultSignals;
    private final long blockedSignals;
    private final String directory;
    private final int[] descriptors;

    /**
     * @param defaultSignals the set of signals with their default disposition in the child; the others are inherited
     * @param blockedSignals the set of signals that are blocked in the child
     * @param descriptors pairs (ours, its): before the program starts, descriptor {@code its} becomes a copy of
     *     {@code ours}, in this order
     */
    public ChildSetup(long defaultSignals, long blockedSignals, int... descriptors) {
        this(null, defaultSignals, blockedSignals, descriptors);
    }

    private ChildSetup(String directory, long defaultSignals, long blockedSignals, int... descriptors) {
        this.directory = directory;
        this.defaultSignals = defaultSignals;
        this.blockedSignals = blockedSignals;
        this.descriptors = descriptors;
    }

    /** The same for a child that starts in another directory; the program's path is relative to it. */
    public ChildSetup in(String path) {
        return new ChildSetup(path, defaultSignals, blockedSignals, descriptors);
    }

    public long defaultSignals() {
        return defaultSignals;
    }

    public long blockedSignals() {
        return blockedSignals;
    }

    /** Null for our own. */
    public String directory() {
        return directory;
    }

    /** Not a copy: for implementations of {@link LibC} to read. */
    public int[] descriptors() {
        return descriptors;
    }
}

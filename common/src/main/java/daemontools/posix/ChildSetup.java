package daemontools.posix;

/** What a child that is started differs in from us, beside the program it runs. */
public final class ChildSetup {
    private final long defaultSignals;
    private final long blockedSignals;
    private final int[] descriptors;

    /**
     * @param defaultSignals the set of signals with their default disposition in the child; the others are inherited
     * @param blockedSignals the set of signals that are blocked in the child
     * @param descriptors pairs (ours, its): before the program starts, descriptor {@code its} becomes a copy of
     *     {@code ours}, in this order
     */
    public ChildSetup(long defaultSignals, long blockedSignals, int... descriptors) {
        this.defaultSignals = defaultSignals;
        this.blockedSignals = blockedSignals;
        this.descriptors = descriptors;
    }

    public long defaultSignals() {
        return defaultSignals;
    }

    public long blockedSignals() {
        return blockedSignals;
    }

    /** Not a copy: for implementations of {@link LibC} to read. */
    public int[] descriptors() {
        return descriptors;
    }
}

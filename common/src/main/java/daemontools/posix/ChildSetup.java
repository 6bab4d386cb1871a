package daemontools.posix;

import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** What a child that is started differs in from us, beside the program it runs. */
public final class ChildSetup {
    /** The two real-time signals that libc's threads use. */
    private static final int FIRST_OF_LIBC = 32;

    private static final int LAST_OF_LIBC = 33;

    private final long defaultSignals;
    private final long blockedSignals;
    private final @Nullable String directory;
    private final boolean leadsSession;
    private final int[] descriptors;

    /**
     * @param defaultSignals the set of signals with their default disposition in the child; the others are inherited
     * @param blockedSignals the set of signals that are blocked in the child
     * @param descriptors pairs (ours, its): before the program starts, descriptor {@code its} becomes a copy of
     *     {@code ours}, in this order; an array is not copied, so that it may change from one start to the next
     */
    public ChildSetup(long defaultSignals, long blockedSignals, int... descriptors) {
        this(null, false, defaultSignals, blockedSignals, descriptors);
    }

    private ChildSetup(
            @Nullable String directory,
            boolean leadsSession,
            long defaultSignals,
            long blockedSignals,
            int... descriptors) {
        this.directory = directory;
        this.leadsSession = leadsSession;
        this.defaultSignals = defaultSignals;
        this.blockedSignals = blockedSignals;
        this.descriptors = descriptors;
    }

    /** The same for a child that starts in another directory; the program's path is relative to it. */
    public ChildSetup in(String path) {
        return new ChildSetup(path, leadsSession, defaultSignals, blockedSignals, descriptors);
    }

    /** The same for a child that leads a session, and so a process group, of its own. */
    public ChildSetup leadingSession() {
        return new ChildSetup(directory, true, defaultSignals, blockedSignals, descriptors);
    }

    public boolean leadsSession() {
        return leadsSession;
    }

    public long defaultSignals() {
        return defaultSignals;
    }

    /**
     * The same for posix_spawn, which leaves two signals ignored that were not, unless they are to be default: those
     * that libc keeps to itself. Measured with glibc 2.36.
     *
     * @param isIgnored whether we ignore a signal
     */
    long defaultSignals(IntPredicate isIgnored) {
        long signals = defaultSignals;
        for (int signal = FIRST_OF_LIBC; signal <= LAST_OF_LIBC; signal++) {
            if (!isIgnored.test(signal)) signals |= Signals.set(signal);
        }
        return signals;
    }

    public long blockedSignals() {
        return blockedSignals;
    }

    /** Null for our own. */
    public @Nullable String directory() {
        return directory;
    }

    /** Not a copy: for implementations of {@link LibC} to read. */
    public int[] descriptors() {
        return descriptors;
    }
}

package daemontools.posix;

/** What {@link LibC} does with signals. A set is a long with bit (number - 1) for each member: see {@link Signals}. */
public interface SignalCalls {
    /** The set of signals that are blocked in this thread. */
    long blockedSignals();

    /** From now on just the signals of the set are blocked in this thread. */
    int setBlockedSignals(long signals);

    /** Gives a signal its default disposition. */
    int signalDefault(int signal);

    /** Ignores a signal. */
    int signalIgnore(int signal);

    /** Whether a signal is ignored. */
    boolean isIgnored(int signal);

    /**
     * From now on the signals of the set have no effect but to make the returned descriptor readable, also those that
     * the parent had ignored. The descriptor is non-blocking and close-on-exec; read it with {@link #nextSignal}.
     */
    int signalDescriptor(long signals);

    /** The number of a signal that has come, zero when there is none (any more). */
    int nextSignal(int signalDescriptor);
}

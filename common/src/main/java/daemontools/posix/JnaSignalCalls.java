package daemontools.posix;

import static daemontools.posix.Jna.*;

/** {@link SignalCalls} on the JVM. */
interface JnaSignalCalls extends SignalCalls {
    @Override
    default long blockedSignals() {
        long[] set = signalSet(0);
        call("pthread_sigmask", Abi.SIG_BLOCK, null, set);
        return set[0];
    }

    @Override
    default int setBlockedSignals(long signals) {
        return -call("pthread_sigmask", Abi.SIG_SETMASK, signalSet(signals), null);
    }

    @Override
    default int signalDefault(int signal) {
        return callLong("signal", signal, Abi.SIG_DFL);
    }

    @Override
    default int signalIgnore(int signal) {
        return callLong("signal", signal, Abi.SIG_IGN);
    }

    /** In the other threads these signals are blocked already. */
    @Override
    default int signalDescriptor(long signals) {
        long[] set = signalSet(signals);
        int error = call("pthread_sigmask", Abi.SIG_BLOCK, set, null);
        if (error != 0) return -error;
        for (long rest = signals; rest != 0; rest &= rest - 1) signalDefault(Signals.lowest(rest));
        return call("signalfd", -1, set, LibC.O_NONBLOCK | LibC.O_CLOEXEC);
    }

    @Override
    default int nextSignal(int signalDescriptor) {
        long[] signal = new long[Structures.SIGNAL_SIZE];
        long size = Long.BYTES * Structures.SIGNAL_SIZE;
        return callLong("read", signalDescriptor, signal, size) == size ? Structures.readSignal(signal) : 0;
    }
}

package daemontools.posix;

import static daemontools.posix.GraalMemory.*;

import org.graalvm.word.WordFactory;

/** {@link SignalCalls} in the native image. */
interface GraalSignalCalls extends SignalCalls {
    @Override
    default long blockedSignals() {
        C.sigprocmask(Abi.SIG_BLOCK, WordFactory.nullPointer(), address(STRUCTURE));
        return STRUCTURE[0];
    }

    @Override
    default int setBlockedSignals(long signals) {
        return result(C.sigprocmask(Abi.SIG_SETMASK, signalSet(signals), WordFactory.nullPointer()));
    }

    @Override
    default int signalDefault(int signal) {
        return result(C.signal(signal, Abi.SIG_DFL));
    }

    @Override
    default int signalIgnore(int signal) {
        return result(C.signal(signal, Abi.SIG_IGN));
    }

    @Override
    default boolean isIgnored(int signal) {
        long disposition = C.signal(signal, Abi.SIG_IGN);
        if (disposition != Abi.SIG_IGN) C.signal(signal, disposition);
        return disposition == Abi.SIG_IGN;
    }

    @Override
    default int signalDescriptor(long signals) {
        int error = result(C.sigprocmask(Abi.SIG_BLOCK, signalSet(signals), WordFactory.nullPointer()));
        if (error < 0) return error;
        Signals.forEach(signals, this::signalDefault);
        return result(C.signalfd(-1, signalSet(signals), LibC.O_NONBLOCK | LibC.O_CLOEXEC));
    }

    @Override
    default int nextSignal(int signalDescriptor) {
        long size = Long.BYTES * Structures.SIGNAL_SIZE;
        return C.read(signalDescriptor, address(STRUCTURE), size) == size ? Structures.readSignal(STRUCTURE) : 0;
    }
}

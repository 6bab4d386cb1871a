package daemontools.posix;

import static com.oracle.svm.core.heap.RestrictHeapAccess.Access.NO_ALLOCATION;
import static daemontools.posix.GraalMemory.*;

import com.oracle.svm.core.heap.RestrictHeapAccess;
import org.graalvm.word.WordFactory;

/** {@link SignalCalls} in the native image. */
interface GraalSignalCalls extends SignalCalls {
    @Override
    @RestrictHeapAccess(access = NO_ALLOCATION, reason = ADDRESSES)
    default long blockedSignals() {
        C.sigprocmask(Abi.SIG_BLOCK, WordFactory.nullPointer(), address(STRUCTURE));
        return STRUCTURE[0];
    }

    @Override
    @RestrictHeapAccess(access = NO_ALLOCATION, reason = ADDRESSES)
    default int setBlockedSignals(long signals) {
        return result(C.sigprocmask(Abi.SIG_SETMASK, signalSet(signals), WordFactory.nullPointer()));
    }

    @Override
    @RestrictHeapAccess(access = NO_ALLOCATION, reason = ADDRESSES)
    default int signalDefault(int signal) {
        return result(C.signal(signal, Abi.SIG_DFL));
    }

    @Override
    @RestrictHeapAccess(access = NO_ALLOCATION, reason = ADDRESSES)
    default int signalIgnore(int signal) {
        return result(C.signal(signal, Abi.SIG_IGN));
    }

    /** Gives each signal of a set its default disposition. */
    static void setDefault(long signals) {
        for (long rest = signals; rest != 0; rest &= rest - 1) C.signal(Signals.lowest(rest), Abi.SIG_DFL);
    }

    @Override
    @RestrictHeapAccess(access = NO_ALLOCATION, reason = ADDRESSES)
    default boolean isIgnored(int signal) {
        long disposition = C.signal(signal, Abi.SIG_IGN);
        if (disposition != Abi.SIG_IGN) C.signal(signal, disposition);
        return disposition == Abi.SIG_IGN;
    }

    @Override
    @RestrictHeapAccess(access = NO_ALLOCATION, reason = ADDRESSES)
    default int signalDescriptor(long signals) {
        int error = result(C.sigprocmask(Abi.SIG_BLOCK, signalSet(signals), WordFactory.nullPointer()));
        if (error < 0) return error;
        setDefault(signals);
        return result(C.signalfd(-1, signalSet(signals), LibC.O_NONBLOCK | LibC.O_CLOEXEC));
    }

    @Override
    @RestrictHeapAccess(access = NO_ALLOCATION, reason = ADDRESSES)
    default int nextSignal(int signalDescriptor) {
        long size = Long.BYTES * Structures.SIGNAL_SIZE;
        return C.read(signalDescriptor, address(STRUCTURE), size) == size ? Structures.readSignal(STRUCTURE) : 0;
    }
}

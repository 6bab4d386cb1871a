package daemontools.posix;

import static com.oracle.svm.core.heap.RestrictHeapAccess.Access.NO_ALLOCATION;
import static daemontools.posix.GraalMemory.*;

import com.oracle.svm.core.heap.RestrictHeapAccess;

/** {@link TerminalCalls} in the native image. */
interface GraalTerminalCalls extends TerminalCalls {
    @Override
    @RestrictHeapAccess(access = NO_ALLOCATION, reason = ADDRESSES)
    default boolean isatty(int fd) {
        return C.ioctl(fd, Abi.TCGETS, address(RAW_TERMINAL)) == 0;
    }

    @Override
    @RestrictHeapAccess(access = NO_ALLOCATION, reason = ADDRESSES)
    default int terminalSize(int fd, int[] columnsAndRows) {
        int error = result(C.ioctl(fd, Abi.TIOCGWINSZ, address(STRUCTURE)));
        if (error == 0) Terminal.readSize(STRUCTURE[0], columnsAndRows);
        return error;
    }

    @Override
    @RestrictHeapAccess(access = NO_ALLOCATION, reason = ADDRESSES)
    default int terminalRaw(int fd, byte[] saved) {
        int error = result(C.ioctl(fd, Abi.TCGETS, address(saved)));
        if (error < 0) return error;
        System.arraycopy(saved, 0, RAW_TERMINAL, 0, TERMINAL_STATE);
        Terminal.makeRaw(RAW_TERMINAL);
        return result(C.ioctl(fd, Abi.TCSETS, address(RAW_TERMINAL)));
    }

    @Override
    @RestrictHeapAccess(access = NO_ALLOCATION, reason = ADDRESSES)
    default int terminalRestore(int fd, byte[] saved) {
        return result(C.ioctl(fd, Abi.TCSETS, address(saved)));
    }
}

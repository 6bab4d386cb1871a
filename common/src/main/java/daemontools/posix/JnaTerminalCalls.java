package daemontools.posix;

import static daemontools.posix.Jna.*;

/** {@link TerminalCalls} on the JVM. */
interface JnaTerminalCalls extends TerminalCalls {
    @Override
    default boolean isatty(int fd) {
        return call("ioctl", fd, Abi.TCGETS, new byte[TERMINAL_STATE]) == 0;
    }

    @Override
    default int terminalSize(int fd, int[] columnsAndRows) {
        long[] size = new long[1];
        int error = call("ioctl", fd, Abi.TIOCGWINSZ, size);
        if (error == 0) Terminal.readSize(size[0], columnsAndRows);
        return error;
    }

    @Override
    default int terminalRaw(int fd, byte[] saved) {
        int error = call("ioctl", fd, Abi.TCGETS, saved);
        if (error < 0) return error;
        byte[] raw = saved.clone();
        Terminal.makeRaw(raw);
        return call("ioctl", fd, Abi.TCSETS, raw);
    }

    @Override
    default int terminalRestore(int fd, byte[] saved) {
        return call("ioctl", fd, Abi.TCSETS, saved);
    }
}

package daemontools.posix;

/** Terminals in {@link LibC}. */
public interface TerminalCalls {
    /** The size of the array that {@link #terminalRaw} keeps a terminal's state in. */
    int TERMINAL_STATE = 36;

    boolean isatty(int fd);

    /** The terminal's columns in {@code columnsAndRows[0]}, its rows in {@code columnsAndRows[1]}; both may be zero. */
    int terminalSize(int fd, int[] columnsAndRows);

    /**
     * From now on a key can be read as soon as it is pressed, is not shown, and has no other effect: Ctrl-C is the byte
     * 3 and no signal. The former state is kept in {@code saved}, of {@link #TERMINAL_STATE} bytes.
     */
    int terminalRaw(int fd, byte[] saved);

    /** Puts the terminal back into the state that {@link #terminalRaw} kept. */
    int terminalRestore(int fd, byte[] saved);
}

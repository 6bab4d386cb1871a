package daemontools.posix;

/** The state of a terminal as the kernel has it, {@code struct termios}, and its size, {@code struct winsize}. */
final class Terminal {
    /** {@code c_iflag}, second byte: IXON and ICRNL. */
    private static final int INPUT_FLAGS = 1;

    private static final int FLOW_CONTROL_AND_NEWLINES = 0x04 | 0x01;
    /** {@code c_lflag}, its first two bytes: ECHO, ICANON and ISIG; IEXTEN. */
    private static final int LOCAL_FLAGS = 12;

    private static final int ECHO_LINES_AND_SIGNALS = 0x08 | 0x02 | 0x01;
    private static final int EXTENDED = 0x80;
    /** {@code c_cc[VTIME]} and {@code c_cc[VMIN]}. */
    private static final int TIME = 22;

    private static final int MINIMUM = 23;

    private Terminal() {}

    /** Makes a state raw: a read gives what keys give, one or more bytes. What is written looks as before. */
    static void makeRaw(byte[] state) {
        clear(state, INPUT_FLAGS, FLOW_CONTROL_AND_NEWLINES);
        clear(state, LOCAL_FLAGS, ECHO_LINES_AND_SIGNALS);
        clear(state, LOCAL_FLAGS + 1, EXTENDED);
        state[TIME] = 0;
        state[MINIMUM] = 1;
    }

    private static void clear(byte[] state, int at, int bits) {
        state[at] = (byte) (state[at] & ~bits);
    }

    /** Takes columns and rows from a {@code struct winsize}. */
    static void readSize(long winsize, int[] columnsAndRows) {
        columnsAndRows[0] = (int) (winsize >>> 16) & 0xffff;
        columnsAndRows[1] = (int) winsize & 0xffff;
    }
}

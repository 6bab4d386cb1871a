package daemontools.svstat;

import daemontools.common.Output;
import daemontools.posix.LibC;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The terminal while a program has the whole of it, on the alternate screen: what it showed before comes back. */
final class FullScreen {
    private static final int STANDARD_INPUT = 0;
    private static final int STANDARD_OUTPUT = 1;
    /** The alternate screen without a cursor; what is too long for a line is not continued in the next. */
    private static final String BEGIN = "\033[?1049h\033[?25l\033[?7l";

    private static final String BEGIN_AGAIN = "\033[?25l\033[?7l";
    private static final String END = "\033[?7h\033[?25h\033[?1049l";
    /** Of a terminal that does not know its size. */
    private static final int USUAL_COLUMNS = 80;

    private static final int USUAL_ROWS = 24;

    private final LibC libc;
    private final int keys;
    private final byte[] before = new byte[LibC.TERMINAL_STATE];
    private final int[] size = new int[2];
    private Screen screen = new Screen(0);
    private boolean isOpen;

    private FullScreen(LibC libc, int keys) {
        this.libc = libc;
        this.keys = keys;
    }

    /** The terminal that standard output is, and whose keys are read; null where it is none, or can do too little. */
    static @Nullable FullScreen of(LibC libc) {
        if (!libc.isatty(STANDARD_OUTPUT) || Style.isDumb(libc)) return null;
        int keys =
                libc.isatty(STANDARD_INPUT) ? STANDARD_INPUT : libc.open("/dev/tty", LibC.O_RDWR | LibC.O_CLOEXEC, 0);
        return keys < 0 ? null : new FullScreen(libc, keys);
    }

    /** The descriptor that keys are read from. */
    int keys() {
        return keys;
    }

    boolean isOpen() {
        return isOpen;
    }

    /** Takes the terminal; an error where that cannot be done. */
    int open() {
        int error = libc.terminalRaw(keys, before);
        if (error < 0) return error;
        isOpen = true;
        measure();
        return write(BEGIN);
    }

    /** Takes it again after others may have changed anything, its size too. */
    int reopen() {
        measure();
        int error = libc.terminalRaw(keys, new byte[LibC.TERMINAL_STATE]);
        return error < 0 ? error : write(BEGIN_AGAIN);
    }

    /** Leaves it as it was. */
    void close() {
        if (!isOpen) return;
        isOpen = false;
        write(END);
        libc.terminalRestore(keys, before);
    }

    private void measure() {
        int error = libc.terminalSize(STANDARD_OUTPUT, size);
        if (error < 0 || size[0] == 0) size[0] = USUAL_COLUMNS;
        if (error < 0 || size[1] == 0) size[1] = USUAL_ROWS;
        screen = new Screen(size[1]);
    }

    int columns() {
        return size[0];
    }

    int rows() {
        return size[1];
    }

    /** From now on the terminal may show anything. */
    void forget() {
        screen.forget();
    }

    /** Shows lines from the top in place of what was there, with one write; zero or the error. */
    int show(List<Line> lines) {
        return write(screen.show(lines));
    }

    private int write(String bytes) {
        return bytes.isEmpty() ? 0 : Output.writeAll(libc, STANDARD_OUTPUT, bytes);
    }
}

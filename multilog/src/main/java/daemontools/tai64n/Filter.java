package daemontools.tai64n;

import daemontools.common.Failure;
import daemontools.common.Output;
import daemontools.posix.Errno;
import daemontools.posix.LibC;

/** Standard input and output of a command that copies the one to the other; trouble with either ends it silently. */
final class Filter {
    private static final int STANDARD_INPUT = 0;
    private static final int STANDARD_OUTPUT = 1;
    private static final int INPUT_SIZE = 16 * 1024;
    private static final int OUTPUT_SIZE = 2 * INPUT_SIZE;

    private final LibC libc;
    private final byte[] input = new byte[INPUT_SIZE];
    private final byte[] output = new byte[OUTPUT_SIZE];
    private int length;

    Filter(LibC libc) {
        this.libc = libc;
    }

    /** What {@link #read} reads into. */
    byte[] input() {
        return input;
    }

    /**
     * Reads behind the first {@code kept} bytes of the input, once all that was written has gone out: nothing waits for
     * more input. Zero at the end.
     */
    int read(int kept) {
        flush();
        while (true) {
            int count = libc.read(STANDARD_INPUT, input, kept, input.length - kept);
            if (count == -Errno.EINTR) continue;
            if (count < 0) throw new Failure(Failure.SYSTEM, "");
            return count;
        }
    }

    /** At most as many bytes as fit into the input. */
    void write(byte[] bytes, int offset, int count) {
        if (count > output.length - length) flush();
        System.arraycopy(bytes, offset, output, length, count);
        length += count;
    }

    private void flush() {
        if (Output.writeAll(libc, STANDARD_OUTPUT, output, length) < 0) throw new Failure(Failure.SYSTEM, "");
        length = 0;
    }
}

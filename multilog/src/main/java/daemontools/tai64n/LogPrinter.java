package daemontools.tai64n;

import daemontools.common.Failure;
import daemontools.common.Output;
import daemontools.posix.Bytes;
import daemontools.posix.LibC;

/** Prints the lines of logs for people: with a time that they can read, and where they come from. */
final class LogPrinter {
    private static final int STANDARD_OUTPUT = 1;
    private static final int SIZE = 64 * 1024;
    private static final int LONGEST_TIME = 64;
    /** Cyan, yellow, green, magenta, blue, red. */
    private static final int[] COLOURS = {36, 33, 32, 35, 34, 31};

    private final LibC libc;
    private final LocalTime time;
    private final byte[][] names;
    private final byte[] output = new byte[SIZE];
    private int length;

    /** @param names what is shown before the lines of each source, null for nothing */
    LogPrinter(LibC libc, Zone zone, String[] names, boolean inColour) {
        this.libc = libc;
        this.time = new LocalTime(zone);
        this.names = new byte[names.length][];
        for (int i = 0; i < names.length; i++) {
            String start = inColour ? "\033[" + COLOURS[i % COLOURS.length] + "m" : "";
            String end = inColour ? "\033[0m" : "";
            this.names[i] = Bytes.of(names[i] == null ? "" : start + names[i] + ":" + end);
        }
    }

    /** Prints the present piece of a source. */
    void print(LogSource source, int index) {
        int text = source.from();
        if (source.starts()) {
            if (source.isStamped() && printTime(source.stamp())) {
                text = source.stamp().end();
                if (names[index].length > 0) write(' ');
            }
            boolean hasTime = text > source.from();
            write(names[index], 0, names[index].length);
            if (names[index].length > 0 && !hasTime) write(' ');
        }
        write(source.bytes(), text, source.end() - text);
        if (source.ends()) write('\n');
    }

    private boolean printTime(LogStamp stamp) {
        if (!time.show(stamp.seconds())) return false;
        if (output.length - length < LONGEST_TIME) flush();
        System.arraycopy(time.text(), 0, output, length, time.length());
        output[length + time.length()] = '.';
        length = Decimal.writeNanoseconds(output, length + time.length() + 1, stamp.nanoseconds());
        return true;
    }

    private void write(char c) {
        if (length == SIZE) flush();
        output[length++] = (byte) c;
    }

    private void write(byte[] bytes, int from, int count) {
        if (count > SIZE - length) flush();
        System.arraycopy(bytes, from, output, length, count);
        length += count;
    }

    /** Hands all that was printed to the kernel. */
    void flush() {
        if (Output.writeAll(libc, STANDARD_OUTPUT, output, length) < 0) throw new Failure(Failure.SYSTEM, "");
        length = 0;
    }
}

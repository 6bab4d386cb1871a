package daemontools.multilog;

import daemontools.common.Output;
import daemontools.posix.LibC;

/** {@code e}: selected lines go to descriptor 2, long ones shortened. */
final class Alert implements Action {
    private static final int STANDARD_ERROR = 2;
    private static final int SHOWN = 200;

    private final LibC libc;
    private final byte[] message = new byte[SHOWN + 4];

    Alert(LibC libc) {
        this.libc = libc;
    }

    @Override
    public boolean apply(boolean selected, Line line) {
        if (selected) print(line);
        return selected;
    }

    private void print(Line line) {
        int length = Math.min(line.length(), SHOWN);
        System.arraycopy(line.bytes(), 0, message, 0, length);
        if (line.length() > SHOWN) {
            for (int dots = 0; dots < 3; dots++) message[length++] = '.';
        }
        message[length++] = '\n';
        Output.writeAll(libc, STANDARD_ERROR, message, length);
    }
}

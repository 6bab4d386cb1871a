package daemontools.svscanboot;

import daemontools.common.Command;
import daemontools.common.Failure;
import daemontools.common.Invocation;
import daemontools.posix.Errno;
import daemontools.posix.LibC;
import java.util.Arrays;

/** {@code readproctitle word ... dots}: shows the last of what it reads where {@code ps} shows its last argument (spec 10). */
public final class Readproctitle implements Command {
    private static final int STANDARD_INPUT = 0;
    private static final int READ_SIZE = 4096;
    private static final int SHORTEST = 5;
    /** So many dots always stay in front. */
    private static final int DOTS = 3;

    @Override
    public String help() {
        return """
                usage: readproctitle [word ...] dots
                Shows the end of its input in place of its last word, where ps finds it. That word has 5 bytes or more.
                """;
    }

    @Override
    public int run(Invocation invocation) {
        LibC libc = invocation.libc();
        if (invocation.operands().isEmpty()) return Failure.USAGE;
        byte[] shown = new byte[invocation.operands().getLast().length()];
        if (shown.length < SHORTEST) return Failure.USAGE;
        Arrays.fill(shown, (byte) '.');
        libc.overwriteLastArgument(shown);

        byte[] input = new byte[READ_SIZE];
        while (true) {
            int length = libc.read(STANDARD_INPUT, input, 0, READ_SIZE);
            if (length == -Errno.EINTR) continue;
            if (length < 0) return Failure.SYSTEM;
            if (length == 0) return 0;
            shift(shown, input, length);
            libc.overwriteLastArgument(shown);
        }
    }

    /** Appends the first bytes of an array, without NULs, and moves what is shown to the left. */
    static void shift(byte[] shown, byte[] input, int length) {
        int count = withoutNuls(input, length);
        int room = shown.length - DOTS;
        int added = Math.min(count, room);
        System.arraycopy(shown, DOTS + added, shown, DOTS, room - added);
        System.arraycopy(input, count - added, shown, shown.length - added, added);
    }

    /** Removes NULs, and returns how many bytes are left. */
    private static int withoutNuls(byte[] input, int length) {
        int count = 0;
        for (int i = 0; i < length; i++) {
            if (input[i] != 0) input[count++] = input[i];
        }
        return count;
    }
}

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
    /** That many dots stay in front for ever. */
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
            for (int i = 0; i < length; i++) shift(shown, input[i]);
            libc.overwriteLastArgument(shown);
        }
    }

    /** Moves what is shown to the left by one byte, for a new one at the end. */
    static void shift(byte[] shown, byte next) {
        if (next == 0) return;
        System.arraycopy(shown, DOTS + 1, shown, DOTS, shown.length - DOTS - 1);
        shown[shown.length - 1] = next;
    }
}

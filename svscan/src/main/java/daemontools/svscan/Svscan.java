package daemontools.svscan;

import daemontools.common.Command;
import daemontools.common.Diagnostics;
import daemontools.common.Invocation;
import daemontools.posix.LibC;
import daemontools.posix.Signals;
import java.util.List;

/** {@code svscan [directory]}: keeps a supervise running for each service directory in a directory (spec 3). */
public final class Svscan implements Command {
    private static final int SECONDS_BETWEEN_PASSES = 5;

    @Override
    public int run(Invocation invocation) {
        LibC libc = invocation.libc();
        Diagnostics say = new Diagnostics(libc, "svscan");
        List<String> operands = invocation.operands();
        if (!operands.isEmpty()) {
            String directory = operands.getFirst();
            int error = libc.chdir(directory);
            if (error < 0) throw say.fatal("unable to chdir to " + directory, error);
        }
        // Where SIGCHLD is ignored the kernel forgets dead children, and no supervise would ever be missed.
        libc.signalDefault(Signals.CHLD);
        Scanner scanner = new Scanner(libc, say, new Launcher(libc, say));
        while (true) {
            scanner.pass();
            libc.poll(new int[0], new boolean[0], SECONDS_BETWEEN_PASSES * 1000);
        }
    }
}

package daemontools.svok;

import daemontools.common.Command;
import daemontools.common.Diagnostics;
import daemontools.common.Invocation;
import daemontools.posix.Errno;
import daemontools.posix.LibC;
import daemontools.service.ServiceDirectory;
import java.util.List;

/** {@code svok dir}: tells by its exit code whether supervise runs in a service directory (spec 6). */
public final class Svok implements Command {
    private static final int NOT_RUNNING = 100;

    @Override
    public String help() {
        return """
                usage: svok dir
                Exits 0 if supervise runs in a service directory, 100 if not.
                """;
    }

    @Override
    public int run(Invocation invocation) {
        LibC libc = invocation.libc();
        Diagnostics say = new Diagnostics(libc, "svok");
        List<String> operands = invocation.operands();
        if (operands.isEmpty()) throw say.usage("dir");
        String directory = operands.getFirst();

        int error = ServiceDirectory.enter(libc, directory);
        if (error < 0) throw say.fatal("unable to chdir to " + directory, error);
        int ok = ServiceDirectory.openFifo(libc, ServiceDirectory.OK);
        if (ok == -Errno.ENOENT || ok == ServiceDirectory.NO_SUPERVISE) return NOT_RUNNING;
        if (ok < 0) throw say.fatal("unable to open " + directory + "/" + ServiceDirectory.OK, ok);
        return 0;
    }
}

package daemontools.svok;

import daemontools.common.Command;
import daemontools.common.Diagnostics;
import daemontools.common.Invocation;
import daemontools.common.LongOptions;
import daemontools.common.StartDirectory;
import daemontools.posix.Errno;
import daemontools.posix.LibC;
import daemontools.service.Inquiry;
import daemontools.service.ObservedService;
import daemontools.service.ServiceDirectory;
import java.util.List;

/** {@code svok [--ready] dir}: tells by its exit code whether supervise runs in a service directory (spec 6). */
public final class Svok implements Command {
    private static final int NOT_RUNNING = 100;
    private static final LongOptions OPTIONS = new LongOptions("svok: usage: svok [--ready] dir", "ready");

    @Override
    public String help() {
        return """
                usage: svok [--ready] dir
                Exits 0 if supervise runs in a service directory, 100 if not.
                  --ready    exit 0 if the service is up and, where it says so, ready, 100 if not
                """;
    }

    @Override
    public int run(Invocation invocation) {
        LibC libc = invocation.libc();
        Diagnostics say = new Diagnostics(libc, "svok");
        boolean[] ready = new boolean[1];
        List<String> operands = OPTIONS.read(invocation, (option, none) -> ready[0] = true);
        if (operands.isEmpty()) throw say.usage("dir");
        String directory = operands.getFirst();
        if (ready[0]) return readiness(libc, say, directory);

        int error = ServiceDirectory.enter(libc, directory);
        if (error < 0) throw say.fatal("unable to chdir to " + directory, error);
        int ok = ServiceDirectory.openFifo(libc, ServiceDirectory.OK);
        if (ok == -Errno.ENOENT || ok == ServiceDirectory.NO_SUPERVISE) return NOT_RUNNING;
        if (ok < 0) throw say.fatal("unable to open " + directory + "/" + ServiceDirectory.OK, ok);
        return 0;
    }

    private static int readiness(LibC libc, Diagnostics say, String directory) {
        ObservedService service = new ObservedService(libc, directory);
        Inquiry.about(List.of(service), libc, StartDirectory.open(libc, say));
        if (service.trouble() != null && !service.isUnsupervised())
            throw say.fatal(directory + ": " + service.trouble());
        return service.isReady() ? 0 : NOT_RUNNING;
    }
}

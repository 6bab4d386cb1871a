package daemontools.supervise;

import daemontools.common.Command;
import daemontools.common.Diagnostics;
import daemontools.common.Invocation;
import daemontools.posix.Errno;
import daemontools.posix.FileStatus;
import daemontools.posix.LibC;
import daemontools.posix.Signals;
import daemontools.service.ServiceDirectory;
import daemontools.service.SuperviseDirectory;
import daemontools.service.Want;
import java.util.List;

/** {@code supervise dir}: keeps the service of a service directory running (spec 2). */
public final class Supervise implements Command {
    @Override
    public String help() {
        return """
                usage: supervise dir
                Keeps the service of a service directory running: starts its program ./run, and starts it again when it ends.
                """;
    }

    @Override
    public int run(Invocation invocation) {
        LibC libc = invocation.libc();
        Diagnostics say = new Diagnostics(libc, "supervise");
        List<String> operands = invocation.operands();
        if (operands.size() != 1) throw say.usage("dir");
        String directory = operands.getFirst();

        long blockedInService = libc.blockedSignals() & ~Signals.set(Signals.CHLD);
        int deaths = libc.signalDescriptor(Signals.set(Signals.CHLD));
        if (deaths < 0) throw say.fatal("unable to create pipe for " + directory, deaths);
        int error = libc.chdir(directory);
        if (error < 0) throw say.fatal("unable to chdir to " + directory, error);
        error = libc.stat(ServiceDirectory.DOWN, new FileStatus());
        if (error < 0 && error != -Errno.ENOENT) throw say.fatal("unable to stat " + directory + "/down", error);
        Want want = error == 0 ? Want.DOWN : Want.UP;

        SuperviseDirectory files = new SuperviseDirectory(libc, say, directory);
        files.create();
        files.lock();
        int control = files.openControl();
        Service service = new Service(libc, say, directory, blockedInService, want);
        boolean isTakenOver = service.takeOver();
        service.write();
        files.openOk();
        if (want == Want.UP && !isTakenOver) service.start();
        new Supervisor(libc, service, deaths, control).run();
        service.write();
        return 0;
    }
}

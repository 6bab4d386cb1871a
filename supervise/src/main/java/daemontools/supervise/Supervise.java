package daemontools.supervise;

import daemontools.common.Command;
import daemontools.common.Diagnostics;
import daemontools.common.Invocation;
import daemontools.common.LongOptions;
import daemontools.posix.Errno;
import daemontools.posix.FileStatus;
import daemontools.posix.LibC;
import daemontools.posix.Signals;
import daemontools.service.ServiceDirectory;
import daemontools.service.SuperviseDirectory;
import daemontools.service.Want;
import java.util.List;

/**
 * {@code supervise dir}: keeps the service of a service directory running (spec 2). With {@code --stop-on-term} nothing
 * else need look after it: TERM and INT stop the service and supervise, and its exit code is the service's.
 */
public final class Supervise implements Command {
    private static final String STOP_ON_TERM = "stop-on-term";

    private static final LongOptions OPTIONS =
            new LongOptions("supervise: usage: supervise [--stop-on-term] dir", STOP_ON_TERM);

    private boolean isAlone;

    @Override
    public String help() {
        return """
                usage: supervise [--stop-on-term] dir
                Keeps the service of a service directory running: starts its program ./run, and starts it again when it ends.
                  --stop-on-term  on TERM or INT, end the service, then itself with its exit code; pass other signals on
                """;
    }

    @Override
    public int run(Invocation invocation) {
        LibC libc = invocation.libc();
        Diagnostics say = new Diagnostics(libc, "supervise");
        List<String> operands = OPTIONS.read(invocation, (option, none) -> isAlone = true);
        if (operands.size() != 1) throw say.usage("dir");
        String directory = operands.getFirst();

        long ours = Signals.set(Signals.CHLD) | (isAlone ? ForwardedSignal.SET : 0);
        Context context = new Context(libc, say, directory, libc.blockedSignals() & ~ours, isAlone);
        int signals = libc.signalDescriptor(ours);
        if (signals < 0) throw say.fatal("unable to create pipe for " + directory, signals);
        int error = libc.chdir(directory);
        if (error < 0) throw say.fatal("unable to chdir to " + directory, error);
        error = libc.stat(ServiceDirectory.DOWN, new FileStatus());
        if (error < 0 && error != -Errno.ENOENT) throw say.fatal("unable to stat " + directory + "/down", error);
        Want want = error == 0 ? Want.DOWN : Want.UP;

        SuperviseDirectory files = new SuperviseDirectory(libc, say, directory);
        files.create();
        files.lock();
        int control = files.openControl();
        Service service = new Service(context, want);
        boolean isTakenOver = service.takeOver();
        service.write();
        files.openOk();
        if (want == Want.UP && !isTakenOver) service.start();
        new Supervisor(libc, service, signals, control).run();
        service.write();
        return isAlone ? service.exitCode() : 0;
    }
}

package daemontools.svscan;

import daemontools.common.Command;
import daemontools.common.Diagnostics;
import daemontools.common.Invocation;
import daemontools.common.LongOptions;
import daemontools.doctor.Doctor;
import daemontools.posix.LibC;
import daemontools.posix.Signals;
import java.util.List;

/**
 * {@code svscan [directory]}: keeps a supervise running for each service directory in a directory (spec 3). With
 * {@code --check} it looks at one and starts nothing.
 */
public final class Svscan implements Command {
    /** With this option TERM ends svscan cleanly. As the first process it always does. */
    private static final String STOP_ON_TERM = "stop-on-term";

    private static final String CHECK = "check";
    private static final String JSON = "json";

    private static final LongOptions OPTIONS = new LongOptions(
            "svscan: usage: svscan [--stop-on-term] [dir], svscan --check [--json] [dir]", STOP_ON_TERM, CHECK, JSON);

    private static final int FIRST_PROCESS = 1;
    private static final int MILLIS_BETWEEN_PASSES = 5000;
    private static final int[] NO_DESCRIPTORS = {};
    private static final boolean[] NONE_READY = {};

    private boolean stopOnTerm;
    private boolean check;
    private boolean json;

    @Override
    public String help() {
        return """
                usage: svscan [--stop-on-term | --check [--json]] [dir]
                Keeps a supervise running for each service directory in a directory, the current one by default.
                  --stop-on-term  on TERM or INT, end the services and then itself, as it always does as process 1
                  --check         start nothing: say what is wrong in the directory ($SVDIR, /service or /etc/service)
                  --json          with --check: as JSON
                """;
    }

    @Override
    public int run(Invocation invocation) {
        LibC libc = invocation.libc();
        Diagnostics say = new Diagnostics(libc, "svscan");
        List<String> operands = OPTIONS.read(invocation, this::take);
        if (check) return Doctor.run(libc, say, operands, json);
        if (json) throw OPTIONS.wrong(invocation, "option needs --check", JSON);
        if (!operands.isEmpty()) {
            String directory = operands.getFirst();
            int error = libc.chdir(directory);
            if (error < 0) throw say.fatal("unable to chdir to " + directory, error);
        }
        boolean isFirst = libc.getpid() == FIRST_PROCESS;
        if (stopOnTerm || isFirst) runUntilTold(libc, say, isFirst);
        else runForEver(libc, say);
        return 0;
    }

    private void take(String option, String none) {
        switch (option) {
            case CHECK -> check = true;
            case JSON -> json = true;
            default -> stopOnTerm = true;
        }
    }

    private static void runForEver(LibC libc, Diagnostics say) {
        // If SIGCHLD is ignored, the kernel does not say which children died, and no supervise would be started again.
        libc.signalDefault(Signals.CHLD);
        Scanner scanner = new Scanner(libc, say, new Launcher(libc, say, libc.blockedSignals()));
        while (true) {
            scanner.pass();
            libc.poll(NO_DESCRIPTORS, NONE_READY, MILLIS_BETWEEN_PASSES);
        }
    }

    private static void runUntilTold(LibC libc, Diagnostics say, boolean isFirst) {
        Launcher launcher = new Launcher(libc, say, libc.blockedSignals() & ~SignalQueue.SIGNALS);
        Scanner scanner = new Scanner(libc, say, launcher);
        SignalQueue signals = new SignalQueue(libc, say, launcher);
        // Made now: there may be no memory when it is needed.
        Orphans orphans = isFirst ? new Orphans(libc, launcher) : null;
        Shutdown shutdown = new Shutdown(libc, say, launcher, scanner.services(), orphans);
        do scanner.pass();
        while (!signals.stopComesWithin(MILLIS_BETWEEN_PASSES));
        shutdown.run(signals);
    }
}

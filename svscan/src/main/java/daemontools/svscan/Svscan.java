package daemontools.svscan;

import daemontools.common.Command;
import daemontools.common.Diagnostics;
import daemontools.common.Invocation;
import daemontools.common.LongOptions;
import daemontools.doctor.Doctor;
import daemontools.posix.Errno;
import daemontools.posix.LibC;
import daemontools.posix.Signals;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code svscan [directory]}: keeps a supervise running for each service directory in a directory (spec 3). With
 * {@code --check} it looks at one and starts nothing.
 */
public final class Svscan implements Command {
    /** With this option TERM ends svscan cleanly. As the first process it always does. */
    private static final String STOP_ON_TERM = "stop-on-term";

    private static final String CHECK = "check";
    private static final String JSON = "json";

    private static final String GRACE = "grace";
    private static final String LOG = "log";

    private static final LongOptions OPTIONS = new LongOptions(
            "svscan: usage: svscan [--stop-on-term] [--grace=SECONDS] [--log=NAME] [dir], svscan --check [--json] [dir]",
            STOP_ON_TERM,
            GRACE + "=",
            LOG + "=",
            CHECK,
            JSON);

    private static final int MOST_DIGITS = 9;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private static final int FIRST_PROCESS = 1;
    private static final int MILLIS_BETWEEN_PASSES = 5000;
    private static final int[] NO_DESCRIPTORS = {};
    private static final boolean[] NONE_READY = {};

    private boolean stopOnTerm;
    private @Nullable String grace;
    private @Nullable String log;
    private boolean check;
    private boolean json;

    @Override
    public String help() {
        return """
                usage: svscan [--stop-on-term] [--grace=SECONDS] [--log=NAME] [dir]
                usage: svscan --check [--json] [dir]
                Keeps a supervise running for each service directory in a directory, the current one by default.
                  --stop-on-term   be in charge, as it always is as process 1: end on TERM or INT, services first
                  --grace=SECONDS  kill what still runs so long after TERM
                  --log=NAME       this service reads what all others print that have no log
                  --check          start nothing: say what is wrong in the directory ($SVDIR, /service or /etc/service)
                  --json           with --check: as JSON
                """;
    }

    @Override
    public int run(Invocation invocation) {
        LibC libc = invocation.libc();
        Diagnostics say = new Diagnostics(libc, "svscan");
        List<String> operands = OPTIONS.read(invocation, this::take);
        if (check) return Doctor.run(libc, say, operands, json);
        if (json) throw OPTIONS.wrong(invocation, "option needs --check", JSON);
        boolean isInCharge = stopOnTerm || libc.getpid() == FIRST_PROCESS;
        if (!isInCharge && grace != null) throw OPTIONS.wrong(invocation, "option needs --stop-on-term", GRACE);
        if (!isInCharge && log != null) throw OPTIONS.wrong(invocation, "option needs --stop-on-term", LOG);
        long graceNanos = graceNanos(invocation);
        checkLog(invocation);
        String directory = operands.isEmpty() ? "." : operands.getFirst();
        if (!operands.isEmpty()) {
            int error = libc.chdir(directory);
            if (error < 0) throw say.fatal("unable to chdir to " + directory, error);
        }
        if (isInCharge) return runUntilTold(libc, say, directory, graceNanos);
        runForEver(libc, say);
        return 0;
    }

    private long graceNanos(Invocation invocation) {
        if (grace == null) return Departure.FOR_EVER;
        long seconds = 0;
        for (int i = 0; i < grace.length(); i++) {
            char digit = grace.charAt(i);
            if (digit < '0' || digit > '9' || i == MOST_DIGITS)
                throw OPTIONS.wrong(invocation, "not a number of seconds", GRACE);
            seconds = 10 * seconds + digit - '0';
        }
        if (grace.isEmpty()) throw OPTIONS.wrong(invocation, "not a number of seconds", GRACE);
        return seconds * NANOS_PER_SECOND;
    }

    /** Hidden files are no services, and what lies deeper is not looked at. */
    private void checkLog(Invocation invocation) {
        if (log == null) return;
        if (log.isEmpty() || log.startsWith(".") || log.indexOf('/') >= 0) {
            throw OPTIONS.wrong(invocation, "not the name of a service in the directory", LOG);
        }
    }

    private void take(String option, @Nullable String value) {
        switch (option) {
            case GRACE -> grace = value;
            case LOG -> log = value;
            case CHECK -> check = true;
            case JSON -> json = true;
            default -> stopOnTerm = true;
        }
    }

    private static void runForEver(LibC libc, Diagnostics say) {
        // If SIGCHLD is ignored, the kernel does not say which children died, and no supervise would be started again.
        libc.signalDefault(Signals.CHLD);
        Scanner scanner = new Scanner(libc, say, new Launcher(libc, say, libc.blockedSignals()), false);
        while (true) {
            scanner.pass();
            libc.poll(NO_DESCRIPTORS, NONE_READY, MILLIS_BETWEEN_PASSES);
        }
    }

    private int runUntilTold(LibC libc, Diagnostics say, String directory, long graceNanos) {
        lock(libc, say, directory);
        long obeyed = SignalQueue.signals(libc);
        Launcher launcher = new Launcher(libc, say, libc.blockedSignals() & ~obeyed);
        Scanner scanner = new Scanner(libc, say, launcher, true);
        SignalQueue signals = new SignalQueue(libc, say, launcher, obeyed);
        // Made now: there may be no memory when it is needed.
        Control control = new Control(libc);
        Departure departure = new Departure(libc, say, control);
        Orphans orphans = libc.getpid() == FIRST_PROCESS ? new Orphans(libc, launcher) : null;
        String socket = takeSocket(libc);
        CatchAll catchAll = log == null ? null : startCatchAll(libc, say, launcher, scanner, log);
        Shutdown shutdown =
                new Shutdown(libc, say, launcher, scanner.services(), departure, graceNanos, catchAll, orphans);
        Observations observations = new Observations(libc, say, scanner.services(), control, socket != null);
        Manager manager = socket == null ? null : new Manager(libc, socket, scanner.services());
        new Charge(libc, say, scanner, signals, departure, observations, manager).run();
        shutdown.run(signals);
        return observations.exitCode();
    }

    /**
     * Where a service manager wants to be told, or null. Services do not find it in their environment: what one says of
     * itself there would be taken for what svscan says.
     */
    private static @Nullable String takeSocket(LibC libc) {
        String socket = libc.getenv(Manager.SOCKET);
        if (socket == null) return null;
        List<String> others = new ArrayList<>();
        for (String entry : libc.environment()) {
            if (!entry.startsWith(Manager.SOCKET + "=")) others.add(entry);
        }
        libc.setEnvironment(others);
        return socket;
    }

    private CatchAll startCatchAll(LibC libc, Diagnostics say, Launcher launcher, Scanner scanner, String name) {
        ScannedService service = scanner.takeInCatchAll(name);
        CatchAll catchAll = new CatchAll(libc, say, service);
        launcher.prepareCatchAll(service, name, catchAll.ofLog());
        launcher.startMissing(service);
        return catchAll;
    }

    /** Locks the directory itself, for as long as this process lives: two in charge would fight. */
    private static void lock(LibC libc, Diagnostics say, String directory) {
        int fd = libc.open(".", LibC.O_RDONLY | LibC.O_DIRECTORY | LibC.O_CLOEXEC, 0);
        int error = fd < 0 ? fd : libc.flock(fd, LibC.LOCK_EX | LibC.LOCK_NB);
        if (error == -Errno.EAGAIN)
            throw say.fatal("unable to lock " + directory + ": another svscan is in charge of it");
        if (error < 0) say.warn("unable to lock ", directory, ": a second svscan would not be refused", error);
    }
}

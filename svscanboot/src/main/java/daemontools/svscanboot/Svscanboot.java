package daemontools.svscanboot;

import daemontools.common.Command;
import daemontools.common.Diagnostics;
import daemontools.common.Failure;
import daemontools.common.Invocation;
import daemontools.common.LongOptions;
import daemontools.common.PathSearch;
import daemontools.posix.ChildSetup;
import daemontools.posix.DirectoryReader;
import daemontools.posix.ExitStatus;
import daemontools.posix.FileStatus;
import daemontools.posix.LibC;
import daemontools.posix.Signals;
import daemontools.service.ScanDirectory;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code svscanboot [directory]}: takes down what an earlier svscan left behind, and runs svscan on the directory, with its
 * errors shown by readproctitle (spec 4). It does without a shell what 0.76's shell script does. Where svscan is to be in
 * charge, it becomes svscan.
 */
public final class Svscanboot implements Command {
    private static final String PATH =
            "/command:/usr/local/bin:/usr/local/sbin:/bin:/sbin:/usr/bin:/usr/sbin:/usr/X11R6/bin";
    private static final String[] ENVIRONMENT = {"PATH=" + PATH};
    /** Where a service manager wants to be told how the services are: svscan in charge needs it too. */
    private static final String MANAGER = "NOTIFY_SOCKET";

    private static final String DOTS = ".".repeat(400);
    /** The most that the kernel takes for a command line, whatever the stack's limit. */
    private static final int LONGEST_COMMAND_LINE = 6 << 20;

    private static final int FIRST_PROCESS = 1;
    private static final int ANY_CHILD = -1;
    private static final int STANDARD_INPUT = 0;
    private static final int STANDARD_OUTPUT = 1;
    private static final int STANDARD_ERROR = 2;
    /** What a shell adds to the number of the signal that ended a command. */
    private static final int KILLED = 128;

    private static final String STOP_ON_TERM = "stop-on-term";
    private static final String GRACE = "grace";
    private static final String LOG = "log";

    private static final LongOptions OPTIONS = new LongOptions(
            "svscanboot: usage: svscanboot [--stop-on-term] [--grace=SECONDS] [--log=NAME] [dir]",
            STOP_ON_TERM,
            GRACE + "=",
            LOG + "=");

    /** The words of svscan before the directory. */
    private final List<String> svscan = new ArrayList<>(List.of("svscan"));

    /** The last option that svscan takes only where it is in charge; null if there was none. */
    private @Nullable String forSvscan;

    private boolean becomesSvscan;
    private boolean hasLog;

    @Override
    public String help() {
        return """
                usage: svscanboot [--stop-on-term] [--grace=SECONDS] [--log=NAME] [dir]
                Runs svscan on a directory, /service by default, with its errors shown by readproctitle. For init, or whatever
                starts a machine's daemons, or as the first process of a container.
                  --stop-on-term   become svscan in charge, as it always does as process 1: see svscan --help
                  --grace=SECONDS  kill what still runs so long after TERM
                  --log=NAME       this service reads what all others print that have no log, in place of readproctitle
                """;
    }

    @Override
    public int run(Invocation invocation) {
        LibC libc = invocation.libc();
        Diagnostics say = new Diagnostics(libc, "svscanboot");
        List<String> operands = OPTIONS.read(invocation, this::take);
        becomesSvscan |= libc.getpid() == FIRST_PROCESS;
        if (!becomesSvscan && forSvscan != null)
            throw OPTIONS.wrong(invocation, "option needs --stop-on-term", forSvscan);
        String services = operands.isEmpty() ? services(libc, say) : operands.getFirst();
        svscan.add(services);
        connectToNull(libc, say);
        libc.signalDefault(Signals.CHLD);
        long blocked = libc.blockedSignals();

        // Descriptor 0 cannot be written to, so what svc says is lost, as it is where all three are connected to
        // /dev/null.
        int[] mute = hasLog ? new int[] {STANDARD_INPUT, STANDARD_OUTPUT, STANDARD_INPUT, STANDARD_ERROR} : new int[0];
        int svc = start(libc, svcArguments(libc, services), null, new ChildSetup(0, blocked, mute));
        if (svc > 0) await(libc, svc);

        if (hasLog) throw becomeSvscan(libc, say);
        int[] pipe = new int[2];
        int error = libc.pipe(pipe, LibC.O_CLOEXEC);
        if (error < 0) throw say.fatal("unable to create pipe", error);
        if (becomesSvscan) throw becomeSvscan(libc, say, pipe, blocked);
        ChildSetup writer = new ChildSetup(0, blocked, pipe[1], STANDARD_OUTPUT, STANDARD_OUTPUT, STANDARD_ERROR);
        int scanner = start(libc, svscan, ENVIRONMENT, writer);
        if (scanner < 0) throw say.fatal("unable to run svscan", scanner);
        int readproctitle = startReadproctitle(libc, pipe[0], blocked);
        libc.close(pipe[0]);
        libc.close(pipe[1]);

        if (readproctitle > 0) return exitCode(await(libc, scanner, readproctitle));
        await(libc, scanner);
        return Failure.SYSTEM;
    }

    private void take(String option, @Nullable String value) {
        svscan.add("--" + option + (value == null ? "" : "=" + value));
        if (value == null) becomesSvscan = true;
        else forSvscan = option;
        hasLog |= option.equals(LOG);
    }

    /**
     * The first process of a container has two more duties: it collects processes that have lost their parent, and when it
     * gets TERM, it ends the services, their logs and then itself. svscan does both when it is that process, so this process
     * becomes svscan. readproctitle then gets TERM too, as all children do; it has it blocked, and reads to the end.
     */
    private Failure becomeSvscan(LibC libc, Diagnostics say, int[] pipe, long blocked) {
        startReadproctitle(libc, pipe[0], blocked | Signals.set(Signals.TERM, Signals.INT));
        int error = libc.dup2(pipe[1], STANDARD_OUTPUT);
        if (error >= 0) error = libc.dup2(pipe[1], STANDARD_ERROR);
        if (error < 0) return say.fatal("unable to set up descriptors", error);
        return becomeSvscan(libc, say);
    }

    private Failure becomeSvscan(LibC libc, Diagnostics say) {
        List<String> environment = new ArrayList<>(List.of(ENVIRONMENT));
        String manager = libc.getenv(MANAGER);
        if (manager != null) environment.add(MANAGER + "=" + manager);
        libc.setEnvironment(environment);
        int error = PathSearch.run("svscan", PATH, program -> libc.execve(program, svscan));
        return say.fatal("unable to run svscan", error);
    }

    private static int startReadproctitle(LibC libc, int input, long blocked) {
        List<String> title = List.of("readproctitle", "service", "errors:", DOTS);
        return start(libc, title, ENVIRONMENT, new ChildSetup(0, blocked, input, STANDARD_INPUT));
    }

    /** The log itself has no other place to print than ours. */
    private void connectToNull(LibC libc, Diagnostics say) {
        connect(libc, say, STANDARD_INPUT, LibC.O_RDONLY);
        if (hasLog) return;
        connect(libc, say, STANDARD_OUTPUT, LibC.O_WRONLY);
        connect(libc, say, STANDARD_ERROR, LibC.O_WRONLY);
    }

    private static void connect(LibC libc, Diagnostics say, int descriptor, int flags) {
        int fd = libc.open("/dev/null", flags, 0);
        if (fd < 0) throw say.fatal("unable to open /dev/null", fd);
        if (fd == descriptor) return;
        int error = libc.dup2(fd, descriptor);
        if (error < 0) throw say.fatal("unable to set up descriptors", error);
        libc.close(fd);
    }

    /** The directory that is used when none is given. If there are two, a warning names the one that is not used. */
    static String services(LibC libc, Diagnostics say) {
        String services = ScanDirectory.ofMachine(libc);
        if (services.equals(ScanDirectory.DEBIANS)) return services;
        FileStatus used = new FileStatus();
        FileStatus other = new FileStatus();
        libc.stat(services, used);
        if (libc.stat(ScanDirectory.DEBIANS, other) < 0) return services;
        boolean isOne = used.device() == other.device() && used.inode() == other.inode();
        if (!isOne) say.warn("running " + services + ", and not " + ScanDirectory.DEBIANS + ", which exists too");
        return services;
    }

    /** {@code svc -dx /service/* /service/*}{@code /log}, as a shell would expand it. */
    private static List<String> svcArguments(LibC libc, String services) {
        List<String> names = names(libc, services);
        List<String> arguments = new ArrayList<>(List.of("svc", "-dx"));
        for (String name : names) arguments.add(services + "/" + name);
        for (String name : names) arguments.add(services + "/" + name + "/log");
        return arguments;
    }

    /** The names in the directory that begin with no dot, sorted; none where they are too many for a command line. */
    private static List<String> names(LibC libc, String services) {
        List<String> names = new ArrayList<>();
        DirectoryReader entry = new DirectoryReader(libc);
        if (entry.open(services) < 0) return names;
        int size = 0;
        while (entry.next() > 0 && size < LONGEST_COMMAND_LINE) {
            if (entry.nameByte(0) == '.') continue;
            size += 2 * (services.length() + entry.nameLength());
            names.add(entry.name());
        }
        entry.close();
        names.sort(null);
        return size < LONGEST_COMMAND_LINE ? names : List.of();
    }

    private static int start(LibC libc, List<String> words, String @Nullable [] environment, ChildSetup setup) {
        String[] argv = words.toArray(new String[0]);
        return PathSearch.run(argv[0], PATH, program -> libc.spawn(program, argv, environment, setup));
    }

    /** Waits until all these children have ended; others may end meanwhile. Returns the status of the last one given. */
    private static int await(LibC libc, int... children) {
        int[] status = new int[1];
        int result = 0;
        for (int left = children.length; left > 0; ) {
            int ended = ExitStatus.await(libc, ANY_CHILD, status);
            if (ended < 0) break;
            for (int child : children) {
                if (ended != child) continue;
                left--;
                if (child == children[children.length - 1]) result = status[0];
            }
        }
        return result;
    }

    private static int exitCode(int status) {
        int exitStatus = ExitStatus.of(status);
        return ExitStatus.isSignal(exitStatus) ? KILLED + ExitStatus.signal(exitStatus) : exitStatus;
    }
}

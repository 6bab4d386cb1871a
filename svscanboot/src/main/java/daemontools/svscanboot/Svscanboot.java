package daemontools.svscanboot;

import daemontools.common.Command;
import daemontools.common.Diagnostics;
import daemontools.common.Failure;
import daemontools.common.Invocation;
import daemontools.common.PathSearch;
import daemontools.posix.ChildSetup;
import daemontools.posix.Errno;
import daemontools.posix.FileStatus;
import daemontools.posix.LibC;
import daemontools.posix.Signals;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code svscanboot}: takes down what an earlier svscan left behind, and runs svscan on {@value #SERVICES}, where there is
 * none on {@value #DEBIANS_SERVICES}, with its errors shown by readproctitle (spec 4). What was a shell script does the same
 * without a shell.
 */
public final class Svscanboot implements Command {
    private static final String SERVICES = "/service";
    private static final String DEBIANS_SERVICES = "/etc/service";
    private static final String PATH =
            "/command:/usr/local/bin:/usr/local/sbin:/bin:/sbin:/usr/bin:/usr/sbin:/usr/X11R6/bin";
    private static final String[] ENVIRONMENT = {"PATH=" + PATH};
    private static final int DOTS = 400;
    private static final int STANDARD_INPUT = 0;
    private static final int STANDARD_OUTPUT = 1;
    private static final int STANDARD_ERROR = 2;
    private static final int SIGNAL_BITS = 0x7f;
    /** What a shell adds to the number of the signal that ended a command. */
    private static final int KILLED = 128;

    @Override
    public String help() {
        return """
                usage: svscanboot
                Runs svscan on /service, with its errors shown by readproctitle. For init, or whatever starts a machine's daemons.
                """;
    }

    @Override
    public int run(Invocation invocation) {
        LibC libc = invocation.libc();
        Diagnostics say = new Diagnostics(libc, "svscanboot");
        connectToNull(libc, say);
        libc.signalDefault(Signals.CHLD);
        ChildSetup plain = new ChildSetup(0, libc.blockedSignals());

        String services = services(libc);
        int svc = start(libc, svcArguments(libc, services), null, plain);
        if (svc > 0) await(libc, svc);

        int[] pipe = new int[2];
        int error = libc.pipe(pipe, LibC.O_CLOEXEC);
        if (error < 0) throw say.fatal("unable to create pipe", error);
        ChildSetup writer =
                new ChildSetup(0, libc.blockedSignals(), pipe[1], STANDARD_OUTPUT, STANDARD_OUTPUT, STANDARD_ERROR);
        int svscan = start(libc, List.of("svscan", services), ENVIRONMENT, writer);
        if (svscan < 0) throw say.fatal("unable to run svscan", svscan);
        ChildSetup reader = new ChildSetup(0, libc.blockedSignals(), pipe[0], STANDARD_INPUT);
        List<String> title = List.of("readproctitle", "service", "errors:", ".".repeat(DOTS));
        int readproctitle = start(libc, title, ENVIRONMENT, reader);
        libc.close(pipe[0]);
        libc.close(pipe[1]);

        await(libc, svscan);
        return readproctitle < 0 ? Failure.SYSTEM : exitCode(await(libc, readproctitle));
    }

    private static void connectToNull(LibC libc, Diagnostics say) {
        connect(libc, say, STANDARD_INPUT, LibC.O_RDONLY);
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

    static String services(LibC libc) {
        FileStatus status = new FileStatus();
        boolean debians = libc.stat(SERVICES, status) == -Errno.ENOENT && libc.stat(DEBIANS_SERVICES, status) == 0;
        return debians ? DEBIANS_SERVICES : SERVICES;
    }

    /** {@code svc -dx /service/* /service/*}{@code /log}, as a shell would expand it. */
    private static List<String> svcArguments(LibC libc, String services) {
        List<String> names = new ArrayList<>();
        libc.listDirectory(services, names);
        names.removeIf(name -> name.startsWith("."));
        names.sort(null);
        List<String> arguments = new ArrayList<>(List.of("svc", "-dx"));
        for (String name : names) arguments.add(services + "/" + name);
        for (String name : names) arguments.add(services + "/" + name + "/log");
        return arguments;
    }

    private static int start(LibC libc, List<String> words, String[] environment, ChildSetup setup) {
        String[] argv = words.toArray(new String[0]);
        return PathSearch.run(argv[0], PATH, program -> libc.spawn(program, argv, environment, setup));
    }

    /** Waits for a child, and returns its status. */
    private static int await(LibC libc, int pid) {
        int[] status = new int[1];
        while (libc.waitpid(pid, 0, status) == -Errno.EINTR) {}
        return status[0];
    }

    private static int exitCode(int status) {
        int signal = status & SIGNAL_BITS;
        return signal != 0 ? KILLED + signal : status >> 8;
    }
}

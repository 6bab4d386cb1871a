package daemontools.multilog;

import daemontools.common.Diagnostics;
import daemontools.posix.ChildSetup;
import daemontools.posix.Errno;
import daemontools.posix.ExitStatus;
import daemontools.posix.LibC;
import daemontools.posix.Signals;

/** {@code !COMMAND}: makes {@code processed} of {@code previous}, and {@code newstate} of {@code state}. */
final class Processor {
    private static final String SHELL = "/bin/sh";
    private static final long OUR_SIGNALS = Signals.set(Signals.TERM, Signals.ALRM);
    private static final int READ = LibC.O_RDONLY | LibC.O_NONBLOCK;
    private static final int TRUNCATE = LibC.O_WRONLY | LibC.O_NONBLOCK | LibC.O_CREAT | LibC.O_TRUNC;
    /** Ours lie above those that the command gets, so that none is overwritten before it is copied. */
    private static final int LOWEST_OWN = 6;

    private final LibC libc;
    private final Diagnostics say;
    private final LogDirectory directory;
    private final String command;

    // What a start needs is made once: it leaves no garbage, and memory may be what is lacking.
    private final String[] argv;
    /** Pairs of a descriptor of ours and the command's. */
    private final int[] descriptors = {0, 0, 0, 1, 0, 4, 0, 5};

    private final ChildSetup setup;
    private final int[] status = new int[1];

    private Processor(LibC libc, Diagnostics say, LogDirectory directory, String command) {
        this.libc = libc;
        this.say = say;
        this.directory = directory;
        this.command = command;
        this.argv = new String[] {"sh", "-c", command};
        this.setup = new ChildSetup(OUR_SIGNALS, libc.blockedSignals() & ~OUR_SIGNALS, descriptors);
    }

    /** Takes all the memory that running the command will need. */
    static Processor prepare(LibC libc, Diagnostics say, LogDirectory directory, String command) {
        Processor processor = new Processor(libc, say, directory, command);
        libc.prepareSpawn(processor.argv);
        say.reserve(command.length());
        return processor;
    }

    /** Runs the command until it succeeds; the current directory is the log's. */
    void run() {
        while (!succeeds()) directory.pause("processor failed in ");
    }

    private boolean succeeds() {
        int pid = start();
        if (pid < 0) {
            say.printFatal("unable to run ", command, "", pid);
            return false;
        }
        int ended = ExitStatus.await(libc, pid, status);
        if (ended < 0) {
            directory.pause("wait failed for processor in ", ended);
            return false;
        }
        int exitStatus = ExitStatus.of(status[0]);
        if (ExitStatus.isSignal(exitStatus)) {
            // 0.76 adds the text of the last error, whatever it was: as a rule that of a stat that found nothing.
            directory.pause("processor crashed in ", Errno.ENOENT);
        }
        return exitStatus == 0;
    }

    /** The command's pid, or the error that it can't be run for: what keeps us from having a child is waited for. */
    private int start() {
        while (true) {
            int error = open();
            int pid = error < 0 ? error : libc.spawn(SHELL, argv, null, setup);
            close();
            if (!Errno.isLackOfProcesses(pid)) return pid;
            directory.pause("unable to fork for processor in ", pid);
        }
    }

    private int open() {
        descriptors[0] = openHigh(LogDirectory.PREVIOUS, READ);
        descriptors[2] = openHigh(LogDirectory.PROCESSED, TRUNCATE);
        descriptors[4] = openHigh(LogDirectory.STATE, READ);
        descriptors[6] = openHigh(LogDirectory.NEW_STATE, TRUNCATE);
        for (int i = 0; i < descriptors.length; i += 2) {
            if (descriptors[i] < 0) return descriptors[i];
        }
        return 0;
    }

    private void close() {
        for (int i = 0; i < descriptors.length; i += 2) {
            if (descriptors[i] >= 0) libc.close(descriptors[i]);
        }
    }

    private int openHigh(String name, int flags) {
        int fd = libc.open(name, flags | LibC.O_CLOEXEC, LogDirectory.OPEN);
        if (fd < 0 || fd >= LOWEST_OWN) return fd;
        int high = libc.fcntl(fd, LibC.F_DUPFD, LOWEST_OWN);
        libc.close(fd);
        if (high >= 0) libc.fcntl(high, LibC.F_SETFD, LibC.FD_CLOEXEC);
        return high;
    }
}

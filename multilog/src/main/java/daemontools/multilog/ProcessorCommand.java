package daemontools.multilog;

import daemontools.common.Diagnostics;
import daemontools.posix.ChildSetup;
import daemontools.posix.LibC;
import daemontools.posix.Signals;

/** The command of a processor, and how it is started. */
final class ProcessorCommand {
    private static final String SHELL = "/bin/sh";
    private static final long OUR_SIGNALS = Signals.set(Signals.TERM, Signals.ALRM);
    private static final int READ = LibC.O_RDONLY | LibC.O_NONBLOCK;
    private static final int TRUNCATE = LibC.O_WRONLY | LibC.O_NONBLOCK | LibC.O_CREAT | LibC.O_TRUNC;
    /** Ours lie above those that the command gets, so that none is overwritten before it is copied. */
    private static final int LOWEST_OWN = 6;

    private final LibC libc;
    private final String text;

    // What a start needs is made once: it leaves no garbage, and memory may be what is lacking.
    private final String[] argv;
    /** Pairs of a descriptor of ours and the command's. */
    private final int[] descriptors = {0, 0, 0, 1, 0, 4, 0, 5};

    private final ChildSetup setup;

    private ProcessorCommand(LibC libc, String text, long blockedSignals) {
        this.libc = libc;
        this.text = text;
        this.argv = new String[] {"sh", "-c", text};
        this.setup = new ChildSetup(OUR_SIGNALS, blockedSignals, descriptors);
    }

    /** Takes all the memory that running the command will need. */
    static ProcessorCommand prepare(LibC libc, Diagnostics say, String text, boolean inBackground) {
        long ours = inBackground ? OUR_SIGNALS | Signals.set(Signals.CHLD) : OUR_SIGNALS;
        ProcessorCommand command = new ProcessorCommand(libc, text, libc.blockedSignals() & ~ours);
        libc.prepareSpawn(command.argv);
        say.reserve(command.text.length());
        return command;
    }

    /** What the shell is given. */
    String text() {
        return text;
    }

    /**
     * Starts the command in the current directory, the log's, for one of its files: the bytes before the first NUL are its
     * name. The command's pid, or the error that it can't be run for.
     */
    int start(byte[] input) {
        int error = open(input);
        int pid = error < 0 ? error : libc.spawn(SHELL, argv, null, setup);
        close();
        return pid;
    }

    private int open(byte[] input) {
        descriptors[0] = high(libc.open(input, READ | LibC.O_CLOEXEC, 0));
        descriptors[2] = high(libc.open(LogDirectory.PROCESSED, TRUNCATE | LibC.O_CLOEXEC, LogDirectory.OPEN));
        descriptors[4] = high(libc.open(LogDirectory.STATE, READ | LibC.O_CLOEXEC, 0));
        descriptors[6] = high(libc.open(LogDirectory.NEW_STATE, TRUNCATE | LibC.O_CLOEXEC, LogDirectory.OPEN));
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

    private int high(int fd) {
        if (fd < 0 || fd >= LOWEST_OWN) return fd;
        int high = libc.fcntl(fd, LibC.F_DUPFD, LOWEST_OWN);
        libc.close(fd);
        if (high >= 0) libc.fcntl(high, LibC.F_SETFD, LibC.FD_CLOEXEC);
        return high;
    }
}

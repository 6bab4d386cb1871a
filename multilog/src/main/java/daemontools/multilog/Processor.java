package daemontools.multilog;

import daemontools.common.Diagnostics;
import daemontools.posix.ChildSetup;
import daemontools.posix.Errno;
import daemontools.posix.LibC;
import daemontools.posix.Signals;

/** {@code !COMMAND}: makes {@code processed} of {@code previous}, and {@code newstate} of {@code state}. */
final class Processor {
    private static final String SHELL = "/bin/sh";
    private static final long OUR_SIGNALS = Signals.set(Signals.TERM, Signals.ALRM);
    private static final int READ = LibC.O_RDONLY | LibC.O_NONBLOCK;
    private static final int TRUNCATE = LibC.O_WRONLY | LibC.O_NONBLOCK | LibC.O_CREAT | LibC.O_TRUNC;
    /** The descriptors that the command gets, in the order of {@link #open}. */
    private static final int[] DESCRIPTORS = {0, 1, 4, 5};
    /** Ours lie above these, so that none is overwritten before it is copied. */
    private static final int LOWEST_OWN = 6;

    private final LibC libc;
    private final Diagnostics say;
    private final Persistence persistence;
    private final LogDirectory directory;
    private final String command;

    Processor(LibC libc, Diagnostics say, Persistence persistence, LogDirectory directory, String command) {
        this.libc = libc;
        this.say = say;
        this.persistence = persistence;
        this.directory = directory;
        this.command = command;
    }

    /** Runs the command until it succeeds; the current directory is the log's. */
    void run() {
        while (!succeeds()) persistence.pause("processor failed in " + directory.path());
    }

    private boolean succeeds() {
        int pid = start();
        if (pid < 0) {
            Diagnostics.print(libc, say.fatal("unable to run " + command, pid).getMessage());
            return false;
        }
        int[] status = new int[1];
        int ended;
        do {
            ended = libc.waitpid(pid, 0, status);
        } while (ended == -Errno.EINTR);
        if (ended < 0) {
            persistence.pause("wait failed for processor in " + directory.path(), ended);
            return false;
        }
        if ((status[0] & 0x7f) != 0) {
            // 0.76 adds the text of the last error, whatever it was: as a rule that of a stat that found nothing.
            persistence.pause("processor crashed in " + directory.path(), Errno.ENOENT);
        }
        return status[0] == 0;
    }

    /** The command's pid, or the error that it can't be run for: what keeps us from having a child is waited for. */
    private int start() {
        while (true) {
            int[] files = new int[DESCRIPTORS.length];
            int error = open(files);
            int pid = error < 0 ? error : spawn(files);
            for (int fd : files) {
                if (fd > 0) libc.close(fd);
            }
            if (pid != -Errno.EAGAIN && pid != -Errno.ENOMEM) return pid;
            persistence.pause("unable to fork for processor in " + directory.path(), pid);
        }
    }

    private int spawn(int[] files) {
        int[] copies = new int[2 * files.length];
        for (int i = 0; i < files.length; i++) {
            copies[2 * i] = files[i];
            copies[2 * i + 1] = DESCRIPTORS[i];
        }
        ChildSetup setup = new ChildSetup(OUR_SIGNALS, libc.blockedSignals() & ~OUR_SIGNALS, copies);
        return libc.spawn(SHELL, new String[] {"sh", "-c", command}, null, setup);
    }

    private int open(int[] files) {
        files[0] = openHigh(LogDirectory.PREVIOUS, READ);
        files[1] = openHigh(LogDirectory.PROCESSED, TRUNCATE);
        files[2] = openHigh(LogDirectory.STATE, READ);
        files[3] = openHigh(LogDirectory.NEW_STATE, TRUNCATE);
        for (int fd : files) {
            if (fd < 0) return fd;
        }
        return 0;
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

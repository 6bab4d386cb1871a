package daemontools.multilog;

import daemontools.common.Diagnostics;
import daemontools.posix.Bytes;
import daemontools.posix.Errno;
import daemontools.posix.ExitStatus;
import daemontools.posix.LibC;

/** {@code !COMMAND}: makes {@code processed} of {@code previous}, and {@code newstate} of {@code state}, while all else waits. */
final class Processor {
    private static final byte[] INPUT = Bytes.of(LogDirectory.PREVIOUS + "\0");

    private final LibC libc;
    private final Diagnostics say;
    private final LogDirectory directory;
    private final ProcessorCommand command;
    private final int[] status = new int[1];

    Processor(LibC libc, Diagnostics say, LogDirectory directory, ProcessorCommand command) {
        this.libc = libc;
        this.say = say;
        this.directory = directory;
        this.command = command;
    }

    /** Runs the command until it succeeds; the current directory is the log's. */
    void run() {
        while (!succeeds()) directory.pause("processor failed in ");
    }

    private boolean succeeds() {
        int pid = start();
        if (pid < 0) {
            say.printFatal("unable to run ", command.text(), "", pid);
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
            int pid = command.start(INPUT);
            if (!Errno.isLackOfProcesses(pid)) return pid;
            directory.pause("unable to fork for processor in ", pid);
        }
    }
}

package daemontools.supervise;

import daemontools.common.Diagnostics;
import daemontools.common.Failure;
import daemontools.posix.ChildSetup;
import daemontools.posix.Errno;
import daemontools.posix.LibC;
import daemontools.posix.Signals;
import daemontools.posix.Words;
import daemontools.service.ServiceDirectory;
import java.util.List;

/**
 * The program ./run, and how it becomes a child (spec 2.3). A child that finds it impossible to execute says so itself
 * and exits, and is taken for the service as any other.
 */
final class Run {
    private static final String PROGRAM = ServiceDirectory.RUN;
    private static final String[] ARGV = {PROGRAM};
    private static final Words WORDS = Words.of(List.of(ARGV));
    private static final String SHELL = "/bin/sh";
    private static final int STANDARD_OUTPUT = 1;
    private static final int STANDARD_ERROR = 2;

    private final LibC libc;
    private final Diagnostics say;
    private final String directory;
    private final long blockedSignals;
    /** Made once: a start takes no memory. */
    private final Runnable child = this::execute;

    /**
     * @param directory the service directory as messages are to name it
     * @param blockedSignals the signals that the program is to find blocked
     */
    Run(LibC libc, Diagnostics say, String directory, long blockedSignals) {
        this.libc = libc;
        this.say = say;
        this.directory = directory;
        this.blockedSignals = blockedSignals;
    }

    /** Starts it and returns its pid at once, or the error that keeps a child from being made. */
    int start() {
        int pid = libc.fork();
        if (pid == 0) execute();
        return pid == -Errno.ENOSYS ? spawn() : pid;
    }

    /** As {@link #start}, but waits until the program is executed, so that nothing need be copied for the child. */
    int startAgain() {
        int pid = libc.vfork(child);
        return pid == -Errno.ENOSYS ? spawn() : pid;
    }

    /** What the child does. SIGCHLD has its default disposition already. */
    private void execute() {
        libc.setBlockedSignals(blockedSignals);
        int error = libc.execve(PROGRAM, WORDS);
        say.printFatal("unable to start ", directory, "/run", error);
        libc.exit(Failure.SYSTEM);
    }

    // ---- on the JVM, which cannot fork ----

    /**
     * {@link LibC#spawn} leaves no child behind that could speak, so a shell is that child. It may lack a descriptor to
     * redirect its output with, and complains of a directory that is gone: it starts with the one and without the other.
     */
    private int spawn() {
        int pid = libc.spawn(PROGRAM, ARGV, null, setup());
        if (pid >= 0 || Errno.isLackOfProcesses(pid)) return pid;
        String message = "supervise: fatal: unable to start " + directory + "/run: " + Errno.text(pid);
        int shell = spawnShell("printf '%s\\n' \"$0\"; exit 111", message, STANDARD_ERROR, STANDARD_OUTPUT);
        return shell == -Errno.EBADF ? spawnShell("exit 111", message) : shell;
    }

    private int spawnShell(String script, String name, int... descriptors) {
        String[] argv = {"sh", "-c", script, name};
        return libc.spawn(SHELL, argv, null, setup(descriptors).in("/"));
    }

    private ChildSetup setup(int... descriptors) {
        return new ChildSetup(Signals.set(Signals.CHLD), blockedSignals, descriptors);
    }
}

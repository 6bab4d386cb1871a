package daemontools.supervise;

import daemontools.common.Diagnostics;
import daemontools.common.Failure;
import daemontools.posix.ChildSetup;
import daemontools.posix.Errno;
import daemontools.posix.LibC;
import daemontools.posix.Signals;
import daemontools.posix.Words;
import java.util.List;

/**
 * A program of the service directory, and how it becomes a child (spec 2.3). A child that finds it impossible to execute
 * says so itself and exits, and is taken for the program as any other.
 */
final class Program {
    static final String RUN = "run";

    private static final String UNABLE_TO_START = "unable to start ";
    private static final String SHELL = "/bin/sh";
    private static final int STANDARD_OUTPUT = 1;
    private static final int STANDARD_ERROR = 2;

    private final LibC libc;
    private final Diagnostics say;
    private final String directory;
    private final String name;
    private final String path;
    /** The others are skipped where they cannot be executed. */
    private final boolean isRun;

    private final long blockedSignals;
    /** Made once, as the words are: a start of ./run takes no memory. */
    private final Runnable child = this::execute;

    private final List<String> alone;
    private List<String> words;
    private ChildExtras extras = ChildExtras.NONE;

    /** @param name the program's name in the service directory */
    Program(Context context, String name) {
        this.libc = context.libc();
        this.say = context.say();
        this.directory = context.directory();
        this.name = "/" + name;
        this.isRun = name.equals(RUN);
        this.path = "./" + name;
        this.blockedSignals = context.blockedSignals();
        this.alone = Words.of(List.of(path));
        this.words = alone;
    }

    /** Starts it and returns its pid at once, or the error that keeps a child from being made. */
    int start(ChildExtras differences) {
        extras = differences;
        int pid = libc.fork();
        if (pid == 0) execute();
        return pid == -Errno.ENOSYS ? spawn() : pid;
    }

    /** The same for a program with operands. */
    int start(ChildExtras differences, String... operands) {
        String[] argv = new String[operands.length + 1];
        argv[0] = path;
        System.arraycopy(operands, 0, argv, 1, operands.length);
        words = Words.of(List.of(argv));
        int pid = start(differences);
        words = alone;
        return pid;
    }

    /**
     * As {@link #start}, without anything that the child would differ in, and waits until the program is executed, so that
     * nothing need be copied for the child.
     */
    int startAgain() {
        extras = ChildExtras.NONE;
        int pid = libc.vfork(child);
        return pid == -Errno.ENOSYS ? spawn() : pid;
    }

    /** What the child does. SIGCHLD has its default disposition already. */
    private void execute() {
        libc.setBlockedSignals(blockedSignals);
        int error = extras.applyTo(libc);
        if (error < 0) say.warn("unable to make descriptor for ", directory, name, error);
        error = libc.execve(path, words);
        if (isRun) say.printFatal(UNABLE_TO_START, directory, name, error);
        else say.warn(UNABLE_TO_START, directory, name, error);
        libc.exit(Failure.SYSTEM);
    }

    // ---- on the JVM, which cannot fork ----

    /**
     * {@link LibC#spawn} leaves no child behind that could speak, so a shell is that child. It may lack a descriptor to
     * redirect its output with, and complains of a directory that is gone: it starts with the one and without the other.
     */
    private int spawn() {
        ChildSetup setup = extras.setup(Signals.set(Signals.CHLD), blockedSignals);
        int pid = libc.spawn(path, words.toArray(new String[0]), extras.environment(libc), setup);
        extras.started(pid);
        if (pid >= 0 || Errno.isLackOfProcesses(pid)) return pid;
        String kind = isRun ? "fatal: " : "warning: ";
        String message = "supervise: " + kind + UNABLE_TO_START + directory + name + ": " + Errno.text(pid);
        int shell = spawnShell("printf '%s\\n' \"$0\"; exit 111", message, STANDARD_ERROR, STANDARD_OUTPUT);
        return shell == -Errno.EBADF ? spawnShell("exit 111", message) : shell;
    }

    private int spawnShell(String script, String name, int... descriptors) {
        String[] argv = {"sh", "-c", script, name};
        ChildSetup setup = new ChildSetup(Signals.set(Signals.CHLD), blockedSignals, descriptors);
        return libc.spawn(SHELL, argv, null, setup.in("/"));
    }
}

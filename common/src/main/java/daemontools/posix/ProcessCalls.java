package daemontools.posix;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@link LibC} does with this process and with others. */
public interface ProcessCalls {
    int WNOHANG = 1;

    int PR_SET_CHILD_SUBREAPER = 36;

    int AT_UID = 11;
    int AT_EUID = 12;
    int AT_GID = 13;
    int AT_EGID = 14;
    /** Not 0 in a program that has more rights than its caller, such as a set-user-ID one. */
    int AT_SECURE = 23;

    int CLOCK_REALTIME = 0;
    int CLOCK_MONOTONIC = 1;

    /** The words that this process was started with, argv[0] first, byte for byte: see {@link Words}. */
    List<String> arguments();

    /**
     * The environment as {@code NAME=VALUE} entries, in their order, duplicates and odd ones included: see {@link Words}.
     */
    List<String> environment();

    /** The value of the first entry of the environment with that name, null when there is none. */
    @Nullable
    String getenv(String name);

    /** From now on this is our environment, as if this program had been started with it. */
    void setEnvironment(List<String> entries);

    /** The same words where C has them, until this process ends: {@link #execve} takes no memory for them. */
    Words keep(List<String> words);

    /** Overwrites the bytes of the last argument where {@code ps} reads them; {@code bytes} has just its length. */
    void overwriteLastArgument(byte[] bytes);

    int getpid();

    /** One of the {@code AT_} facts about how the kernel started this process, zero where it says nothing. */
    long getauxval(int type);

    /** Ends the process at once: no hooks, nothing flushed. */
    void exit(int code);

    int chdir(String path);

    int fchdir(int fd);

    /** The former mask. */
    int umask(int mask);

    int setsid();

    /** Nanoseconds of one of the {@code CLOCK_} clocks. */
    long clockGettime(int clock);

    // ---- other processes ----

    /** Replaces this process, whose environment the program gets; returns only on failure. */
    int execve(String path, List<String> argv);

    /** As {@link #execve(String, List)} with another environment for the program. */
    int execve(String path, List<String> argv, List<String> environment);

    /**
     * The child's pid, in the child zero. Only in the native image, where there are no other threads for the child to
     * lack; on the JVM ENOSYS.
     */
    int fork();

    /**
     * As {@link #fork}, but the child has our memory and no copy of it, and we wait until it has executed a program, or
     * exited: {@code child} is what it does, with one of both at the end, and leaves alone what we go on with.
     */
    int vfork(Runnable child);

    /**
     * Starts a program in a child and returns its pid. {@code environment} null means our own, as it is. What keeps the
     * program from being executed (ENOENT, EACCES, ENOEXEC, ...) comes back as the error and leaves no child behind;
     * EAGAIN and ENOMEM mean that there could be no child at all.
     */
    int spawn(String path, String[] argv, String @Nullable [] environment, ChildSetup setup);

    /** Takes the memory now that {@link #spawn} needs for a long command line: then it needs none. */
    void prepareSpawn(String[] argv);

    /** The pid of the child whose end was collected, zero when {@link #WNOHANG} found none; its status in {@code status[0]}. */
    int waitpid(int pid, int options, int[] status);

    int kill(int pid, int signal);

    /** Sets what one of the {@code PR_} options is for. */
    int prctl(int option, long argument);

    /** A descriptor, close-on-exec, that {@link LibC#poll} finds ready once the process has ended. */
    int pidfdOpen(int pid);
}

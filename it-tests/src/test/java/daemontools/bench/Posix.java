package daemontools.bench;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.List;

/** The few calls of libc that stand between a stopwatch and a program: no shell, no helper process. */
final class Posix {
    static final int KILL = 9;

    private static final int O_RDWR = 2;
    private static final int FIFO_MODE = 0600;
    private static final int PR_SET_CHILD_SUBREAPER = 36;
    private static final int WNOHANG = 1;
    private static final int ANY_CHILD = -1;
    /** More than the C library's type takes on any machine. */
    private static final int SIZE_OF_FILE_ACTIONS = 256;

    private static final MethodHandle SPAWN =
            function("posix_spawn", ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
    private static final MethodHandle ACTIONS_INIT = function("posix_spawn_file_actions_init", ADDRESS);
    private static final MethodHandle ADD_OPEN =
            function("posix_spawn_file_actions_addopen", ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
    private static final MethodHandle ADD_CHDIR = function("posix_spawn_file_actions_addchdir_np", ADDRESS, ADDRESS);
    private static final MethodHandle WAITPID = function("waitpid", JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle WAIT4 = function("wait4", JAVA_INT, ADDRESS, JAVA_INT, ADDRESS);
    private static final MethodHandle KILL_PROCESS = function("kill", JAVA_INT, JAVA_INT);
    private static final MethodHandle MKFIFO = function("mkfifo", ADDRESS, JAVA_INT);
    private static final MethodHandle PRCTL = function("prctl", JAVA_INT, JAVA_INT);

    private static final MemorySegment STATUS = Arena.global().allocate(JAVA_INT);
    /** struct rusage, of which {@link Usage} tells. */
    private static final MemorySegment USAGE = Arena.global().allocate(JAVA_LONG, 18);

    private static final double MICROS = 1e6;
    private static final int USER_SECONDS = 0;
    private static final int USER_MICROS = 1;
    private static final int SYSTEM_SECONDS = 2;
    private static final int SYSTEM_MICROS = 3;
    private static final int MINOR_FAULTS = 8;

    /** What the kernel charged for a run: microseconds of both modes, and page faults. */
    record Usage(double cpuMicros, double pageFaults) {}

    private Posix() {}

    @SuppressWarnings("restricted") // libc is what this class is for
    private static MethodHandle function(String name, MemoryLayout... arguments) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow(name), FunctionDescriptor.of(JAVA_INT, arguments));
    }

    /** Calls what is not timed. */
    private static int call(MethodHandle function, Object... arguments) {
        try {
            return (int) function.invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** A null-terminated array of C strings, as argv and environ are. */
    static MemorySegment strings(List<String> strings) {
        MemorySegment array = Arena.global().allocate(ADDRESS, strings.size() + 1L);
        for (int i = 0; i < strings.size(); i++) array.setAtIndex(ADDRESS, i, string(strings.get(i)));
        return array;
    }

    static MemorySegment string(String string) {
        return Arena.global().allocateFrom(string);
    }

    /** What a child does before it becomes its program: opens its first three descriptors, goes to its directory. */
    static MemorySegment childSetup(List<String> files, String directory) {
        MemorySegment actions = Arena.global().allocate(SIZE_OF_FILE_ACTIONS);
        call(ACTIONS_INIT, actions);
        call(ADD_CHDIR, actions, string(directory));
        for (int i = 0; i < files.size(); i++) call(ADD_OPEN, actions, i, string(files.get(i)), O_RDWR, 0);
        return actions;
    }

    /** Starts a program and returns its pid. */
    static int spawn(
            MemorySegment pid, MemorySegment path, MemorySegment setup, MemorySegment argv, MemorySegment env) {
        int error;
        try {
            error = (int) SPAWN.invokeExact(pid, path, setup, MemorySegment.NULL, argv, env);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
        if (error != 0) throw new IllegalStateException("cannot start " + path.getString(0) + ": error " + error);
        return pid.get(JAVA_INT, 0);
    }

    /** Waits for the end of a child and returns its exit code, or 128 and the signal that ended it. */
    static int await(int pid) {
        int ended;
        try {
            ended = (int) WAIT4.invokeExact(pid, STATUS, 0, USAGE);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
        if (ended != pid) throw new IllegalStateException("lost process " + pid);
        int status = STATUS.get(JAVA_INT, 0);
        return (status & 0x7f) == 0 ? status >> 8 & 0xff : 128 + (status & 0x7f);
    }

    /** Of the child that {@link #await} waited for last. */
    static Usage usage() {
        return new Usage(
                (field(USER_SECONDS) + field(SYSTEM_SECONDS)) * MICROS + field(USER_MICROS) + field(SYSTEM_MICROS),
                field(MINOR_FAULTS));
    }

    private static long field(int index) {
        return USAGE.getAtIndex(JAVA_LONG, index);
    }

    /** Takes all children that have ended. */
    static void reap() {
        while (call(WAITPID, ANY_CHILD, MemorySegment.NULL, WNOHANG) > 0) {}
    }

    /** Makes orphans of our descendants our children, so that none stays a zombie. */
    static void adoptOrphans() {
        call(PRCTL, PR_SET_CHILD_SUBREAPER, 1);
    }

    static void kill(int pid, int signal) {
        call(KILL_PROCESS, pid, signal);
    }

    static void mkfifo(String path) {
        if (call(MKFIFO, string(path), FIFO_MODE) != 0) throw new IllegalStateException("cannot make fifo " + path);
    }
}

package daemontools.envtools;

import daemontools.common.HandOver;
import daemontools.common.Invocation;
import daemontools.posix.Errno;
import daemontools.posix.FileStatus;
import daemontools.posix.LibC;
import daemontools.posix.Words;
import java.util.List;

/**
 * Chains without exec: where the program that a loader is to become is this same build under another loader's name, the
 * process goes on as that loader. A chain then costs one start, and a memory limit too small for our runtime is no
 * obstacle in the middle of it. All that an exec would have changed or refused is the same.
 */
final class Chain {
    private static final String NOT_A_FILE = "/proc/self/exe/.";
    /** What setcap(8) gives a file; an exec of it gives the process capabilities. */
    private static final String CAPABILITIES = "security.capability";
    /** Bytes of words and environment that no kernel refuses: its limit is never below 128 kB. */
    private static final int ALWAYS_ACCEPTED = 100_000;

    private static final int POINTER_SIZE = 8;

    private final LibC libc;
    private final List<String> argv;

    Chain(LibC libc, List<String> argv) {
        this.libc = libc;
        this.argv = argv;
    }

    /** Whether an execve of the file at {@code place} would succeed and just start this build again, as a loader. */
    boolean leadsTo(String place) {
        if (!isPassing(Invocation.baseName(argv.getFirst()))) return false;
        FileStatus program = new FileStatus();
        return libc.stat(place, program) == 0
                && program.isRegularFile()
                && libc.isThisProgram(place)
                && !program.changesIdsOnExec()
                && !libc.hasAttribute(place, CAPABILITIES)
                && libc.eaccess(place, LibC.X_OK) == 0
                && size(libc.environment(), size(argv, 0)) < ALWAYS_ACCEPTED;
    }

    /**
     * A loader that may wait is seen by others, and is to be seen under its own name: it has its exec, unless limits
     * are to come with it that our runtime could not start under.
     */
    private boolean isPassing(String command) {
        return switch (command) {
            case "envdir", "envuidgid", "setuidgid", "softlimit", "pgrphack" -> true;
            case "setlock", "fghack" -> libc.hasLimitsOnExec();
            default -> false;
        };
    }

    /** The bytes that words take beside others; of more than is accepted, not all are counted. */
    private static long size(List<String> list, long others) {
        Words words = Words.of(list);
        long size = others;
        for (int i = 0; i < words.size() && size < ALWAYS_ACCEPTED; i++) size += words.length(i) + 1 + POINTER_SIZE;
        return size;
    }

    /** Goes on as the loader; returns only with the error of an execve that the kernel would have refused. */
    int handOver() {
        // The first thing an execve looks at is whether a setuid before it went beyond RLIMIT_NPROC.
        int error = libc.execve(NOT_A_FILE, argv);
        if (error == -Errno.EAGAIN) return error;
        throw new HandOver(argv);
    }
}

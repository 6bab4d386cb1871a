package daemontools.envtools;

import daemontools.common.HandOver;
import daemontools.common.Invocation;
import daemontools.posix.Errno;
import daemontools.posix.FileStatus;
import daemontools.posix.LibC;
import daemontools.posix.Words;
import java.util.List;

/**
 * Chains of loaders without exec. If the program that a loader should execute is another loader of this same build, the
 * process goes on as that loader. So a chain costs one start, and softlimit may set a memory limit that is too small for
 * our runtime, and still be followed by other loaders. What the program gets, and what fails, is the same as with exec.
 */
final class Chain {
    private static final String NOT_A_FILE = "/proc/self/exe/.";
    /** The attribute in which setcap(8) keeps a file's capabilities: an exec of the file would give them to the process. */
    private static final String CAPABILITIES = "security.capability";
    /** So many bytes of words and environment no kernel refuses: its limit is never below 128 kB. */
    private static final int ALWAYS_ACCEPTED = 100_000;

    private static final int POINTER_SIZE = 8;

    private final LibC libc;
    private final List<String> argv;

    Chain(LibC libc, List<String> argv) {
        this.libc = libc;
        this.argv = argv;
    }

    /** Whether an execve of the file at {@code place} would succeed, and start this same build as a loader. */
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
     * Whether a loader needs no exec. setlock and fghack wait, so that ps shows them, under the right name only after an
     * exec. They too go without one if softlimit has set memory limits before: our runtime might not start under them.
     */
    private boolean isPassing(String command) {
        return switch (command) {
            case "envdir", "envuidgid", "setuidgid", "softlimit", "pgrphack" -> true;
            case "setlock", "fghack" -> libc.hasLimitsOnExec();
            default -> false;
        };
    }

    /** The bytes that words take, added to {@code others}. Stops counting where the sum is too large anyway. */
    private static long size(List<String> list, long others) {
        Words words = Words.of(list);
        long size = others;
        for (int i = 0; i < words.size() && size < ALWAYS_ACCEPTED; i++) size += words.length(i) + 1 + POINTER_SIZE;
        return size;
    }

    /** Goes on as the loader; returns only if an execve would have failed, with its error. */
    int handOver() {
        // An execve that fails tells: after a setuid the kernel first checks RLIMIT_NPROC, and says EAGAIN if it is
        // exceeded.
        int error = libc.execve(NOT_A_FILE, argv);
        if (error == -Errno.EAGAIN) return error;
        throw new HandOver(argv);
    }
}

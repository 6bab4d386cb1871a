package daemontools.envtools;

import daemontools.common.Invocation;
import daemontools.posix.Errno;
import daemontools.posix.FileStatus;
import daemontools.posix.LibC;
import java.util.List;

/**
 * Chains without exec: where the program that a loader is to become is this same file under another loader's name, the
 * process goes on as that loader. A chain then costs one start, and a memory limit too small for our runtime is no
 * obstacle in the middle of it. All that an exec would have changed or refused is the same.
 */
final class Chain {
    private static final String THIS_FILE = "/proc/self/exe";
    private static final String NOT_A_FILE = THIS_FILE + "/.";
    /** Bytes of words and environment that no kernel refuses: its limit is never below 128 kB. */
    private static final int ALWAYS_ACCEPTED = 100_000;

    private static final int POINTER_SIZE = 8;

    private final LibC libc;
    private final String[] argv;
    private final String[] environment;

    /** @param environment what the program is to get, {@link PathExec#SAME_ENVIRONMENT} if it is ours */
    Chain(LibC libc, String[] argv, String[] environment) {
        this.libc = libc;
        this.argv = argv;
        this.environment = environment;
    }

    /** Whether an execve of the file at {@code place} would succeed and just start this file again, as a loader. */
    boolean leadsTo(String place) {
        if (!isPassing(Invocation.baseName(argv[0]))) return false;
        FileStatus program = new FileStatus();
        FileStatus self = new FileStatus();
        return libc.stat(place, program) == 0
                && libc.stat(THIS_FILE, self) == 0
                && program.inode() == self.inode()
                && program.device() == self.device()
                && !program.changesIdsOnExec()
                && libc.eaccess(place, LibC.X_OK) == 0
                && size(argv) + size(environment != null ? environment : libc.environment()) < ALWAYS_ACCEPTED;
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

    private static long size(String[] words) {
        long size = 0;
        for (String word : words) size += word.length() + 1 + POINTER_SIZE;
        return size;
    }

    /** Goes on as the loader; returns only with the error of an execve that the kernel would have refused. */
    int goOn() {
        // The first thing an execve looks at is whether a setuid before it went beyond RLIMIT_NPROC.
        int error = libc.execve(NOT_A_FILE, argv, environment);
        if (error == -Errno.EAGAIN) return error;
        if (environment != null) libc.setEnvironment(environment);
        throw new HandOver(List.of(argv));
    }
}

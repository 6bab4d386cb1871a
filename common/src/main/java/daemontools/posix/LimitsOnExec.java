package daemontools.posix;

/**
 * The limits of {@link LibC#setrlimitOnExec}. Both implementations of execve and spawn put them in force as the last
 * step, when all that needs memory has been done; in a process that goes on, the former ones are put back.
 */
final class LimitsOnExec {
    private static final int RESOURCES = 16;

    private final boolean[] waiting = new boolean[RESOURCES];
    private final long[] next = new long[RESOURCES];
    private final long[] former = new long[RESOURCES];
    private final long[] hard = new long[RESOURCES];
    private final long[] limits = new long[2];
    private boolean any;

    /** Sets the limit for a moment: what the kernel refuses is refused now. */
    int add(LibC libc, int resource, long softLimit, long hardLimit) {
        int error = libc.getrlimit(resource, limits);
        if (error == 0) error = libc.setrlimit(resource, softLimit, hardLimit);
        if (error < 0) return error;
        libc.setrlimit(resource, limits[0], hardLimit);
        waiting[resource] = true;
        next[resource] = softLimit;
        former[resource] = limits[0];
        hard[resource] = hardLimit;
        any = true;
        return 0;
    }

    boolean any() {
        return any;
    }

    void set(LibC libc) {
        set(libc, next);
    }

    void putBack(LibC libc) {
        set(libc, former);
    }

    private void set(LibC libc, long[] soft) {
        if (!any) return;
        for (int i = 0; i < RESOURCES; i++) {
            if (waiting[i]) libc.setrlimit(i, soft[i], hard[i]);
        }
    }
}

package daemontools.posix;

/** Accounts and limits in {@link LibC}. */
public interface AccountCalls {
    int RLIMIT_CPU = 0;
    int RLIMIT_FSIZE = 1;
    int RLIMIT_DATA = 2;
    int RLIMIT_STACK = 3;
    int RLIMIT_CORE = 4;
    int RLIMIT_RSS = 5;
    int RLIMIT_NPROC = 6;
    int RLIMIT_NOFILE = 7;
    int RLIMIT_MEMLOCK = 8;
    int RLIMIT_AS = 9;

    /** Looks an account up through NSS: 1 with its uid in {@code ids[0]} and gid in {@code ids[1]}, 0 when unknown. */
    int getpwnam(String account, int[] ids);

    int setgroups(int[] gids);

    int setgid(int gid);

    int setuid(int uid);

    /** The soft limit in {@code limits[0]}, the hard one in {@code limits[1]}, as unsigned numbers. */
    int getrlimit(int resource, long[] limits);

    int setrlimit(int resource, long soft, long hard);

    /**
     * As {@link #setrlimit}, but in force only in the program that an {@link LibC#execve} makes of this process, and in
     * those that {@link LibC#spawn} starts: for a limit that this process itself could not go on under.
     */
    int setrlimitOnExec(int resource, long soft, long hard);

    /** Whether there is a limit of {@link #setrlimitOnExec}. */
    boolean hasLimitsOnExec();
}

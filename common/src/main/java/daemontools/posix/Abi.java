package daemontools.posix;

/** Numbers of libc's and the kernel's binary interface on x86-64, for both implementations of {@link LibC}. */
final class Abi {
    static final int SIG_BLOCK = 0;
    static final int SIG_SETMASK = 2;
    static final long SIG_DFL = 0;
    static final long SIG_IGN = 1;

    static final long SYS_RT_SIGACTION = 13;
    /** The kernel's structure, which begins with the handler; and the size of the kernel's own sets. */
    static final int SIGACTION_SIZE = 32;

    static final long SIGACTION_SET_SIZE = 8;

    static final int POSIX_SPAWN_SETSIGDEF_AND_SIGMASK = 4 | 8;
    static final int POSIX_SPAWN_SETSID = 0x80;
    /** As large as posix_spawnattr_t and posix_spawn_file_actions_t or larger. */
    static final int SPAWN_OBJECT_SIZE = 512;

    static final short POLLIN = 1;
    static final short POLLPRI = 2;

    static final int AT_FDCWD = -100;
    static final int AT_EMPTY_PATH = 0x1000;

    static final long SYS_STATX = 332;
    static final int STATX_BASIC_STATS = 0x7ff;

    static final long SYS_GETDENTS64 = 217;
    /** struct linux_dirent64: the length of the whole entry, 16 bits, and the name with a NUL behind it. */
    static final int DIRENT_LENGTH = 16;

    static final int DIRENT_NAME = 19;

    static final long SYS_PIDFD_OPEN = 434;

    static final int AF_UNIX = 1;
    static final int SOCK_DGRAM = 2;
    static final int SOL_SOCKET = 1;
    static final int SO_PASSCRED = 16;
    static final int MSG_TRUNC = 0x20;
    static final int MSG_DONTWAIT = 0x40;
    static final int MSG_NOSIGNAL = 0x4000;

    static final long TCGETS = 0x5401;
    static final long TCSETS = 0x5402;
    static final long TIOCGWINSZ = 0x5413;
    static final long FIONREAD = 0x541b;

    /** {@code struct passwd}: where uid and gid are. */
    static final int PASSWD_UID = 16;

    static final int PASSWD_GID = 20;

    private Abi() {}
}

package daemontools.posix;

import java.util.List;

/**
 * The libc calls of the suite, under libc's own names.
 *
 * <p>Conventions: a call that fails returns the negative errno number ({@code -Errno.ENOENT}) and, where nothing else
 * is said, zero or the useful result otherwise. A {@code String} is a C string with one byte a char. No call is
 * restarted after a signal. Facts are the Linux man pages', section 2 and 3.
 */
public interface LibC {
    /** The implementation for this process; which one is decided when a native image is built. */
    LibC INSTANCE = System.getProperty("org.graalvm.nativeimage.imagecode") != null ? new GraalLibC() : new JnaLibC();

    int O_RDONLY = 0;
    int O_WRONLY = 1;
    int O_RDWR = 2;
    int O_CREAT = 0x40;
    int O_TRUNC = 0x200;
    int O_APPEND = 0x400;
    int O_NONBLOCK = 0x800;
    int O_DIRECTORY = 0x10000;
    int O_CLOEXEC = 0x80000;

    int F_DUPFD = 0;
    int F_GETFD = 1;
    int F_SETFD = 2;
    int F_SETFL = 4;
    int FD_CLOEXEC = 1;

    int LOCK_EX = 2;
    int LOCK_NB = 4;

    int WNOHANG = 1;

    int PR_SET_CHILD_SUBREAPER = 36;

    int IN_MODIFY = 0x2;
    int IN_ATTRIB = 0x4;
    int IN_CLOSE_WRITE = 0x8;
    int IN_MOVED_FROM = 0x40;
    int IN_MOVED_TO = 0x80;
    int IN_CREATE = 0x100;
    int IN_DELETE = 0x200;
    int IN_DELETE_SELF = 0x400;
    int IN_MOVE_SELF = 0x800;
    int IN_ONLYDIR = 0x1000000;

    int ST_RDONLY = 1;
    int ST_NOEXEC = 8;

    /** The size of the array that {@link #terminalRaw} keeps a terminal's state in. */
    int TERMINAL_STATE = 36;

    int X_OK = 1;
    int W_OK = 2;

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

    int AT_UID = 11;
    int AT_EUID = 12;
    int AT_GID = 13;
    int AT_EGID = 14;
    /** Not 0 in a program that has more rights than its caller, such as a set-user-ID one. */
    int AT_SECURE = 23;

    int CLOCK_REALTIME = 0;
    int CLOCK_MONOTONIC = 1;

    // ---- this process ----

    /** The words that this process was started with, argv[0] first, byte for byte: see {@link Words}. */
    List<String> arguments();

    /**
     * The environment as {@code NAME=VALUE} entries, in their order, duplicates and odd ones included: see {@link Words}.
     */
    List<String> environment();

    /** The value of the first entry of the environment with that name, null when there is none. */
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
    int spawn(String path, String[] argv, String[] environment, ChildSetup setup);

    /** Takes the memory now that {@link #spawn} needs for a long command line: then it needs none. */
    void prepareSpawn(String[] argv);

    /** The pid of the child whose end was collected, zero when {@link #WNOHANG} found none; its status in {@code status[0]}. */
    int waitpid(int pid, int options, int[] status);

    int kill(int pid, int signal);

    /** Sets what one of the {@code PR_} options is for. */
    int prctl(int option, long argument);

    /** A descriptor, close-on-exec, that {@link #poll} finds ready once the process has ended. */
    int pidfdOpen(int pid);

    // ---- signals: a set is a long with bit (number - 1) for each member, see Signals ----

    /** The set of signals that are blocked in this thread. */
    long blockedSignals();

    /** From now on just the signals of the set are blocked in this thread. */
    int setBlockedSignals(long signals);

    /** Gives a signal its default disposition. */
    int signalDefault(int signal);

    /** Ignores a signal. */
    int signalIgnore(int signal);

    /**
     * From now on the signals of the set have no effect but to make the returned descriptor readable, also those that
     * the parent had ignored. The descriptor is non-blocking and close-on-exec; read it with {@link #nextSignal}.
     */
    int signalDescriptor(long signals);

    /** The number of a signal that has come, zero when there is none (any more). */
    int nextSignal(int signalDescriptor);

    // ---- descriptors ----

    int open(String path, int flags, int mode);

    /** As {@link #open(String, int, int)}; the bytes before the first NUL are the path. */
    int open(byte[] path, int flags, int mode);

    int close(int fd);

    /** The number of bytes read into {@code buffer} from {@code offset}, zero at end of file. */
    int read(int fd, byte[] buffer, int offset, int count);

    int write(int fd, byte[] buffer, int offset, int count);

    int fsync(int fd);

    /** Moves to {@code offset} from the start. */
    int lseek(int fd, long offset);

    int fchmod(int fd, int mode);

    int flock(int fd, int operation);

    int fcntl(int fd, int command, int argument);

    int dup(int fd);

    int dup2(int from, int to);

    /** pipe2: the read end in {@code ends[0]}, the write end in {@code ends[1]}. */
    int pipe(int[] ends, int flags);

    /**
     * Waits until one of the descriptors, 16 at most, can be read without waiting (or has come to its end), for a
     * number of milliseconds at most, -1 for ever. Sets {@code ready} for each and returns how many are. A descriptor
     * of -1 is none, and never ready.
     */
    int poll(int[] descriptors, boolean[] ready, int milliseconds);

    /**
     * Whether there is something urgent (POLLPRI) on a descriptor: on one of {@code /proc/self/mountinfo}, that mounts
     * have changed since the last call, or since it was opened.
     */
    boolean pollUrgent(int fd);

    /** inotify_init1: a descriptor that can be read once something has happened to what it watches: inotify(7). */
    int inotifyInit(int flags);

    /** Watches a path for the {@code IN_} events of a mask; returns the number of the watch. */
    int inotifyAddWatch(int fd, String path, int mask);

    int inotifyRmWatch(int fd, int watch);

    // ---- local sockets: an address is a path, or an abstract name behind @, of 107 bytes at most ----

    /**
     * A new socket for datagrams, which lies at an address and has each sender's pid: EADDRINUSE where something is
     * already. Close-on-exec and non-blocking.
     */
    int socketDatagram(String address);

    /**
     * Takes the next datagram and puts what fits into {@code buffer}; descriptors that come with it are not received.
     * The sender's pid, zero where the kernel cannot tell, is in {@code senderPid[0]}.
     *
     * @return the length that the datagram has, also when the buffer is shorter; EAGAIN when there is none
     */
    int receiveFrom(int fd, byte[] buffer, int[] senderPid);

    /** Sends one datagram to the socket at an address, without waiting; returns the number of bytes. */
    int sendTo(String address, byte[] datagram);

    // ---- terminals ----

    boolean isatty(int fd);

    /** The terminal's columns in {@code columnsAndRows[0]}, its rows in {@code columnsAndRows[1]}; both may be zero. */
    int terminalSize(int fd, int[] columnsAndRows);

    /**
     * From now on a key can be read as soon as it is pressed, is not shown, and has no other effect: Ctrl-C is the byte
     * 3 and no signal. The former state is kept in {@code saved}, of {@link #TERMINAL_STATE} bytes.
     */
    int terminalRaw(int fd, byte[] saved);

    /** Puts the terminal back into the state that {@link #terminalRaw} kept. */
    int terminalRestore(int fd, byte[] saved);

    // ---- files ----

    /** stat(2), which follows links. */
    int stat(String path, FileStatus into);

    /** As {@link #stat(String, FileStatus)}; the bytes before the first NUL are the path. */
    int stat(byte[] path, FileStatus into);

    int fstat(int fd, FileStatus into);

    /** The type of the file system that a file is on, one of statfs(2)'s magic numbers, which fit into 32 bits. */
    long statfs(String path);

    /** The {@code ST_} flags of the mount that a file is on: the f_flags of statfs(2). */
    long mountFlags(String path);

    /** Whether the effective user may do what {@code mode} says to a file: zero, or the error that it would meet. */
    int eaccess(String path, int mode);

    int mkdir(String path, int mode);

    int mkfifo(String path, int mode);

    int rename(String from, String to);

    int link(String existing, String created);

    /** As {@link #link(String, String)}; the bytes before the first NUL are the name. */
    int link(String existing, byte[] created);

    int unlink(String path);

    /** As {@link #unlink(String)}; the bytes before the first NUL are the path. */
    int unlink(byte[] path);

    int chmod(String path, int mode);

    /** The number of bytes of the link's target, cut to the buffer's length. */
    int readlink(String path, byte[] target);

    /** Whether a file has an extended attribute of that name: getxattr(2). */
    boolean hasAttribute(String path, String name);

    /**
     * Whether a regular file is the program that this process runs: in the native form a file of the same build, wherever it
     * lies, on the JVM the very file.
     */
    boolean isThisProgram(String path);

    /** As {@link #readlink(String, byte[])}; the bytes before the first NUL are the path. */
    int readlink(byte[] path, byte[] target);

    /**
     * Puts entries of an open directory into an array, as the kernel packs them, and returns how many bytes they take,
     * zero at the end: {@link DirectoryReader} takes them apart.
     */
    int getdents64(int fd, byte[] entries);

    /** Adds the names in a directory, without {@code .} and {@code ..}, in the directory's own order. */
    int listDirectory(String path, List<String> names);

    // ---- accounts and limits ----

    /** Looks an account up through NSS: 1 with its uid in {@code ids[0]} and gid in {@code ids[1]}, 0 when unknown. */
    int getpwnam(String account, int[] ids);

    int setgroups(int[] gids);

    int setgid(int gid);

    int setuid(int uid);

    /** The soft limit in {@code limits[0]}, the hard one in {@code limits[1]}, as unsigned numbers. */
    int getrlimit(int resource, long[] limits);

    int setrlimit(int resource, long soft, long hard);

    /**
     * As {@link #setrlimit}, but in force only in the program that an {@link #execve} makes of this process, and in
     * those that {@link #spawn} starts: for a limit that this process itself could not go on under.
     */
    int setrlimitOnExec(int resource, long soft, long hard);

    /** Whether there is a limit of {@link #setrlimitOnExec}. */
    boolean hasLimitsOnExec();
}

package daemontools.posix;

import com.oracle.svm.core.JavaMainWrapper;
import com.oracle.svm.core.NeverInline;
import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.c.CGlobalData;
import com.oracle.svm.core.c.CGlobalDataFactory;
import com.oracle.svm.core.hub.LayoutEncoding;
import com.oracle.svm.core.snippets.KnownIntrinsics;
import java.util.List;
import java.util.Objects;
import jdk.graal.compiler.word.Word;
import org.graalvm.nativeimage.PinnedObject;
import org.graalvm.nativeimage.StackValue;
import org.graalvm.nativeimage.c.function.CFunction;
import org.graalvm.nativeimage.c.function.CFunction.Transition;
import org.graalvm.nativeimage.c.type.CCharPointer;
import org.graalvm.nativeimage.c.type.CIntPointer;
import org.graalvm.nativeimage.c.type.WordPointer;
import org.graalvm.word.Pointer;
import org.graalvm.word.PointerBase;
import org.graalvm.word.UnsignedWord;
import org.graalvm.word.WordFactory;

/**
 * {@link LibC} in the native image: direct C calls. The image runs one thread and no call comes back into Java, so no
 * call changes the thread's state: there is nobody who could wait for it. What C is given lies on the stack or in Java's
 * own heap, so that a daemon has no second one. Hardly a call allocates: what a daemon does all day is not to lead to
 * collections, after which it would be larger for good.
 */
final class GraalLibC implements LibC {
    private static final CGlobalData<WordPointer> ENVIRON = CGlobalDataFactory.forSymbol("environ");
    /** Where the linker says that the file's beginning is mapped. */
    private static final CGlobalData<Pointer> ELF_HEADER = CGlobalDataFactory.forSymbol("__ehdr_start");

    private static final int WORD = 8;
    private static final int MOST_POLLED = 16;

    /**
     * The kernel refuses a longer path (ENAMETOOLONG). A text that is longer is cut off here, which leaves it long
     * enough to be refused.
     */
    private static final int LONGEST_PATH = 4096;

    /** The room on the stack for a text, and for a command line; what is larger lies elsewhere. */
    private static final int SHORT_TEXT = 256;

    private static final int SHORT_ARGUMENTS = 512;

    /** What C fills in or reads in one call. */
    private static final long[] STRUCTURE = new long[16];

    private static final byte[] SOCKET_ADDRESS = new byte[UnixAddress.SIZE];
    private static final byte[] RAW_TERMINAL = new byte[TERMINAL_STATE];

    private static final byte[] LONG_TEXT = new byte[LONGEST_PATH + 1];
    private static final byte[] SECOND_LONG_TEXT = new byte[LONGEST_PATH + 1];

    private final LimitsOnExec limitsOnExec = new LimitsOnExec(this);
    private final Spawned spawned = new Spawned();
    /** Room for a command line of {@link #spawn} that is longer than usual, kept for the next. */
    private long[] longArguments = {};

    /** libc, as it is. */
    private static final class C {
        @CFunction(transition = Transition.NO_TRANSITION)
        static native CIntPointer __errno_location();

        @CFunction(transition = Transition.NO_TRANSITION)
        static native int getpid();

        @CFunction(transition = Transition.NO_TRANSITION)
        static native Pointer getenv(PointerBase name);

        @CFunction(transition = Transition.NO_TRANSITION)
        static native void _exit(int code);

        @CFunction(transition = Transition.NO_TRANSITION)
        static native int chdir(PointerBase path);

        @CFunction(transition = Transition.NO_TRANSITION)
        static native int fchdir(int fd);

        @CFunction(transition = Transition.NO_TRANSITION)
        static native int umask(int mask);

        @CFunction(transition = Transition.NO_TRANSITION)
        static native int setsid();

        @CFunction(transition = Transition.NO_TRANSITION)
        static native int clock_gettime(int clock, PointerBase time);

        @CFunction(transition = Transition.NO_TRANSITION)
        static native long getauxval(long type);

        @CFunction(transition = Transition.NO_TRANSITION)
        static native int execve(PointerBase path, PointerBase argv, PointerBase environment);

        @CFunction(transition = Transition.NO_TRANSITION)
        static native int fork();

        @CFunction(transition = Transition.NO_TRANSITION)
        static native int vfork();

        @CFunction(value = "syscall", transition = Transition.NO_TRANSITION)
        static native long getdents64(long number, long fd, PointerBase entries, long size);

        @CFunction(transition = Transition.NO_TRANSITION)
        static native int waitpid(int pid, PointerBase status, int options);

        @CFunction(transition = Transition.NO_TRANSITION)
        static native int kill(int pid, int signal);

        @CFunction(transition = Transition.NO_TRANSITION)
        static native int sigprocmask(int how, PointerBase set, PointerBase old);

        @CFunction(transition = Transition.NO_TRANSITION)
        static native long signal(int number, long disposition);

        @CFunction(transition = Transition.NO_TRANSITION)
        static native int signalfd(int fd, PointerBase set, int flags);

        @CFunction(transition = Transition.NO_TRANSITION)
        static native int open(PointerBase path, int flags, int mode);

        @CFunction(transition = Transition.NO_TRANSITION)
        static native int close(int fd);

        @CFunction(transition = Transition.NO_TRANSITION)
        static native long read(int fd, PointerBase bytes, long count);

        @CFunction(transition = Transition.NO_TRANSITION)
        static native long write(int fd, PointerBase bytes, long count);

        @CFunction(transition = Transition.NO_TRANSITION)
        static native int fsync(int fd);

        @CFunction(transition = Transition.NO_TRANSITION)
        static native long lseek(int fd, long offset, int whence);

        @CFunction(transition = Transition.NO_TRANSITION)
        static native int fchmod(int fd, int mode);

        @CFunction(transition = Transition.NO_TRANSITION)
        static native int flock(int fd, int operation);

        @CFunction(transition = Transition.NO_TRANSITION)
        static native int fcntl(int fd, int command, int argument);

        @CFunction(transition = Transition.NO_TRANSITION)
        static native int dup(int fd);

        @CFunction(transition = Transition.NO_TRANSITION)
        static native int dup2(int from, int to);

        @CFunction(transition = Transition.NO_TRANSITION)
        static native int pipe2(PointerBase ends, int flags);

        @CFunction(transition = Transition.NO_TRANSITION)
        static native int poll(PointerBase descriptors, long count, int milliseconds);

        @CFunction(transition = Transition.NO_TRANSITION)
        static native int statfs(PointerBase path, PointerBase into);

        /** statx, for which not every libc has a function. */
        @CFunction(value = "syscall", transition = Transition.NO_TRANSITION)
        static native long statx(
                long number, long directory, PointerBase path, long flags, long mask, PointerBase into);

        @CFunction(transition = Transition.NO_TRANSITION)
        static native int mkdir(PointerBase path, int mode);

        @CFunction(transition = Transition.NO_TRANSITION)
        static native int mkfifo(PointerBase path, int mode);

        @CFunction(transition = Transition.NO_TRANSITION)
        static native int rename(PointerBase from, PointerBase to);

        @CFunction(transition = Transition.NO_TRANSITION)
        static native int link(PointerBase existing, PointerBase created);

        @CFunction(transition = Transition.NO_TRANSITION)
        static native int unlink(PointerBase path);

        @CFunction(transition = Transition.NO_TRANSITION)
        static native int chmod(PointerBase path, int mode);

        @CFunction(transition = Transition.NO_TRANSITION)
        static native long readlink(PointerBase path, PointerBase target, long size);

        @CFunction(transition = Transition.NO_TRANSITION)
        static native long getxattr(PointerBase path, PointerBase name, PointerBase value, long size);

        @CFunction(transition = Transition.NO_TRANSITION)
        static native int setgroups(long count, PointerBase gids);

        @CFunction(transition = Transition.NO_TRANSITION)
        static native int setgid(int gid);

        @CFunction(transition = Transition.NO_TRANSITION)
        static native int setuid(int uid);

        @CFunction(transition = Transition.NO_TRANSITION)
        static native int getrlimit(int resource, PointerBase limits);

        @CFunction(transition = Transition.NO_TRANSITION)
        static native int setrlimit(int resource, PointerBase limits);

        @CFunction(transition = Transition.NO_TRANSITION)
        static native int eaccess(PointerBase path, int mode);

        @CFunction(transition = Transition.NO_TRANSITION)
        static native UnsignedWord strlen(PointerBase string);

        @CFunction(transition = Transition.NO_TRANSITION)
        static native Pointer memcpy(PointerBase to, PointerBase from, long count);

        @CFunction(transition = Transition.NO_TRANSITION)
        static native int prctl(int option, long second, long third, long fourth, long fifth);

        @CFunction(value = "syscall", transition = Transition.NO_TRANSITION)
        static native long pidfd_open(long number, long pid, long flags);

        @CFunction(transition = Transition.NO_TRANSITION)
        static native int inotify_init1(int flags);

        @CFunction(transition = Transition.NO_TRANSITION)
        static native int inotify_add_watch(int fd, PointerBase path, int mask);

        @CFunction(transition = Transition.NO_TRANSITION)
        static native int inotify_rm_watch(int fd, int watch);

        @CFunction(transition = Transition.NO_TRANSITION)
        static native int socket(int domain, int type, int protocol);

        @CFunction(transition = Transition.NO_TRANSITION)
        static native int setsockopt(int fd, int level, int option, PointerBase value, int size);

        @CFunction(transition = Transition.NO_TRANSITION)
        static native int bind(int fd, PointerBase address, int size);

        @CFunction(transition = Transition.NO_TRANSITION)
        static native long recvmsg(int fd, PointerBase message, int flags);

        @CFunction(transition = Transition.NO_TRANSITION)
        static native long sendto(int fd, PointerBase bytes, long count, int flags, PointerBase address, int size);

        @CFunction(transition = Transition.NO_TRANSITION)
        static native int ioctl(int fd, long request, PointerBase argument);

        private C() {}
    }

    private static int result(int returned) {
        return returned < 0 ? -C.__errno_location().read() : returned;
    }

    private static int result(long returned) {
        return result((int) returned);
    }

    // ---- this process ----

    @Override
    public List<String> arguments() {
        Pointer argv = (Pointer) JavaMainWrapper.MAIN_ISOLATE_PARAMETERS.get().getArgv();
        return new GivenWords(
                argv.rawValue(), JavaMainWrapper.MAIN_ISOLATE_PARAMETERS.get().getArgc());
    }

    @Override
    public List<String> environment() {
        Pointer environ = environ();
        int count = 0;
        while (environ.isNonNull() && environ.readLong(WORD * count) != 0) count++;
        return new GivenWords(environ.rawValue(), count);
    }

    @Override
    public String getenv(String name) {
        Pointer value = C.getenv(text(name, StackValue.get(SHORT_TEXT)));
        return value.isNull() ? null : string(value);
    }

    @Override
    public void setEnvironment(List<String> entries) {
        ENVIRON.get().write(pinned(Words.of(entries)));
    }

    @Override
    public Words keep(List<String> words) {
        return new GivenWords(pinned(Words.of(words)).rawValue(), words.size());
    }

    /** The block stays where it is until the process ends. */
    private static Pointer pinned(Words words) {
        long[] block = new long[(size(words) + WORD - 1) / WORD];
        PinnedObject.create(block);
        return fill(address(block), words);
    }

    @Override
    public void overwriteLastArgument(byte[] bytes) {
        int last = JavaMainWrapper.MAIN_ISOLATE_PARAMETERS.get().getArgc() - 1;
        CCharPointer word =
                JavaMainWrapper.MAIN_ISOLATE_PARAMETERS.get().getArgv().read(last);
        for (int i = 0; i < bytes.length; i++) word.write(i, bytes[i]);
    }

    @Override
    public int getpid() {
        return C.getpid();
    }

    @Override
    public void exit(int code) {
        C._exit(code);
    }

    @Override
    public int chdir(String path) {
        return result(C.chdir(text(path, StackValue.get(SHORT_TEXT))));
    }

    @Override
    public int fchdir(int fd) {
        return result(C.fchdir(fd));
    }

    @Override
    public int umask(int mask) {
        return C.umask(mask);
    }

    @Override
    public int setsid() {
        return result(C.setsid());
    }

    @Override
    public long clockGettime(int clock) {
        Pointer time = StackValue.get(2 * WORD);
        C.clock_gettime(clock, time);
        return time.readLong(0) * 1_000_000_000L + time.readLong(WORD);
    }

    @Override
    public long getauxval(int type) {
        return C.getauxval(type);
    }

    // ---- other processes ----

    @Override
    public int execve(String path, List<String> argv) {
        return execve(path, Words.of(argv), environ());
    }

    @Override
    public int execve(String path, List<String> argv, List<String> environment) {
        Words entries = Words.of(environment);
        Words words = Words.of(argv);
        return execve(path, words, entries instanceof GivenWords given ? given.array() : pinned(entries));
    }

    private int execve(String path, Words words, Pointer environment) {
        GivenWords given = words instanceof GivenWords cs ? cs : null;
        int size = given != null ? 0 : size(words);
        long[] large = size <= SHORT_ARGUMENTS ? null : new long[(size + WORD - 1) / WORD];
        try {
            limitsOnExec.set();
            Pointer room = large == null ? StackValue.get(SHORT_ARGUMENTS) : address(large);
            Pointer array = given != null ? given.array() : fill(room, words);
            return result(C.execve(text(path, StackValue.get(SHORT_TEXT)), array, environment));
        } finally {
            limitsOnExec.putBack();
        }
    }

    @Override
    public int fork() {
        return result(C.fork());
    }

    @Override
    public int vfork(Runnable child) {
        return result(vforkAndRun(child));
    }

    /** Both processes return into this frame, first the child, who therefore never leaves it, and then we. */
    @NeverInline("The child may not write to its caller's frame.")
    @Uninterruptible(reason = "The frame is as it was when the child began.", calleeMustBe = false)
    private static int vforkAndRun(Runnable child) {
        int pid = C.vfork();
        if (pid == 0) child.run();
        return pid;
    }

    @Override
    public void prepareSpawn(String[] argv) {
        if (size(argv) > Math.max(SHORT_ARGUMENTS, WORD * longArguments.length)) longArguments = block(argv);
    }

    /** Not with posix_spawn: it takes memory each time, and says that there was none. */
    @Override
    public int spawn(String path, String[] argv, String[] environment, ChildSetup setup) {
        prepareSpawn(argv);
        long[] entries = environment == null ? null : block(environment);
        Pointer room = size(argv) > SHORT_ARGUMENTS ? address(longArguments) : StackValue.get(SHORT_ARGUMENTS);
        spawned.setup = setup;
        spawned.path = text(path, StackValue.get(SHORT_TEXT)).rawValue();
        spawned.argv = fill(room, argv).rawValue();
        spawned.environment = (entries == null ? environ() : fill(address(entries), environment)).rawValue();
        spawned.error = 0;
        limitsOnExec.set();
        int pid = vfork(spawned);
        limitsOnExec.putBack();
        if (pid < 0 || spawned.error == 0) return pid;
        ExitStatus.await(this, pid, spawned.status);
        return spawned.error;
    }

    /** The child of {@link #spawn}. It has our memory: here we leave it what to do, and it us why it could not. */
    private static final class Spawned implements Runnable {
        private static final int NOT_EXECUTED = 127;

        private ChildSetup setup;
        private long path;
        private long argv;
        private long environment;
        private int error;
        private final int[] status = new int[1];

        @Override
        public void run() {
            error = Math.min(setUp(), 0);
            if (error == 0) error = result(C.execve(pointer(path), pointer(argv), pointer(environment)));
            C._exit(NOT_EXECUTED);
        }

        private int setUp() {
            Signals.forEach(setup.defaultSignals(), signal -> C.signal(signal, Abi.SIG_DFL));
            Pointer blocked = fill(StackValue.get(Abi.SIGSET_SIZE), setup.blockedSignals());
            C.sigprocmask(Abi.SIG_SETMASK, blocked, WordFactory.nullPointer());
            if (setup.leadsSession()) C.setsid();
            int[] descriptors = setup.descriptors();
            int result = 0;
            for (int i = 0; i < descriptors.length && result >= 0; i += 2) {
                result = copy(descriptors[i], descriptors[i + 1]);
            }
            if (result < 0 || setup.directory() == null) return result;
            return result(C.chdir(text(setup.directory(), StackValue.get(SHORT_TEXT), SECOND_LONG_TEXT)));
        }

        /** One that becomes itself is to stay open all the same. */
        private static int copy(int from, int to) {
            return result(from == to ? C.fcntl(to, F_SETFD, 0) : C.dup2(from, to));
        }
    }

    @Override
    public int waitpid(int pid, int options, int[] status) {
        CIntPointer into = StackValue.get(CIntPointer.class);
        int ended = result(C.waitpid(pid, into, options));
        if (ended > 0) status[0] = into.read();
        return ended;
    }

    @Override
    public int kill(int pid, int signal) {
        return result(C.kill(pid, signal));
    }

    @Override
    public int prctl(int option, long argument) {
        return result(C.prctl(option, argument, 0, 0, 0));
    }

    @Override
    public int pidfdOpen(int pid) {
        return result(C.pidfd_open(Abi.SYS_PIDFD_OPEN, pid, 0));
    }

    // ---- signals ----

    @Override
    public long blockedSignals() {
        Pointer set = fill(StackValue.get(Abi.SIGSET_SIZE), 0);
        C.sigprocmask(Abi.SIG_BLOCK, WordFactory.nullPointer(), set);
        return set.readLong(0);
    }

    @Override
    public int setBlockedSignals(long signals) {
        Pointer set = fill(StackValue.get(Abi.SIGSET_SIZE), signals);
        return result(C.sigprocmask(Abi.SIG_SETMASK, set, WordFactory.nullPointer()));
    }

    @Override
    public int signalDefault(int signal) {
        return result(C.signal(signal, Abi.SIG_DFL));
    }

    @Override
    public int signalIgnore(int signal) {
        return result(C.signal(signal, Abi.SIG_IGN));
    }

    @Override
    public int signalDescriptor(long signals) {
        Pointer set = fill(StackValue.get(Abi.SIGSET_SIZE), signals);
        int error = result(C.sigprocmask(Abi.SIG_BLOCK, set, WordFactory.nullPointer()));
        if (error < 0) return error;
        Signals.forEach(signals, this::signalDefault);
        return result(C.signalfd(-1, set, O_NONBLOCK | O_CLOEXEC));
    }

    @Override
    public int nextSignal(int signalDescriptor) {
        Pointer read = StackValue.get(Abi.SIGNALFD_RECORD_SIZE);
        long count = C.read(signalDescriptor, read, Abi.SIGNALFD_RECORD_SIZE);
        return count == Abi.SIGNALFD_RECORD_SIZE ? read.readInt(0) : 0;
    }

    // ---- descriptors ----

    @Override
    public int open(String path, int flags, int mode) {
        return result(C.open(text(path, StackValue.get(SHORT_TEXT)), flags, mode));
    }

    @Override
    public int open(byte[] path, int flags, int mode) {
        return result(C.open(address(path), flags, mode));
    }

    @Override
    public int close(int fd) {
        return result(C.close(fd));
    }

    @Override
    public int read(int fd, byte[] buffer, int offset, int count) {
        return result(C.read(fd, address(buffer).add(offset), count));
    }

    @Override
    public int write(int fd, byte[] buffer, int offset, int count) {
        return result(C.write(fd, address(buffer).add(offset), count));
    }

    @Override
    public int fsync(int fd) {
        return result(C.fsync(fd));
    }

    @Override
    public int lseek(int fd, long offset) {
        return C.lseek(fd, offset, 0) < 0 ? -C.__errno_location().read() : 0;
    }

    @Override
    public int fchmod(int fd, int mode) {
        return result(C.fchmod(fd, mode));
    }

    @Override
    public int flock(int fd, int operation) {
        return result(C.flock(fd, operation));
    }

    @Override
    public int fcntl(int fd, int command, int argument) {
        return result(C.fcntl(fd, command, argument));
    }

    @Override
    public int dup(int fd) {
        return result(C.dup(fd));
    }

    @Override
    public int dup2(int from, int to) {
        return result(C.dup2(from, to));
    }

    @Override
    public int pipe(int[] ends, int flags) {
        Pointer both = StackValue.get(WORD);
        int error = result(C.pipe2(both, flags));
        if (error == 0) {
            ends[0] = both.readInt(0);
            ends[1] = both.readInt(Integer.BYTES);
        }
        return error;
    }

    @Override
    public int unread(int fd) {
        Pointer count = StackValue.get(WORD);
        int error = result(C.ioctl(fd, Abi.FIONREAD, count));
        return error < 0 ? error : count.readInt(0);
    }

    @Override
    public int poll(int[] descriptors, boolean[] ready, int milliseconds) {
        if (descriptors.length > MOST_POLLED) throw new IllegalArgumentException("too many descriptors");
        Pointer entries = StackValue.get(WORD * MOST_POLLED);
        for (int i = 0; i < descriptors.length; i++) {
            entries.writeInt(WORD * i, descriptors[i]);
            entries.writeInt(WORD * i + 4, Abi.POLLIN);
        }
        int count = result(C.poll(entries, descriptors.length, milliseconds));
        for (int i = 0; i < descriptors.length; i++) ready[i] = entries.readShort(WORD * i + 6) != 0;
        return count;
    }

    @Override
    public boolean pollUrgent(int fd) {
        Pointer entry = StackValue.get(WORD);
        entry.writeInt(0, fd);
        entry.writeInt(4, Abi.POLLPRI);
        C.poll(entry, 1, 0);
        return entry.readShort(6) != 0;
    }

    @Override
    public int inotifyInit(int flags) {
        return result(C.inotify_init1(flags));
    }

    @Override
    public int inotifyAddWatch(int fd, String path, int mask) {
        return result(C.inotify_add_watch(fd, text(path, StackValue.get(SHORT_TEXT)), mask));
    }

    @Override
    public int inotifyRmWatch(int fd, int watch) {
        return result(C.inotify_rm_watch(fd, watch));
    }

    // ---- local sockets ----

    @Override
    public int socketDatagram(String address) {
        int length = UnixAddress.fill(SOCKET_ADDRESS, address);
        if (length < 0) return length;
        int fd = result(C.socket(Abi.AF_UNIX, Abi.SOCK_DGRAM | O_CLOEXEC | O_NONBLOCK, 0));
        if (fd < 0) return fd;
        STRUCTURE[0] = 1;
        int error = result(C.setsockopt(fd, Abi.SOL_SOCKET, Abi.SO_PASSCRED, address(STRUCTURE), Integer.BYTES));
        if (error == 0) error = result(C.bind(fd, address(SOCKET_ADDRESS), length));
        if (error == 0) return fd;
        C.close(fd);
        return error;
    }

    @Override
    public int receiveFrom(int fd, byte[] buffer, int[] senderPid) {
        Pointer message = address(STRUCTURE);
        ReceivedMessage.fill(STRUCTURE, message.rawValue(), address(buffer).rawValue(), buffer.length);
        int length = result(C.recvmsg(fd, message, Abi.MSG_TRUNC));
        if (length >= 0) senderPid[0] = ReceivedMessage.sender(STRUCTURE);
        return length;
    }

    @Override
    public int sendTo(String address, byte[] datagram) {
        int length = UnixAddress.fill(SOCKET_ADDRESS, address);
        if (length < 0) return length;
        int fd = result(C.socket(Abi.AF_UNIX, Abi.SOCK_DGRAM | O_CLOEXEC, 0));
        if (fd < 0) return fd;
        int flags = Abi.MSG_DONTWAIT | Abi.MSG_NOSIGNAL;
        int sent = result(C.sendto(fd, address(datagram), datagram.length, flags, address(SOCKET_ADDRESS), length));
        C.close(fd);
        return sent;
    }

    // ---- terminals ----

    @Override
    public boolean isatty(int fd) {
        return C.ioctl(fd, Abi.TCGETS, address(RAW_TERMINAL)) == 0;
    }

    @Override
    public int terminalSize(int fd, int[] columnsAndRows) {
        int error = result(C.ioctl(fd, Abi.TIOCGWINSZ, address(STRUCTURE)));
        if (error == 0) Terminal.readSize(STRUCTURE[0], columnsAndRows);
        return error;
    }

    @Override
    public int terminalRaw(int fd, byte[] saved) {
        int error = result(C.ioctl(fd, Abi.TCGETS, address(saved)));
        if (error < 0) return error;
        System.arraycopy(saved, 0, RAW_TERMINAL, 0, TERMINAL_STATE);
        Terminal.makeRaw(RAW_TERMINAL);
        return result(C.ioctl(fd, Abi.TCSETS, address(RAW_TERMINAL)));
    }

    @Override
    public int terminalRestore(int fd, byte[] saved) {
        return result(C.ioctl(fd, Abi.TCSETS, address(saved)));
    }

    // ---- files ----

    @Override
    public int stat(String path, FileStatus into) {
        return statx(Abi.AT_FDCWD, text(path, StackValue.get(SHORT_TEXT)), 0, into);
    }

    @Override
    public int stat(byte[] path, FileStatus into) {
        return statx(Abi.AT_FDCWD, address(path), 0, into);
    }

    @Override
    public int fstat(int fd, FileStatus into) {
        return statx(fd, text("", StackValue.get(SHORT_TEXT)), Abi.AT_EMPTY_PATH, into);
    }

    /** statx and not stat, because its structure is the same on every machine. */
    private static int statx(int directory, Pointer path, int flags, FileStatus into) {
        Pointer s = StackValue.get(Abi.STATX_STRUCTURE_SIZE);
        int error = result(C.statx(Abi.SYS_STATX, directory, path, flags, Abi.STATX_BASIC_STATS, s));
        if (error < 0) return error;
        long device =
                ((long) s.readInt(Abi.STATX_DEVICE_MAJOR) << 32) | (s.readInt(Abi.STATX_DEVICE_MINOR) & 0xffffffffL);
        into.set(
                device,
                s.readLong(Abi.STATX_INODE),
                s.readShort(Abi.STATX_MODE) & 0xffff,
                s.readInt(Abi.STATX_LINKS),
                s.readLong(Abi.STATX_SIZE));
        into.setOwner(s.readInt(Abi.STATX_OWNER), s.readInt(Abi.STATX_GROUP));
        into.setChanged(s.readLong(Abi.STATX_CHANGED) * 1_000_000_000L + s.readInt(Abi.STATX_CHANGED_NANOS));
        return 0;
    }

    @Override
    public long statfs(String path) {
        Pointer s = StackValue.get(Abi.STATFS_SIZE);
        int error = result(C.statfs(text(path, StackValue.get(SHORT_TEXT)), s));
        return error < 0 ? error : s.readLong(0) & 0xffffffffL;
    }

    @Override
    public long mountFlags(String path) {
        Pointer s = StackValue.get(Abi.STATFS_SIZE);
        int error = result(C.statfs(text(path, StackValue.get(SHORT_TEXT)), s));
        return error < 0 ? error : s.readLong(Abi.STATFS_FLAGS);
    }

    @Override
    public int eaccess(String path, int mode) {
        return result(C.eaccess(text(path, StackValue.get(SHORT_TEXT)), mode));
    }

    @Override
    public int mkdir(String path, int mode) {
        return result(C.mkdir(text(path, StackValue.get(SHORT_TEXT)), mode));
    }

    @Override
    public int mkfifo(String path, int mode) {
        return result(C.mkfifo(text(path, StackValue.get(SHORT_TEXT)), mode));
    }

    @Override
    public int rename(String from, String to) {
        return result(C.rename(text(from, StackValue.get(SHORT_TEXT)), secondText(to, StackValue.get(SHORT_TEXT))));
    }

    @Override
    public int link(String existing, String created) {
        return result(
                C.link(text(existing, StackValue.get(SHORT_TEXT)), secondText(created, StackValue.get(SHORT_TEXT))));
    }

    @Override
    public int link(String existing, byte[] created) {
        return result(C.link(text(existing, StackValue.get(SHORT_TEXT)), address(created)));
    }

    @Override
    public int unlink(String path) {
        return result(C.unlink(text(path, StackValue.get(SHORT_TEXT))));
    }

    @Override
    public int unlink(byte[] path) {
        return result(C.unlink(address(path)));
    }

    @Override
    public int chmod(String path, int mode) {
        return result(C.chmod(text(path, StackValue.get(SHORT_TEXT)), mode));
    }

    @Override
    public int readlink(String path, byte[] target) {
        return result(C.readlink(text(path, StackValue.get(SHORT_TEXT)), address(target), target.length));
    }

    @Override
    public boolean hasAttribute(String path, String name) {
        return C.getxattr(
                        text(path, StackValue.get(SHORT_TEXT)),
                        secondText(name, StackValue.get(SHORT_TEXT)),
                        WordFactory.nullPointer(),
                        0)
                >= 0;
    }

    /** What the linker put into the file lies where the file was mapped, too. */
    @Override
    public boolean isThisProgram(String path) {
        byte[] beginning = new byte[BuildId.BEGINNING];
        int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC, 0);
        if (fd < 0) return false;
        int length = read(fd, beginning, 0, beginning.length);
        close(fd);
        int id = BuildId.find(beginning, length);
        if (id < 0) return false;
        Pointer own = ELF_HEADER.get();
        for (int i = 0; i < BuildId.LENGTH; i++) {
            if (own.readByte(id + i) != beginning[id + i]) return false;
        }
        return true;
    }

    @Override
    public int readlink(byte[] path, byte[] target) {
        return result(C.readlink(address(path), address(target), target.length));
    }

    @Override
    public int getdents64(int fd, byte[] entries) {
        return result(C.getdents64(Abi.SYS_GETDENTS64, fd, address(entries), entries.length));
    }

    @Override
    public int listDirectory(String path, List<String> names) {
        return DirectoryReader.list(this, path, names);
    }

    // ---- accounts and limits ----

    @Override
    public int getpwnam(String account, int[] ids) {
        return new Accounts(this).find(account, ids);
    }

    @Override
    public int setgroups(int[] gids) {
        return result(C.setgroups(gids.length, address(gids)));
    }

    @Override
    public int setgid(int gid) {
        return result(C.setgid(gid));
    }

    @Override
    public int setuid(int uid) {
        return result(C.setuid(uid));
    }

    @Override
    public int getrlimit(int resource, long[] limits) {
        return result(C.getrlimit(resource, address(limits)));
    }

    @Override
    public int setrlimit(int resource, long soft, long hard) {
        Pointer limits = StackValue.get(2 * WORD);
        limits.writeLong(0, soft);
        limits.writeLong(WORD, hard);
        return result(C.setrlimit(resource, limits));
    }

    @Override
    public int setrlimitOnExec(int resource, long soft, long hard) {
        return limitsOnExec.add(resource, soft, hard);
    }

    @Override
    public boolean hasLimitsOnExec() {
        return limitsOnExec.any();
    }

    // ---- memory ----

    private static Pointer environ() {
        return ENVIRON.get().read();
    }

    private static Pointer pointer(long address) {
        return WordFactory.pointer(address);
    }

    /**
     * The address of an array's first element. It holds until something is allocated: until then there is no collection,
     * which alone could move the array.
     */
    private static Pointer address(Object array) {
        int layout = KnownIntrinsics.readHub(array).getLayoutEncoding();
        return Word.objectToUntrackedPointer(array).add(LayoutEncoding.getArrayBaseOffset(layout));
    }

    /** The text as C has it: in {@code room}, of {@link #SHORT_TEXT} bytes, or where long ones are until the next. */
    private static Pointer text(String text, Pointer room) {
        return text(text, room, LONG_TEXT);
    }

    /** A text beside the other. */
    private static Pointer secondText(String text, Pointer room) {
        return text(text, room, SECOND_LONG_TEXT);
    }

    private static Pointer text(String text, Pointer room, byte[] longText) {
        int length = Math.min(text.length(), LONGEST_PATH);
        Pointer start = length < SHORT_TEXT ? room : address(longText);
        for (int i = 0; i < length; i++) start.writeByte(i, (byte) text.charAt(i));
        start.writeByte(length, (byte) 0);
        return start;
    }

    private static Pointer fill(Pointer signalSet, long signals) {
        for (int i = 0; i < Abi.SIGSET_SIZE; i += WORD) signalSet.writeLong(i, 0);
        signalSet.writeLong(0, signals);
        return signalSet;
    }

    private static String string(PointerBase bytes) {
        byte[] copy = new byte[(int) C.strlen(bytes).rawValue()];
        C.memcpy(address(copy), bytes, copy.length);
        return Bytes.string(copy, 0, copy.length);
    }

    private static long[] block(String[] words) {
        return new long[(size(words) + WORD - 1) / WORD];
    }

    /** How many bytes a NULL-terminated array of C strings takes, with the strings. */
    private static int size(String[] words) {
        int size = WORD * (words.length + 1);
        for (String word : words) size += word.length() + 1;
        return size;
    }

    /** Puts the array and its strings at a place, which is returned. */
    private static Pointer fill(Pointer start, String[] words) {
        int at = WORD * (words.length + 1);
        for (int i = 0; i < words.length; i++) {
            start.writeWord(WORD * i, start.add(at));
            for (int j = 0; j < words[i].length(); j++) start.writeByte(at++, (byte) words[i].charAt(j));
            start.writeByte(at++, (byte) 0);
        }
        start.writeLong(WORD * words.length, 0);
        return start;
    }

    /** The same for words of which C has some already. */
    private static int size(Words words) {
        int size = WORD * (words.size() + 1);
        for (int i = 0; i < words.size(); i++) {
            if (words.address(i) == 0) size += words.length(i) + 1;
        }
        return size;
    }

    /** The words whose bytes C has are left where they are. */
    private static Pointer fill(Pointer start, Words words) {
        int at = WORD * (words.size() + 1);
        for (int i = 0; i < words.size(); i++) {
            long address = words.address(i);
            start.writeLong(WORD * i, address != 0 ? address : start.rawValue() + at);
            if (address != 0) continue;
            int length = words.length(i);
            for (int j = 0; j < length; j++) start.writeByte(at++, words.byteAt(i, j));
            start.writeByte(at++, (byte) 0);
        }
        start.writeLong(WORD * words.size(), 0);
        return start;
    }

    /** The words in an array of C's, which ends with NULL. */
    private static final class GivenWords extends Words {
        private final long array;
        private final int size;

        GivenWords(long array, int size) {
            this.array = array;
            this.size = size;
        }

        Pointer array() {
            return WordFactory.pointer(array);
        }

        @Override
        public String get(int index) {
            return string(word(index));
        }

        @Override
        public int size() {
            return size;
        }

        @Override
        public long address(int index) {
            return word(index).rawValue();
        }

        @Override
        public int length(int index) {
            return (int) C.strlen(word(index)).rawValue();
        }

        @Override
        public byte byteAt(int index, int offset) {
            return word(index).readByte(offset);
        }

        /** The words at the end are an array of C's, too. */
        @Override
        public List<String> subList(int from, int to) {
            Objects.checkFromToIndex(from, to, size);
            return to == size ? new GivenWords(array + (long) WORD * from, to - from) : super.subList(from, to);
        }

        private Pointer word(int index) {
            return array().readWord(WORD * Objects.checkIndex(index, size));
        }
    }
}

package daemontools.posix;

import com.oracle.svm.core.JavaMainWrapper;
import com.oracle.svm.core.c.CGlobalData;
import com.oracle.svm.core.c.CGlobalDataFactory;
import java.util.ArrayList;
import java.util.List;
import org.graalvm.nativeimage.PinnedObject;
import org.graalvm.nativeimage.StackValue;
import org.graalvm.nativeimage.UnmanagedMemory;
import org.graalvm.nativeimage.c.function.CFunction;
import org.graalvm.nativeimage.c.function.CFunction.Transition;
import org.graalvm.nativeimage.c.type.CCharPointer;
import org.graalvm.nativeimage.c.type.CCharPointerPointer;
import org.graalvm.nativeimage.c.type.CIntPointer;
import org.graalvm.nativeimage.c.type.WordPointer;
import org.graalvm.word.Pointer;
import org.graalvm.word.PointerBase;
import org.graalvm.word.UnsignedWord;
import org.graalvm.word.WordFactory;

/**
 * {@link LibC} in the native image: direct C calls. The image runs one thread and no call comes back into Java, so no
 * call changes the thread's state: there is nobody who could wait for it.
 */
final class GraalLibC implements LibC {
    private static final CGlobalData<WordPointer> ENVIRON = CGlobalDataFactory.forSymbol("environ");

    private static final int SIG_BLOCK = 0;
    private static final int SIG_DFL = 0;
    private static final int SIG_IGN = 1;
    private static final int SFD_NONBLOCK_CLOEXEC = O_NONBLOCK | O_CLOEXEC;
    private static final int SIG_SETMASK = 2;
    /** clone on x86-64. */
    private static final int SYS_CLONE = 56;
    /** We go on when the child has executed a program, or ended. */
    private static final int CLONE_VFORK = 0x4000;

    private static final int PAGE = 4096;
    private static final int PROT_READ_WRITE = 3;
    private static final int MAP_SHARED_ANONYMOUS = 0x21;
    private static final long MAP_FAILED = -1;
    private static final int AT_FDCWD = -100;
    private static final int AT_EMPTY_PATH = 0x1000;
    private static final int STATX_BASIC_STATS = 0x7ff;
    private static final int POLLIN = 1;
    private static final int POLLPRI = 2;

    private static final int WORD = 8;
    private static final int SIGSET_SIZE = 128;
    private static final int SIGNALFD_RECORD_SIZE = 128;
    private static final int STATX_SIZE = 256;
    private static final int STATFS_SIZE = 120;
    private static final int DIRENT_NAME = 19;
    /** struct tm begins with second, minute, hour, day, month and year. */
    private static final int TM_FIELDS = 6;

    /** The address of a page that children share with us, zero before the first. */
    private long sharedPage;

    private final LimitsOnExec limitsOnExec = new LimitsOnExec(this);

    /** libc, as it is. */
    private static final class C {
        @CFunction(transition = Transition.NO_TRANSITION)
        static native CIntPointer __errno_location();

        @CFunction(transition = Transition.NO_TRANSITION)
        static native int getpid();

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
        static native Pointer localtime(PointerBase seconds);

        @CFunction(transition = Transition.NO_TRANSITION)
        static native int execve(PointerBase path, PointerBase argv, PointerBase environment);

        @CFunction(transition = Transition.NO_TRANSITION)
        static native int fork();

        @CFunction(transition = Transition.NO_TRANSITION)
        static native long syscall(long number, long a, long b, long c, long d, long e);

        @CFunction(transition = Transition.NO_TRANSITION)
        static native Pointer mmap(PointerBase address, long length, int protection, int flags, int fd, long offset);

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

        @CFunction(transition = Transition.NO_TRANSITION)
        static native int statx(int directory, PointerBase path, int flags, int mask, PointerBase into);

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
        static native Pointer opendir(PointerBase path);

        @CFunction(transition = Transition.NO_TRANSITION)
        static native Pointer readdir(PointerBase directory);

        @CFunction(transition = Transition.NO_TRANSITION)
        static native int closedir(PointerBase directory);

        @CFunction(transition = Transition.NO_TRANSITION)
        static native Pointer getpwnam(PointerBase account);

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
    public String[] arguments() {
        int count = JavaMainWrapper.MAIN_ISOLATE_PARAMETERS.get().getArgc();
        CCharPointerPointer argv = JavaMainWrapper.MAIN_ISOLATE_PARAMETERS.get().getArgv();
        String[] words = new String[count];
        for (int i = 0; i < count; i++) words[i] = string(argv.read(i));
        return words;
    }

    @Override
    public String[] environment() {
        Pointer environ = environ();
        List<String> entries = new ArrayList<>();
        if (environ.isNonNull()) {
            for (int i = 0; ; i += WORD) {
                Pointer entry = environ.readWord(i);
                if (entry.isNull()) break;
                entries.add(string(entry));
            }
        }
        return entries.toArray(new String[0]);
    }

    /** The block stays: it is the environment until the process ends. */
    @Override
    public void setEnvironment(String[] entries) {
        ENVIRON.get().write(array(entries));
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
        try (PinnedObject p = pin(path)) {
            return result(C.chdir(address(p)));
        }
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
    public int localtime(long seconds, int[] yearToSecond) {
        Pointer moment = StackValue.get(WORD);
        moment.writeLong(0, seconds);
        Pointer tm = C.localtime(moment);
        if (tm.isNull()) return -C.__errno_location().read();
        for (int i = 0; i < TM_FIELDS; i++) yearToSecond[TM_FIELDS - 1 - i] = tm.readInt(Integer.BYTES * i);
        return 0;
    }

    // ---- other processes ----

    @Override
    public int execve(String path, String[] argv, String[] environment) {
        Pointer words = array(argv);
        Pointer entries = environment == null ? environ() : array(environment);
        try (PinnedObject p = pin(path)) {
            limitsOnExec.set();
            return result(C.execve(address(p), words, entries));
        } finally {
            limitsOnExec.putBack();
            free(words);
            if (environment != null) free(entries);
        }
    }

    @Override
    public int fork() {
        return result(C.fork());
    }

    /**
     * Not libc's posix_spawn, which leaves two signals ignored in the child that were not (32 and 33, its own). The child
     * is a copy of this process; what keeps it from becoming the program comes back on a page that both share.
     */
    @Override
    public int spawn(String path, String[] argv, String[] environment, ChildSetup setup) {
        if (sharedPage == 0)
            sharedPage = C.mmap(WordFactory.nullPointer(), PAGE, PROT_READ_WRITE, MAP_SHARED_ANONYMOUS, -1, 0)
                    .rawValue();
        if (sharedPage == MAP_FAILED) {
            sharedPage = 0;
            return -Errno.ENOMEM;
        }
        Pointer error = WordFactory.pointer(sharedPage);
        error.writeInt(0, 0);
        Pointer words = array(argv);
        Pointer entries = environment == null ? environ() : array(environment);
        Pointer blocked = fill(StackValue.get(SIGSET_SIZE), setup.blockedSignals());
        try (PinnedObject program = pin(path);
                PinnedObject directory = pin(setup.directory() == null ? "." : setup.directory())) {
            int pid = result(C.syscall(SYS_CLONE, CLONE_VFORK | Signals.CHLD, 0, 0, 0, 0));
            if (pid == 0) {
                int failed = setUp(setup, blocked, address(directory));
                limitsOnExec.set();
                if (failed == 0) failed = result(C.execve(address(program), words, entries));
                error.writeInt(0, failed);
                C._exit(1);
            }
            if (pid < 0 || error.readInt(0) == 0) return pid;
            while (waitpid(pid, 0, new int[1]) == -Errno.EINTR) {}
            return error.readInt(0);
        } finally {
            free(words);
            if (environment != null) free(entries);
        }
    }

    /** In the child. */
    private static int setUp(ChildSetup setup, Pointer blocked, Pointer directory) {
        for (long rest = setup.defaultSignals(); rest != 0; rest &= rest - 1) {
            C.signal(Long.numberOfTrailingZeros(rest) + 1, SIG_DFL);
        }
        C.sigprocmask(SIG_SETMASK, blocked, WordFactory.nullPointer());
        int[] descriptors = setup.descriptors();
        int error = 0;
        for (int i = 0; i < descriptors.length && error >= 0; i += 2) {
            boolean inPlace = descriptors[i] == descriptors[i + 1];
            error = result(inPlace ? C.fcntl(descriptors[i], F_SETFD, 0) : C.dup2(descriptors[i], descriptors[i + 1]));
        }
        if (error >= 0 && setup.directory() != null) error = result(C.chdir(directory));
        return Math.min(error, 0);
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

    // ---- signals ----

    @Override
    public long blockedSignals() {
        Pointer set = fill(StackValue.get(SIGSET_SIZE), 0);
        C.sigprocmask(SIG_BLOCK, WordFactory.nullPointer(), set);
        return set.readLong(0);
    }

    @Override
    public int signalDefault(int signal) {
        return result(C.signal(signal, SIG_DFL));
    }

    @Override
    public int signalIgnore(int signal) {
        return result(C.signal(signal, SIG_IGN));
    }

    @Override
    public int signalDescriptor(long signals) {
        Pointer set = fill(StackValue.get(SIGSET_SIZE), signals);
        int error = result(C.sigprocmask(SIG_BLOCK, set, WordFactory.nullPointer()));
        if (error < 0) return error;
        for (long rest = signals; rest != 0; rest &= rest - 1) {
            signalDefault(Long.numberOfTrailingZeros(rest) + 1);
        }
        return result(C.signalfd(-1, set, SFD_NONBLOCK_CLOEXEC));
    }

    @Override
    public int nextSignal(int signalDescriptor) {
        Pointer read = StackValue.get(SIGNALFD_RECORD_SIZE);
        long count = C.read(signalDescriptor, read, SIGNALFD_RECORD_SIZE);
        return count == SIGNALFD_RECORD_SIZE ? read.readInt(0) : 0;
    }

    // ---- descriptors ----

    @Override
    public int open(String path, int flags, int mode) {
        try (PinnedObject p = pin(path)) {
            return result(C.open(address(p), flags, mode));
        }
    }

    @Override
    public int close(int fd) {
        return result(C.close(fd));
    }

    @Override
    public int read(int fd, byte[] buffer, int offset, int count) {
        try (PinnedObject p = PinnedObject.create(buffer)) {
            return result(C.read(fd, address(p).add(offset), count));
        }
    }

    @Override
    public int write(int fd, byte[] buffer, int offset, int count) {
        try (PinnedObject p = PinnedObject.create(buffer)) {
            return result(C.write(fd, address(p).add(offset), count));
        }
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
    public int poll(int[] descriptors, boolean[] ready, int milliseconds) {
        byte[] entries = new byte[WORD * descriptors.length];
        try (PinnedObject p = PinnedObject.create(entries)) {
            Pointer entry = address(p);
            for (int i = 0; i < descriptors.length; i++) {
                entry.writeInt(WORD * i, descriptors[i]);
                entry.writeShort(WORD * i + 4, (short) POLLIN);
            }
            int count = result(C.poll(entry, descriptors.length, milliseconds));
            for (int i = 0; i < descriptors.length; i++) ready[i] = entry.readShort(WORD * i + 6) != 0;
            return count;
        }
    }

    @Override
    public boolean pollUrgent(int fd) {
        Pointer entry = StackValue.get(WORD);
        entry.writeInt(0, fd);
        entry.writeInt(4, POLLPRI);
        C.poll(entry, 1, 0);
        return entry.readShort(6) != 0;
    }

    // ---- files ----

    @Override
    public int stat(String path, FileStatus into) {
        return statx(AT_FDCWD, path, 0, into);
    }

    @Override
    public int fstat(int fd, FileStatus into) {
        return statx(fd, "", AT_EMPTY_PATH, into);
    }

    /** statx and not stat, because its structure is the same on every machine. */
    private static int statx(int directory, String path, int flags, FileStatus into) {
        Pointer s = StackValue.get(STATX_SIZE);
        try (PinnedObject p = pin(path)) {
            int error = result(C.statx(directory, address(p), flags, STATX_BASIC_STATS, s));
            if (error < 0) return error;
        }
        long device = ((long) s.readInt(136) << 32) | (s.readInt(140) & 0xffffffffL);
        into.set(device, s.readLong(32), s.readShort(28) & 0xffff, s.readInt(16), s.readLong(40));
        into.setChanged(s.readLong(96) * 1_000_000_000L + s.readInt(104));
        return 0;
    }

    @Override
    public long statfs(String path) {
        Pointer s = StackValue.get(STATFS_SIZE);
        try (PinnedObject p = pin(path)) {
            int error = result(C.statfs(address(p), s));
            return error < 0 ? error : s.readLong(0) & 0xffffffffL;
        }
    }

    @Override
    public int eaccess(String path, int mode) {
        try (PinnedObject p = pin(path)) {
            return result(C.eaccess(address(p), mode));
        }
    }

    @Override
    public int mkdir(String path, int mode) {
        try (PinnedObject p = pin(path)) {
            return result(C.mkdir(address(p), mode));
        }
    }

    @Override
    public int mkfifo(String path, int mode) {
        try (PinnedObject p = pin(path)) {
            return result(C.mkfifo(address(p), mode));
        }
    }

    @Override
    public int rename(String from, String to) {
        try (PinnedObject f = pin(from);
                PinnedObject t = pin(to)) {
            return result(C.rename(address(f), address(t)));
        }
    }

    @Override
    public int link(String existing, String created) {
        try (PinnedObject e = pin(existing);
                PinnedObject c = pin(created)) {
            return result(C.link(address(e), address(c)));
        }
    }

    @Override
    public int unlink(String path) {
        try (PinnedObject p = pin(path)) {
            return result(C.unlink(address(p)));
        }
    }

    @Override
    public int chmod(String path, int mode) {
        try (PinnedObject p = pin(path)) {
            return result(C.chmod(address(p), mode));
        }
    }

    @Override
    public int readlink(String path, byte[] target) {
        try (PinnedObject p = pin(path);
                PinnedObject t = PinnedObject.create(target)) {
            return result(C.readlink(address(p), address(t), target.length));
        }
    }

    @Override
    public int listDirectory(String path, List<String> names) {
        Pointer directory;
        try (PinnedObject p = pin(path)) {
            directory = C.opendir(address(p));
        }
        if (directory.isNull()) return -C.__errno_location().read();
        while (true) {
            C.__errno_location().write(0);
            Pointer entry = C.readdir(directory);
            if (entry.isNull()) break;
            String name = string(entry.add(DIRENT_NAME));
            if (!name.equals(".") && !name.equals("..")) names.add(name);
        }
        int error = -C.__errno_location().read();
        C.closedir(directory);
        return error;
    }

    // ---- accounts and limits ----

    @Override
    public int getpwnam(String account, int[] ids) {
        Pointer entry;
        try (PinnedObject p = pin(account)) {
            entry = C.getpwnam(address(p));
        }
        if (entry.isNull()) return 0;
        ids[0] = entry.readInt(2 * WORD);
        ids[1] = entry.readInt(2 * WORD + Integer.BYTES);
        return 1;
    }

    @Override
    public int setgroups(int[] gids) {
        try (PinnedObject p = PinnedObject.create(gids)) {
            return result(C.setgroups(gids.length, address(p)));
        }
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
        try (PinnedObject p = PinnedObject.create(limits)) {
            return result(C.getrlimit(resource, address(p)));
        }
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

    private static PinnedObject pin(String text) {
        return PinnedObject.create(Bytes.terminated(text));
    }

    /** The address of a pinned array's first element. */
    private static Pointer address(PinnedObject array) {
        return (Pointer) array.addressOfArrayElement(0);
    }

    private static Pointer fill(Pointer signalSet, long signals) {
        for (int i = 0; i < SIGSET_SIZE; i += WORD) signalSet.writeLong(i, 0);
        signalSet.writeLong(0, signals);
        return signalSet;
    }

    private static String string(PointerBase bytes) {
        Pointer from = (Pointer) bytes;
        byte[] copy = new byte[(int) C.strlen(from).rawValue()];
        for (int i = 0; i < copy.length; i++) copy[i] = from.readByte(i);
        return Bytes.string(copy, 0, copy.length);
    }

    /** A NULL-terminated array of C strings, in one block that {@link #free} gives back. */
    private static Pointer array(String[] words) {
        int pointers = WORD * (words.length + 1);
        int size = pointers;
        for (String word : words) size += word.length() + 1;
        Pointer block = UnmanagedMemory.malloc(size);
        int at = pointers;
        for (int i = 0; i < words.length; i++) {
            block.writeWord(WORD * i, block.add(at));
            byte[] bytes = Bytes.terminated(words[i]);
            for (byte b : bytes) block.writeByte(at++, b);
        }
        block.writeWord(WORD * words.length, WordFactory.nullPointer());
        return block;
    }

    private static void free(Pointer block) {
        UnmanagedMemory.free(block);
    }
}

package daemontools.posix;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * {@link LibC} on the JVM that packaging/jlink/launcher.c makes, through JNA's {@code Function} objects, the style that
 * starts fastest.
 */
final class JnaLibC implements LibC {
    private static final String BYTES = "ISO-8859-1";

    private final NativeLibrary libc = NativeLibrary.getProcess();
    private final LimitsOnExec limitsOnExec = new LimitsOnExec(this);
    private final List<Memory> kept = new ArrayList<>();

    private Function function(String name) {
        return libc.getFunction(name);
    }

    private int call(String name, Object... arguments) {
        int returned = function(name).invokeInt(arguments);
        return returned < 0 ? -Native.getLastError() : returned;
    }

    private int callLong(String name, Object... arguments) {
        long returned = function(name).invokeLong(arguments);
        return returned < 0 ? -Native.getLastError() : (int) returned;
    }

    private static Pointer c(String text) {
        return c(Bytes.terminated(text));
    }

    private static Pointer c(byte[] bytes) {
        Memory memory = new Memory(bytes.length);
        memory.write(0, bytes, 0, bytes.length);
        return memory;
    }

    private static Memory zeroed(int size) {
        Memory memory = new Memory(size);
        memory.clear();
        return memory;
    }

    // ---- this process ----

    /** Where the kernel left the words, which the launcher says. */
    private static Pointer argv() {
        return new Pointer(Long.getLong("daemontools.argv"));
    }

    @Override
    public List<String> arguments() {
        return new GivenWords(argv());
    }

    @Override
    public List<String> environment() {
        Pointer environ = environ();
        return environ == null ? List.of() : new GivenWords(environ);
    }

    @Override
    public String getenv(String name) {
        Pointer value = function("getenv").invokePointer(new Object[] {c(name)});
        return value == null ? null : value.getString(0, BYTES);
    }

    @Override
    public void setEnvironment(List<String> entries) {
        libc.getGlobalVariableAddress("environ").setPointer(0, keptBlock(entries));
    }

    @Override
    public Words keep(List<String> words) {
        return new GivenWords(keptBlock(words));
    }

    /** Kept words may be words of former ones. */
    private Memory keptBlock(List<String> words) {
        Memory block = array(Words.of(words));
        kept.add(block);
        return block;
    }

    @Override
    public void overwriteLastArgument(byte[] bytes) {
        List<String> words = arguments();
        new Pointer(((Words) words).address(words.size() - 1)).write(0, bytes, 0, bytes.length);
    }

    @Override
    public int getpid() {
        return call("getpid");
    }

    @Override
    public void exit(int code) {
        Runtime.getRuntime().halt(code);
    }

    @Override
    public int chdir(String path) {
        return call("chdir", c(path));
    }

    @Override
    public int fchdir(int fd) {
        return call("fchdir", fd);
    }

    @Override
    public int umask(int mask) {
        return call("umask", mask);
    }

    @Override
    public int setsid() {
        return call("setsid");
    }

    @Override
    public long clockGettime(int clock) {
        Memory time = new Memory(16);
        call("clock_gettime", clock, time);
        return time.getLong(0) * 1_000_000_000L + time.getLong(8);
    }

    @Override
    public long getauxval(int type) {
        return function("getauxval").invokeLong(new Object[] {(long) type});
    }

    // ---- other processes ----

    @Override
    public int execve(String path, List<String> argv) {
        return execve(path, argv, environment());
    }

    @Override
    public int execve(String path, List<String> argv, List<String> environment) {
        Pointer program = c(path);
        Memory words = array(Words.of(argv));
        Memory entries = array(Words.of(environment));
        limitsOnExec.set();
        try {
            return call("execve", program, words, entries);
        } finally {
            limitsOnExec.putBack();
        }
    }

    @Override
    public int fork() {
        return -Errno.ENOSYS;
    }

    @Override
    public int vfork(Runnable child) {
        return -Errno.ENOSYS;
    }

    @Override
    public int spawn(String path, String[] argv, String[] environment, ChildSetup setup) {
        Memory attributes = zeroed(Abi.SPAWN_OBJECT_SIZE);
        Memory actions = zeroed(Abi.SPAWN_OBJECT_SIZE);
        Memory pid = zeroed(Integer.BYTES);
        call("posix_spawnattr_init", attributes);
        call("posix_spawn_file_actions_init", actions);
        try {
            int session = setup.leadsSession() ? Abi.POSIX_SPAWN_SETSID : 0;
            call("posix_spawnattr_setflags", attributes, (short) (Abi.POSIX_SPAWN_SETSIGDEF_AND_SIGMASK | session));
            call("posix_spawnattr_setsigdefault", attributes, signalSet(setup.defaultSignals(this::isIgnored)));
            call("posix_spawnattr_setsigmask", attributes, signalSet(setup.blockedSignals()));
            int error = addFileActions(actions, setup);
            Pointer entries = environment == null ? environ() : array(Words.of(List.of(environment)));
            Memory words = array(Words.of(List.of(argv)));
            limitsOnExec.set();
            if (error == 0) error = call("posix_spawn", pid, c(path), actions, attributes, words, entries);
            return error == 0 ? pid.getInt(0) : -error;
        } finally {
            limitsOnExec.putBack();
            call("posix_spawn_file_actions_destroy", actions);
            call("posix_spawnattr_destroy", attributes);
        }
    }

    /** The JVM has always taken memory to start a program. */
    @Override
    public void prepareSpawn(String[] argv) {}

    private int addFileActions(Memory actions, ChildSetup setup) {
        int error = 0;
        int[] descriptors = setup.descriptors();
        for (int i = 0; i < descriptors.length && error == 0; i += 2) {
            error = call("posix_spawn_file_actions_adddup2", actions, descriptors[i], descriptors[i + 1]);
        }
        if (error == 0 && setup.directory() != null) {
            error = call("posix_spawn_file_actions_addchdir_np", actions, c(setup.directory()));
        }
        return error;
    }

    /** The kernel is asked itself, because libc does not speak of its own signals. */
    private boolean isIgnored(int signal) {
        Memory action = zeroed(Abi.SIGACTION_SIZE);
        int error = callLong("syscall", Abi.SYS_RT_SIGACTION, (long) signal, null, action, Abi.SIGACTION_SET_SIZE);
        return error == 0 && action.getLong(0) == Abi.SIG_IGN;
    }

    @Override
    public int waitpid(int pid, int options, int[] status) {
        Memory into = zeroed(Integer.BYTES);
        int ended = call("waitpid", pid, into, options);
        if (ended > 0) status[0] = into.getInt(0);
        return ended;
    }

    @Override
    public int kill(int pid, int signal) {
        return call("kill", pid, signal);
    }

    @Override
    public int prctl(int option, long argument) {
        return call("prctl", option, argument, 0L, 0L, 0L);
    }

    @Override
    public int pidfdOpen(int pid) {
        return callLong("syscall", Abi.SYS_PIDFD_OPEN, (long) pid, 0L);
    }

    // ---- signals ----

    @Override
    public long blockedSignals() {
        Memory set = signalSet(0);
        call("pthread_sigmask", Abi.SIG_BLOCK, null, set);
        return set.getLong(0);
    }

    @Override
    public int setBlockedSignals(long signals) {
        return -call("pthread_sigmask", Abi.SIG_SETMASK, signalSet(signals), null);
    }

    @Override
    public int signalDefault(int signal) {
        return callLong("signal", signal, Abi.SIG_DFL);
    }

    @Override
    public int signalIgnore(int signal) {
        return callLong("signal", signal, Abi.SIG_IGN);
    }

    /** In the other threads these signals are blocked already. */
    @Override
    public int signalDescriptor(long signals) {
        Memory set = signalSet(signals);
        int error = call("pthread_sigmask", Abi.SIG_BLOCK, set, null);
        if (error != 0) return -error;
        Signals.forEach(signals, this::signalDefault);
        return call("signalfd", -1, set, O_NONBLOCK | O_CLOEXEC);
    }

    @Override
    public int nextSignal(int signalDescriptor) {
        byte[] read = new byte[Abi.SIGNALFD_RECORD_SIZE];
        return read(signalDescriptor, read, 0, Abi.SIGNALFD_RECORD_SIZE) == Abi.SIGNALFD_RECORD_SIZE ? read[0] : 0;
    }

    // ---- descriptors ----

    @Override
    public int open(String path, int flags, int mode) {
        return call("open", c(path), flags, mode);
    }

    @Override
    public int open(byte[] path, int flags, int mode) {
        return call("open", c(path), flags, mode);
    }

    @Override
    public int close(int fd) {
        return call("close", fd);
    }

    @Override
    public int read(int fd, byte[] buffer, int offset, int count) {
        Memory into = new Memory(Math.max(1, count));
        int got = callLong("read", fd, into, (long) count);
        if (got > 0) into.read(0, buffer, offset, got);
        return got;
    }

    @Override
    public int write(int fd, byte[] buffer, int offset, int count) {
        Memory from = new Memory(Math.max(1, count));
        from.write(0, buffer, offset, count);
        return callLong("write", fd, from, (long) count);
    }

    @Override
    public int fsync(int fd) {
        return call("fsync", fd);
    }

    @Override
    public int lseek(int fd, long offset) {
        return function("lseek").invokeLong(new Object[] {fd, offset, 0}) < 0 ? -Native.getLastError() : 0;
    }

    @Override
    public int fchmod(int fd, int mode) {
        return call("fchmod", fd, mode);
    }

    @Override
    public int flock(int fd, int operation) {
        return call("flock", fd, operation);
    }

    @Override
    public int fcntl(int fd, int command, int argument) {
        return call("fcntl", fd, command, argument);
    }

    @Override
    public int dup(int fd) {
        return call("dup", fd);
    }

    @Override
    public int dup2(int from, int to) {
        return call("dup2", from, to);
    }

    @Override
    public int pipe(int[] ends, int flags) {
        Memory both = zeroed(2 * Integer.BYTES);
        int error = call("pipe2", both, flags);
        if (error == 0) both.read(0, ends, 0, 2);
        return error;
    }

    @Override
    public int unread(int fd) {
        int[] count = new int[1];
        int error = call("ioctl", fd, Abi.FIONREAD, count);
        return error < 0 ? error : count[0];
    }

    @Override
    public int poll(int[] descriptors, boolean[] ready, int milliseconds) {
        Memory entries = zeroed(8 * Math.max(1, descriptors.length));
        for (int i = 0; i < descriptors.length; i++) {
            entries.setInt(8L * i, descriptors[i]);
            entries.setShort(8L * i + 4, Abi.POLLIN);
        }
        int count = call("poll", entries, (long) descriptors.length, milliseconds);
        for (int i = 0; i < descriptors.length; i++) ready[i] = entries.getShort(8L * i + 6) != 0;
        return count;
    }

    @Override
    public boolean pollUrgent(int fd) {
        Memory entry = zeroed(8);
        entry.setInt(0, fd);
        entry.setShort(4, Abi.POLLPRI);
        call("poll", entry, 1L, 0);
        return entry.getShort(6) != 0;
    }

    @Override
    public int inotifyInit(int flags) {
        return call("inotify_init1", flags);
    }

    @Override
    public int inotifyAddWatch(int fd, String path, int mask) {
        return call("inotify_add_watch", fd, c(path), mask);
    }

    @Override
    public int inotifyRmWatch(int fd, int watch) {
        return call("inotify_rm_watch", fd, watch);
    }

    // ---- local sockets ----

    @Override
    public int socketDatagram(String address) {
        byte[] there = new byte[UnixAddress.SIZE];
        int length = UnixAddress.fill(there, address);
        if (length < 0) return length;
        int fd = call("socket", Abi.AF_UNIX, Abi.SOCK_DGRAM | O_CLOEXEC | O_NONBLOCK, 0);
        if (fd < 0) return fd;
        int error = call("setsockopt", fd, Abi.SOL_SOCKET, Abi.SO_PASSCRED, new int[] {1}, Integer.BYTES);
        if (error == 0) error = call("bind", fd, there, length);
        if (error == 0) return fd;
        close(fd);
        return error;
    }

    @Override
    public int receiveFrom(int fd, byte[] buffer, int[] senderPid) {
        Memory into = new Memory(Math.max(1, buffer.length));
        Memory structure = new Memory((long) Long.BYTES * ReceivedMessage.SIZE);
        long[] message = new long[ReceivedMessage.SIZE];
        ReceivedMessage.fill(message, Pointer.nativeValue(structure), Pointer.nativeValue(into), buffer.length);
        structure.write(0, message, 0, message.length);
        int length = callLong("recvmsg", fd, structure, Abi.MSG_TRUNC);
        if (length < 0) return length;
        structure.read(0, message, 0, message.length);
        into.read(0, buffer, 0, Math.min(length, buffer.length));
        senderPid[0] = ReceivedMessage.sender(message);
        return length;
    }

    @Override
    public int sendTo(String address, byte[] datagram) {
        byte[] there = new byte[UnixAddress.SIZE];
        int length = UnixAddress.fill(there, address);
        if (length < 0) return length;
        int fd = call("socket", Abi.AF_UNIX, Abi.SOCK_DGRAM | O_CLOEXEC, 0);
        if (fd < 0) return fd;
        int flags = Abi.MSG_DONTWAIT | Abi.MSG_NOSIGNAL;
        int sent = callLong("sendto", fd, datagram, (long) datagram.length, flags, there, length);
        close(fd);
        return sent;
    }

    // ---- terminals ----

    @Override
    public boolean isatty(int fd) {
        return call("ioctl", fd, Abi.TCGETS, new byte[TERMINAL_STATE]) == 0;
    }

    @Override
    public int terminalSize(int fd, int[] columnsAndRows) {
        long[] size = new long[1];
        int error = call("ioctl", fd, Abi.TIOCGWINSZ, size);
        if (error == 0) Terminal.readSize(size[0], columnsAndRows);
        return error;
    }

    @Override
    public int terminalRaw(int fd, byte[] saved) {
        int error = call("ioctl", fd, Abi.TCGETS, saved);
        if (error < 0) return error;
        byte[] raw = saved.clone();
        Terminal.makeRaw(raw);
        return call("ioctl", fd, Abi.TCSETS, raw);
    }

    @Override
    public int terminalRestore(int fd, byte[] saved) {
        return call("ioctl", fd, Abi.TCSETS, saved);
    }

    // ---- files ----

    @Override
    public int stat(String path, FileStatus into) {
        return statx(Abi.AT_FDCWD, c(path), 0, into);
    }

    @Override
    public int stat(byte[] path, FileStatus into) {
        return statx(Abi.AT_FDCWD, c(path), 0, into);
    }

    @Override
    public int fstat(int fd, FileStatus into) {
        return statx(fd, c(""), Abi.AT_EMPTY_PATH, into);
    }

    /** statx and not stat, because its structure is the same on every machine. */
    private int statx(int directory, Pointer path, int flags, FileStatus into) {
        Memory s = zeroed(Abi.STATX_STRUCTURE_SIZE);
        int error = call("statx", directory, path, flags, Abi.STATX_BASIC_STATS, s);
        if (error < 0) return error;
        long device =
                ((long) s.getInt(Abi.STATX_DEVICE_MAJOR) << 32) | (s.getInt(Abi.STATX_DEVICE_MINOR) & 0xffffffffL);
        into.set(
                device,
                s.getLong(Abi.STATX_INODE),
                s.getShort(Abi.STATX_MODE) & 0xffff,
                s.getInt(Abi.STATX_LINKS),
                s.getLong(Abi.STATX_SIZE));
        into.setOwner(s.getInt(Abi.STATX_OWNER), s.getInt(Abi.STATX_GROUP));
        into.setChanged(s.getLong(Abi.STATX_CHANGED) * 1_000_000_000L + s.getInt(Abi.STATX_CHANGED_NANOS));
        return 0;
    }

    @Override
    public long statfs(String path) {
        Memory s = zeroed(Abi.STATFS_SIZE);
        int error = call("statfs", c(path), s);
        return error < 0 ? error : s.getLong(0) & 0xffffffffL;
    }

    @Override
    public long mountFlags(String path) {
        Memory s = zeroed(Abi.STATFS_SIZE);
        int error = call("statfs", c(path), s);
        return error < 0 ? error : s.getLong(Abi.STATFS_FLAGS);
    }

    @Override
    public int eaccess(String path, int mode) {
        return call("eaccess", c(path), mode);
    }

    @Override
    public int mkdir(String path, int mode) {
        return call("mkdir", c(path), mode);
    }

    @Override
    public int mkfifo(String path, int mode) {
        return call("mkfifo", c(path), mode);
    }

    @Override
    public int rename(String from, String to) {
        return call("rename", c(from), c(to));
    }

    @Override
    public int link(String existing, String created) {
        return call("link", c(existing), c(created));
    }

    @Override
    public int link(String existing, byte[] created) {
        return call("link", c(existing), c(created));
    }

    @Override
    public int unlink(String path) {
        return call("unlink", c(path));
    }

    @Override
    public int unlink(byte[] path) {
        return call("unlink", c(path));
    }

    @Override
    public int chmod(String path, int mode) {
        return call("chmod", c(path), mode);
    }

    @Override
    public int readlink(String path, byte[] target) {
        return readlink(c(path), target);
    }

    @Override
    public int readlink(byte[] path, byte[] target) {
        return readlink(c(path), target);
    }

    private int readlink(Pointer path, byte[] target) {
        Memory into = new Memory(target.length);
        int length = callLong("readlink", path, into, (long) target.length);
        if (length > 0) into.read(0, target, 0, length);
        return length;
    }

    @Override
    public boolean hasAttribute(String path, String name) {
        return callLong("getxattr", c(path), c(name), null, 0L) >= 0;
    }

    /** A launcher is nothing without the runtime that it lies in. */
    @Override
    public boolean isThisProgram(String path) {
        FileStatus other = new FileStatus();
        FileStatus own = new FileStatus();
        return stat(path, other) == 0
                && stat("/proc/self/exe", own) == 0
                && other.inode() == own.inode()
                && other.device() == own.device();
    }

    @Override
    public int getdents64(int fd, byte[] entries) {
        Memory into = new Memory(entries.length);
        int length = callLong("syscall", Abi.SYS_GETDENTS64, (long) fd, into, (long) entries.length);
        if (length > 0) into.read(0, entries, 0, length);
        return length;
    }

    @Override
    public int listDirectory(String path, List<String> names) {
        return DirectoryReader.list(this, path, names);
    }

    // ---- accounts and limits ----

    @Override
    public int getpwnam(String account, int[] ids) {
        Pointer entry = function("getpwnam").invokePointer(new Object[] {c(account)});
        if (entry == null) return 0;
        ids[0] = entry.getInt(16);
        ids[1] = entry.getInt(20);
        return 1;
    }

    @Override
    public int setgroups(int[] gids) {
        Memory list = new Memory(4L * Math.max(1, gids.length));
        list.write(0, gids, 0, gids.length);
        return call("setgroups", (long) gids.length, list);
    }

    @Override
    public int setgid(int gid) {
        return call("setgid", gid);
    }

    @Override
    public int setuid(int uid) {
        return call("setuid", uid);
    }

    @Override
    public int getrlimit(int resource, long[] limits) {
        Memory both = zeroed(16);
        int error = call("getrlimit", resource, both);
        if (error == 0) both.read(0, limits, 0, 2);
        return error;
    }

    @Override
    public int setrlimit(int resource, long soft, long hard) {
        Memory both = new Memory(16);
        both.setLong(0, soft);
        both.setLong(8, hard);
        return call("setrlimit", resource, both);
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

    private Pointer environ() {
        return libc.getGlobalVariableAddress("environ").getPointer(0);
    }

    private static Memory signalSet(long signals) {
        Memory set = zeroed(Abi.SIGSET_SIZE);
        set.setLong(0, signals);
        return set;
    }

    /** A NULL-terminated array of C strings; those that C does not have yet are in its block. */
    private static Memory array(Words words) {
        long at = (long) Native.POINTER_SIZE * (words.size() + 1);
        long size = at;
        for (int i = 0; i < words.size(); i++) size += words.address(i) == 0 ? words.length(i) + 1 : 0;
        Memory block = new Memory(size);
        for (int i = 0; i < words.size(); i++) {
            long address = words.address(i);
            if (address == 0) {
                byte[] bytes = Bytes.terminated(words.get(i));
                block.write(at, bytes, 0, bytes.length);
                address = Pointer.nativeValue(block) + at;
                at += bytes.length;
            }
            block.setLong((long) Native.POINTER_SIZE * i, address);
        }
        block.setPointer((long) Native.POINTER_SIZE * words.size(), null);
        return block;
    }

    /** The words in an array of C's, which ends with NULL. */
    private static final class GivenWords extends Words {
        private final Pointer array;
        private final int size;

        GivenWords(Pointer array) {
            this(array, count(array));
        }

        private GivenWords(Pointer array, int size) {
            this.array = array;
            this.size = size;
        }

        private static int count(Pointer array) {
            int count = 0;
            while (array.getLong((long) Native.POINTER_SIZE * count) != 0) count++;
            return count;
        }

        @Override
        public String get(int index) {
            return word(index).getString(0, BYTES);
        }

        @Override
        public int size() {
            return size;
        }

        @Override
        public long address(int index) {
            return Pointer.nativeValue(word(index));
        }

        @Override
        public int length(int index) {
            return (int) word(index).indexOf(0, (byte) 0);
        }

        @Override
        public byte byteAt(int index, int offset) {
            return word(index).getByte(offset);
        }

        /** The words at the end are an array of C's, too. */
        @Override
        public List<String> subList(int from, int to) {
            Objects.checkFromToIndex(from, to, size);
            return to == size
                    ? new GivenWords(array.share((long) Native.POINTER_SIZE * from), to - from)
                    : super.subList(from, to);
        }

        private Pointer word(int index) {
            return array.getPointer((long) Native.POINTER_SIZE * Objects.checkIndex(index, size));
        }
    }
}

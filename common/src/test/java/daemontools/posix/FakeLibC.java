package daemontools.posix;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A kernel for tests: its clock stands still but for waits, its children live until they are told to die, and what was
 * asked of it can be read afterwards. A call that no test needs yet fails the test.
 */
public class FakeLibC implements LibC {
    /** The reading end of any control fifo. */
    public static final int CONTROL = 3;
    /** The signal descriptor. */
    public static final int SIGNALS = 4;

    private static final int STANDARD_ERROR = 2;
    private static final int FILE = 5;
    private static final int DIRECTORY = 6;
    /** Length of an entry of getdents64: the longest name and what is before it, in eights. */
    private static final int ENTRY = 280;

    /** The calls that change the world outside, in their order. */
    public final List<String> calls = new ArrayList<>();
    /** The contents of files by name. */
    public final Map<String, byte[]> files = new HashMap<>();
    /** The directories that stat finds: device and inode by name, and the time of the last change where it matters. */
    public final Map<String, long[]> directories = new HashMap<>();
    /** The fifos that stat finds: device and inode by name. */
    public final Map<String, long[]> fifos = new HashMap<>();
    /** The calls during which memory runs out. */
    public final Set<String> outOfMemoryIn = new HashSet<>();
    /** Whether nothing more goes into the control fifo. */
    public boolean controlIsFull;
    /** What any directory holds, but those of which more is known. */
    public final List<String> listed = new ArrayList<>();
    /** What directories hold by name. */
    public final Map<String, List<String>> listedIn = new HashMap<>();
    /** How a child has ended, as waitpid tells it; the others with exit code 0. */
    public final Map<Integer, Integer> waitStatus = new HashMap<>();
    /** What can be read from pipes and sockets by descriptor; an empty text is their end. */
    public final Map<Integer, Deque<String>> incoming = new HashMap<>();
    /** The pid of who sends datagrams. */
    public int sender;
    /** What {@link #spawn} returns; when it is empty, the next pid, from 100 on. */
    public final Deque<Integer> spawnResults = new ArrayDeque<>();
    /** What {@link #fork} and {@link #vfork} return, as spawn; after zero it is the child that is tested. */
    public final Deque<Integer> forkResults = new ArrayDeque<>();
    /** The error of each {@link #execve}. */
    public int execveError = -Errno.ENOENT;
    /** The children that have ended and were not waited for. */
    public final Deque<Integer> dead = new ArrayDeque<>();
    /** The bytes in the control fifo. */
    public final Deque<Byte> control = new ArrayDeque<>();
    /** What was written to descriptor 2. */
    public final StringBuilder errors = new StringBuilder();

    /** Both clocks, in nanoseconds. */
    public long nanos = 1_000_000_000_000L;
    /** The one path that cannot be opened. */
    public String refused = "";

    /** The file system's type, statfs(2)'s number; ext4 unless told. */
    public long fileSystem = 0xef53;
    /** Whether a mount was made or undone since {@link #pollUrgent} was asked. */
    public boolean mountsChanged;
    /** The targets of symbolic links by name. */
    public final Map<String, String> links = new HashMap<>();
    /** The signals that have come. */
    public final Deque<Integer> signals = new ArrayDeque<>();
    /** Whether no child is left once the dead were waited for. */
    public boolean childless;
    /** The environment. */
    public final Map<String, String> environment = new HashMap<>(Map.of("PATH", "/command"));
    /** How many files' status was asked for. */
    public int stats;

    /** What the kernel says of our start, by type; the others are zero. */
    public final Map<Integer, Long> auxiliary = new HashMap<>();
    /** Extended attributes: a path and a name. */
    public final Set<String> attributes = new HashSet<>();

    private String opened = "";
    private int position;
    private int nextEntry;
    private List<String> listing = listed;
    private String controlled = "";
    private int nextPid = 100;
    private int nextFd = 10;

    /** The end of the process, or of the child, that is tested. */
    public static final class Exit extends RuntimeException {
        Exit(int code) {
            super("exit " + code);
        }
    }

    private void needMemory(String call) {
        if (outOfMemoryIn.contains(call)) throw new OutOfMemoryError(call);
    }

    private static String text(byte[] path) {
        int length = 0;
        while (path[length] != 0) length++;
        return Bytes.string(path, 0, length);
    }

    private static AssertionError notFaked(String call) {
        return new AssertionError("not faked yet: " + call);
    }

    @Override
    public List<String> arguments() {
        throw notFaked("arguments");
    }

    @Override
    public List<String> environment() {
        return environment.entrySet().stream().map(Object::toString).toList();
    }

    @Override
    public String getenv(String name) {
        return environment.get(name);
    }

    @Override
    public void setEnvironment(List<String> entries) {
        calls.add("environment " + entries);
    }

    @Override
    public void overwriteLastArgument(byte[] bytes) {
        throw notFaked("overwriteLastArgument");
    }

    @Override
    public int getpid() {
        return 1;
    }

    @Override
    public void exit(int code) {
        throw new Exit(code);
    }

    @Override
    public int chdir(String path) {
        return files.containsKey(path) ? -Errno.ENOTDIR : 0;
    }

    @Override
    public int fchdir(int fd) {
        throw notFaked("fchdir");
    }

    @Override
    public int umask(int mask) {
        throw notFaked("umask");
    }

    @Override
    public int setsid() {
        calls.add("setsid");
        return 0;
    }

    @Override
    public long clockGettime(int clock) {
        return nanos;
    }

    @Override
    public long getauxval(int type) {
        return auxiliary.getOrDefault(type, 0L);
    }

    @Override
    public int execve(String path, List<String> argv) {
        calls.add("execve " + path);
        return execveError;
    }

    @Override
    public int fork() {
        calls.add("fork");
        return forkResults.isEmpty() ? nextPid++ : forkResults.poll();
    }

    @Override
    public int vfork(Runnable child) {
        calls.add("vfork");
        int pid = forkResults.isEmpty() ? nextPid++ : forkResults.poll();
        if (pid == 0) child.run();
        return pid;
    }

    @Override
    public int spawn(String path, String[] argv, String[] environment, ChildSetup setup) {
        calls.add("spawn " + String.join(" ", argv) + (setup.directory() == null ? "" : " in " + setup.directory()));
        return spawnResults.isEmpty() ? nextPid++ : spawnResults.poll();
    }

    @Override
    public void prepareSpawn(String[] argv) {}

    @Override
    public int waitpid(int pid, int options, int[] status) {
        Integer ended = dead.poll();
        if (ended != null) {
            status[0] = waitStatus.getOrDefault(ended, 0);
            return ended;
        }
        return childless ? -Errno.ECHILD : 0;
    }

    @Override
    public int kill(int pid, int signal) {
        calls.add("kill " + pid + " " + signal);
        return 0;
    }

    @Override
    public long blockedSignals() {
        return 0;
    }

    @Override
    public int setBlockedSignals(long signals) {
        calls.add("block " + Long.toHexString(signals));
        return 0;
    }

    @Override
    public int signalDefault(int signal) {
        return 0;
    }

    @Override
    public int signalIgnore(int signal) {
        return 0;
    }

    @Override
    public int signalDescriptor(long signals) {
        return SIGNALS;
    }

    @Override
    public int nextSignal(int signalDescriptor) {
        Integer next = signals.poll();
        return next == null ? 0 : next;
    }

    @Override
    public int open(String path, int flags, int mode) {
        if (path.equals(refused)) return -Errno.EACCES;
        if ((flags & O_DIRECTORY) != 0) {
            nextEntry = 0;
            listing = listedIn.getOrDefault(path, listed);
            return DIRECTORY;
        }
        if (links.getOrDefault(path, path).contains("/control")) {
            controlled = path;
            return CONTROL;
        }
        if ((flags & O_CREAT) != 0) files.put(path, new byte[0]);
        opened = path;
        position = 0;
        return exists(path) ? FILE : -Errno.ENOENT;
    }

    private boolean exists(String path) {
        return files.containsKey(path) || fifos.containsKey(path);
    }

    @Override
    public int open(byte[] path, int flags, int mode) {
        return open(text(path), flags, mode);
    }

    @Override
    public int close(int fd) {
        if (fd != DIRECTORY) calls.add("close " + fd);
        return 0;
    }

    @Override
    public int read(int fd, byte[] buffer, int offset, int count) {
        if (fd == FILE) {
            byte[] content = files.get(opened);
            int length = Math.min(count, content.length - position);
            System.arraycopy(content, position, buffer, offset, length);
            position += length;
            return length;
        }
        if (incoming.containsKey(fd)) return take(fd, buffer);
        if (fd != CONTROL || control.isEmpty()) return -Errno.EAGAIN;
        buffer[offset] = control.poll();
        return 1;
    }

    private int take(int fd, byte[] buffer) {
        String text = incoming.get(fd).poll();
        if (text == null) return -Errno.EAGAIN;
        System.arraycopy(Bytes.of(text), 0, buffer, 0, Math.min(text.length(), buffer.length));
        return text.length();
    }

    @Override
    public int write(int fd, byte[] buffer, int offset, int count) {
        if (fd == CONTROL && controlIsFull) return -Errno.EAGAIN;
        if (fd == STANDARD_ERROR) errors.append(Bytes.string(buffer, offset, count));
        else if (fd == CONTROL) calls.add("write " + Bytes.string(buffer, offset, count) + " to " + controlled);
        else files.put(opened, Arrays.copyOfRange(buffer, offset, offset + count));
        return count;
    }

    @Override
    public int fsync(int fd) {
        throw notFaked("fsync");
    }

    @Override
    public int lseek(int fd, long offset) {
        throw notFaked("lseek");
    }

    @Override
    public int fchmod(int fd, int mode) {
        throw notFaked("fchmod");
    }

    @Override
    public int flock(int fd, int operation) {
        throw notFaked("flock");
    }

    @Override
    public int fcntl(int fd, int command, int argument) {
        calls.add("fcntl " + fd + " " + command + " " + argument);
        return 0;
    }

    @Override
    public int dup(int fd) {
        throw notFaked("dup");
    }

    @Override
    public int dup2(int from, int to) {
        calls.add("dup2 " + from + " " + to);
        return to;
    }

    @Override
    public int pipe(int[] ends, int flags) {
        needMemory("pipe");
        ends[0] = nextFd++;
        ends[1] = nextFd++;
        return 0;
    }

    @Override
    public int poll(int[] descriptors, boolean[] ready, int milliseconds) {
        boolean something = !dead.isEmpty() || !control.isEmpty() || !signals.isEmpty();
        if (descriptors.length > 0 && something) return 1;
        if (milliseconds < 0) throw new AssertionError("nothing would ever come");
        nanos += milliseconds * 1_000_000L;
        return 0;
    }

    @Override
    public boolean pollUrgent(int fd) {
        boolean news = mountsChanged;
        mountsChanged = false;
        return news;
    }

    @Override
    public int stat(String path, FileStatus into) {
        long[] known = directories.get(path);
        if (!path.equals(".")) stats++;
        if (known != null) into.set(known[0], known[1], 0040755, 2, 0);
        else if (files.containsKey(path)) into.set(1, path.hashCode(), 0100644, 1, files.get(path).length);
        else if (fifos.containsKey(path)) into.set(fifos.get(path)[0], fifos.get(path)[1], 0010600, 1, 0);
        else if (files.containsKey(path)) into.set(1, path.hashCode(), 0100644, 1, 0);
        else return -Errno.ENOENT;
        into.setChanged(known != null && known.length > 2 ? known[2] : Arrays.hashCode(files.get(path)));
        return 0;
    }

    @Override
    public int stat(byte[] path, FileStatus into) {
        return stat(text(path), into);
    }

    /** A descriptor of ours is what a fifo named {@code fd N} is. */
    @Override
    public int fstat(int fd, FileStatus into) {
        if (fd == FILE) return stat(opened, into);
        return fifos.containsKey("fd " + fd) ? stat("fd " + fd, into) : -Errno.EBADF;
    }

    @Override
    public long statfs(String path) {
        return fileSystem;
    }

    @Override
    public int eaccess(String path, int mode) {
        throw notFaked("eaccess");
    }

    @Override
    public int mkdir(String path, int mode) {
        throw notFaked("mkdir");
    }

    @Override
    public int mkfifo(String path, int mode) {
        if (exists(path)) return -Errno.EEXIST;
        fifos.put(path, new long[] {1, path.hashCode()});
        return 0;
    }

    @Override
    public int rename(String from, String to) {
        files.put(to, files.remove(from));
        return 0;
    }

    @Override
    public int link(String existing, String created) {
        throw notFaked("link");
    }

    @Override
    public int link(String existing, byte[] created) {
        throw notFaked("link");
    }

    @Override
    public int unlink(String path) {
        return files.remove(path) != null || fifos.remove(path) != null ? 0 : -Errno.ENOENT;
    }

    @Override
    public int unlink(byte[] path) {
        throw notFaked("unlink");
    }

    @Override
    public int getdents64(int fd, byte[] entries) {
        needMemory("getdents64");
        int used = 0;
        while (nextEntry < listing.size() && used + ENTRY <= entries.length) {
            byte[] name = Bytes.terminated(listing.get(nextEntry++));
            entries[used + Abi.DIRENT_LENGTH] = (byte) ENTRY;
            entries[used + Abi.DIRENT_LENGTH + 1] = (byte) (ENTRY >> 8);
            System.arraycopy(name, 0, entries, used + Abi.DIRENT_NAME, name.length);
            used += ENTRY;
        }
        return used;
    }

    @Override
    public int chmod(String path, int mode) {
        return 0;
    }

    @Override
    public int readlink(String path, byte[] target) {
        String text = links.get(path);
        if (text == null) return -Errno.EINVAL;
        byte[] bytes = Bytes.of(text);
        int length = Math.min(bytes.length, target.length);
        System.arraycopy(bytes, 0, target, 0, length);
        return length;
    }

    @Override
    public int readlink(byte[] path, byte[] target) {
        needMemory("readlink");
        return readlink(text(path), target);
    }

    @Override
    public boolean hasAttribute(String path, String name) {
        return attributes.contains(path + " " + name);
    }

    @Override
    public boolean isThisProgram(String path) {
        throw notFaked("isThisProgram");
    }

    @Override
    public int listDirectory(String path, List<String> names) {
        names.addAll(listed);
        return 0;
    }

    @Override
    public int getpwnam(String account, int[] ids) {
        throw notFaked("getpwnam");
    }

    @Override
    public int setgroups(int[] gids) {
        throw notFaked("setgroups");
    }

    @Override
    public int setgid(int gid) {
        throw notFaked("setgid");
    }

    @Override
    public int setuid(int uid) {
        throw notFaked("setuid");
    }

    @Override
    public int getrlimit(int resource, long[] limits) {
        throw notFaked("getrlimit");
    }

    @Override
    public int setrlimit(int resource, long soft, long hard) {
        throw notFaked("setrlimit");
    }

    @Override
    public int setrlimitOnExec(int resource, long soft, long hard) {
        throw notFaked("setrlimitOnExec");
    }

    @Override
    public boolean hasLimitsOnExec() {
        throw notFaked("hasLimitsOnExec");
    }

    @Override
    public Words keep(List<String> words) {
        throw notFaked("keep");
    }

    @Override
    public int execve(String path, List<String> argv, List<String> environment) {
        throw notFaked("execve");
    }

    @Override
    public int prctl(int option, long argument) {
        calls.add("prctl " + option + " " + argument);
        return 0;
    }

    @Override
    public int pidfdOpen(int pid) {
        return nextFd++;
    }

    @Override
    public int unread(int fd) {
        throw notFaked("unread");
    }

    @Override
    public int inotifyInit(int flags) {
        throw notFaked("inotifyInit");
    }

    @Override
    public int inotifyAddWatch(int fd, String path, int mask) {
        throw notFaked("inotifyAddWatch");
    }

    @Override
    public int inotifyRmWatch(int fd, int watch) {
        throw notFaked("inotifyRmWatch");
    }

    @Override
    public int socketDatagram(String address) {
        calls.add("socket " + address);
        return nextFd++;
    }

    @Override
    public int receiveFrom(int fd, byte[] buffer, int[] senderPid) {
        senderPid[0] = sender;
        return incoming.containsKey(fd) ? take(fd, buffer) : -Errno.EAGAIN;
    }

    @Override
    public int sendTo(String address, byte[] datagram) {
        throw notFaked("sendTo");
    }

    @Override
    public boolean isatty(int fd) {
        throw notFaked("isatty");
    }

    @Override
    public int terminalSize(int fd, int[] columnsAndRows) {
        throw notFaked("terminalSize");
    }

    @Override
    public int terminalRaw(int fd, byte[] saved) {
        throw notFaked("terminalRaw");
    }

    @Override
    public int terminalRestore(int fd, byte[] saved) {
        throw notFaked("terminalRestore");
    }

    @Override
    public long mountFlags(String path) {
        throw notFaked("mountFlags");
    }
}

package daemontools.posix;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A kernel for tests of daemons: its children live until they are told to die, signals come when a test says so, and a control
 * fifo can be read and written.
 */
public class FakeLibC extends FakeFiles {
    /** The reading end of any control fifo. */
    public static final int CONTROL = 3;
    /** The signal descriptor. */
    public static final int SIGNALS = 4;

    /** What inotify events are read from. */
    public static final int WATCH = 7;
    /** The size of struct inotify_event without the name. */
    private static final int EVENT = 16;

    /** Whether nothing more goes into the control fifo. */
    public boolean controlIsFull;
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
    /** Whether a mount was made or undone since {@link #pollUrgent} was asked. */
    public boolean mountsChanged;
    /** The signals that have come. */
    public final Deque<Integer> signals = new ArrayDeque<>();
    /** Whether no child is left once the dead were waited for. */
    public boolean childless;
    /** What the kernel says of our start, by type; the others are zero. */
    public final Map<Integer, Long> auxiliary = new HashMap<>();

    /** What {@link #flock} returns. */
    public int lockError;
    /** The directories that are watched, in the order of their numbers; null where there is no inotify. */
    public List<String> watched = new ArrayList<>();

    private String controlled = "";
    private int nextPid = 100;
    private int nextFd = 10;

    /** The end of the process, or of the child, that is tested. */
    public static final class Exit extends RuntimeException {
        Exit(int code) {
            super("exit " + code);
        }
    }

    @Override
    public void setEnvironment(List<String> entries) {
        calls.add("environment " + entries);
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
    public int setsid() {
        calls.add("setsid");
        return 0;
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
    public int prctl(int option, long argument) {
        calls.add("prctl " + option + " " + argument);
        return 0;
    }

    @Override
    public int pidfdOpen(int pid) {
        return nextFd++;
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
        if (path.equals(refused) || !links.getOrDefault(path, path).contains("/control") || (flags & O_DIRECTORY) != 0)
            return super.open(path, flags, mode);
        controlled = path;
        return CONTROL;
    }

    @Override
    public int read(int fd, byte[] buffer, int offset, int count) {
        if (incoming.containsKey(fd)) return take(fd, buffer);
        if (fd != CONTROL || control.isEmpty()) return super.read(fd, buffer, offset, count);
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
        if (fd != CONTROL) return super.write(fd, buffer, offset, count);
        if (controlIsFull) return -Errno.EAGAIN;
        calls.add("write " + Bytes.string(buffer, offset, count) + " to " + controlled);
        return count;
    }

    @Override
    public int fcntl(int fd, int command, int argument) {
        calls.add("fcntl " + fd + " " + command + " " + argument);
        return 0;
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
        for (int i = 0; i < descriptors.length; i++) {
            Deque<String> texts = incoming.get(descriptors[i]);
            ready[i] = texts != null && !texts.isEmpty();
            something |= ready[i];
        }
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
    public boolean isIgnored(int signal) {
        return false;
    }

    @Override
    public int flock(int fd, int operation) {
        return lockError;
    }

    @Override
    public int inotifyInit(int flags) {
        return WATCH;
    }

    @Override
    public int inotifyAddWatch(int fd, String path, int mask) {
        if (watched == null) return -Errno.ENOSPC;
        if (!watched.contains(path)) watched.add(path);
        return watched.indexOf(path) + 1;
    }

    /** Has a file in a watched directory change. */
    public void change(String path, String file) {
        byte[] event = Arrays.copyOf(new byte[] {(byte) (watched.indexOf(path) + 1)}, EVENT + file.length() + 1);
        event[EVENT - 4] = (byte) (file.length() + 1);
        System.arraycopy(Bytes.of(file), 0, event, EVENT, file.length());
        incoming.computeIfAbsent(WATCH, fd -> new ArrayDeque<>()).add(Bytes.string(event, 0, event.length));
    }
}

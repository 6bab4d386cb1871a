package daemontools.multilog;

import daemontools.posix.Bytes;
import daemontools.posix.Errno;
import daemontools.posix.FileStatus;
import daemontools.posix.JnaLibC;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The real kernel with another standard input, signals and standard error, where some calls can be made to fail and pauses
 * take no time.
 */
final class Kernel extends JnaLibC {
    private static final int STANDARD_ERROR = 2;
    private static final int SIGNALS = 1000;
    private static final int MOST_ERRORS = 4000;
    private static final int REGULAR_FILE = 0100000;

    private final Deque<byte[]> input = new ArrayDeque<>();
    private final Map<Integer, List<Integer>> signalsBeforeRead = new HashMap<>();
    private final Map<String, Deque<Integer>> failures = new HashMap<>();
    private final StringBuilder errors = new StringBuilder();
    private final Set<Integer> opened = new HashSet<>();
    private boolean inputIsFile;
    private int reads;
    private int writes;
    /** How much of the first piece has been read. */
    private int taken;

    private long pausedNanos;

    /** The whole input, as a file. */
    Kernel file(String content) {
        return file(content, 1);
    }

    /** The whole input, as a file that holds a text so many times; each is read separately. */
    Kernel file(String content, int times) {
        inputIsFile = true;
        input.addAll(Collections.nCopies(times, Bytes.of(content)));
        return this;
    }

    /** What a pipe's reads give, one after the other. */
    Kernel pipe(String... pieces) {
        for (String piece : pieces) input.add(Bytes.of(piece));
        return this;
    }

    /** A signal comes while multilog waits for its read of a number, from 0. */
    Kernel signal(int number, int read) {
        signalsBeforeRead.computeIfAbsent(read, any -> new ArrayList<>()).add(number);
        return this;
    }

    /** The next calls of write, rename, fsync, chmod or getdents64 fail with an errno number each. */
    Kernel failing(String verb, int... errors) {
        Deque<Integer> queue = failures.computeIfAbsent(verb, any -> new ArrayDeque<>());
        for (int error : errors) queue.add(error);
        return this;
    }

    String errors() {
        return errors.toString();
    }

    /** How often something was written. */
    int writes() {
        return writes;
    }

    /** What was not read. */
    String rest() {
        StringBuilder rest = new StringBuilder();
        for (byte[] piece : input) rest.append(Bytes.string(piece, 0, piece.length));
        return rest.substring(taken);
    }

    /** What the end of the process does. */
    void closeDescriptors() {
        opened.forEach(super::close);
    }

    /** The error that is next for a call, zero when it is to be made. */
    private int error(String verb) {
        Deque<Integer> queue = failures.get(verb);
        return queue == null || queue.isEmpty() ? 0 : -queue.remove();
    }

    @Override
    public int open(String path, int flags, int mode) {
        return opened(super.open(path, flags, mode));
    }

    @Override
    public int open(byte[] path, int flags, int mode) {
        return opened(super.open(path, flags, mode));
    }

    private int opened(int fd) {
        opened.add(fd);
        return fd;
    }

    @Override
    public int close(int fd) {
        opened.remove(fd);
        return super.close(fd);
    }

    @Override
    public int read(int fd, byte[] buffer, int offset, int count) {
        reads++;
        if (input.isEmpty()) return 0;
        byte[] piece = input.element();
        int n = Math.min(count, piece.length - taken);
        System.arraycopy(piece, taken, buffer, offset, n);
        taken += n;
        if (taken == piece.length) {
            input.remove();
            taken = 0;
        }
        return n;
    }

    @Override
    public int write(int fd, byte[] buffer, int offset, int count) {
        writes++;
        if (fd == STANDARD_ERROR) return complain(Bytes.string(buffer, offset, count));
        int error = error("write");
        return error < 0 ? error : super.write(fd, buffer, offset, count);
    }

    private int complain(String text) {
        errors.append(text);
        if (errors.length() > MOST_ERRORS) throw new AssertionError("goes on for ever: " + errors);
        return text.length();
    }

    @Override
    public int fsync(int fd) {
        int error = error("fsync");
        return error < 0 ? error : super.fsync(fd);
    }

    @Override
    public int rename(String from, String to) {
        int error = error("rename");
        return error < 0 ? error : super.rename(from, to);
    }

    @Override
    public int chmod(String path, int mode) {
        int error = error("chmod");
        return error < 0 ? error : super.chmod(path, mode);
    }

    @Override
    public int getdents64(int fd, byte[] entries) {
        int error = error("getdents64");
        return error < 0 ? error : super.getdents64(fd, entries);
    }

    @Override
    public int fstat(int fd, FileStatus status) {
        if (!inputIsFile) return -Errno.EINVAL;
        status.set(0, 0, REGULAR_FILE, 1, 0);
        return 0;
    }

    @Override
    public int signalDescriptor(long signals) {
        return SIGNALS;
    }

    @Override
    public int nextSignal(int signalDescriptor) {
        List<Integer> waiting = signalsBeforeRead.getOrDefault(reads, new ArrayList<>());
        return waiting.isEmpty() ? 0 : waiting.removeFirst();
    }

    @Override
    public int poll(int[] descriptors, boolean[] ready, int milliseconds) {
        if (descriptors.length == 0) {
            pausedNanos += milliseconds * 1_000_000L;
            return 0;
        }
        ready[0] = !signalsBeforeRead.getOrDefault(reads, List.of()).isEmpty();
        if (ready.length > 1) ready[1] = true;
        return 1;
    }

    @Override
    public long clockGettime(int clock) {
        return super.clockGettime(clock) + pausedNanos;
    }
}

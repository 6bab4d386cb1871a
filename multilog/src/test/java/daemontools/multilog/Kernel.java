package daemontools.multilog;

import daemontools.posix.Bytes;
import daemontools.posix.Errno;
import daemontools.posix.FileStatus;
import daemontools.posix.JnaLibC;
import daemontools.posix.LibC;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
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
 * The real libc with another standard input, signals and standard error, where calls can be made to fail and pauses take
 * no time.
 */
final class Kernel {
    private static final int SIGNALS = 1000;
    private static final int MOST_ERRORS = 4000;
    private static final int REGULAR_FILE = 0100000;

    private final LibC real = new JnaLibC();
    private final Deque<byte[]> input = new ArrayDeque<>();
    private final Map<Integer, List<Integer>> signalsBeforeRead = new HashMap<>();
    private final Map<String, Deque<Integer>> failures = new HashMap<>();
    private final StringBuilder errors = new StringBuilder();
    private final List<String> calls = new ArrayList<>();
    private final Set<Integer> opened = new HashSet<>();
    private boolean inputIsFile;
    private int reads;
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

    /** The next calls of a verb fail with an errno number each. */
    Kernel failing(String verb, int... errors) {
        Deque<Integer> queue = failures.computeIfAbsent(verb, any -> new ArrayDeque<>());
        for (int error : errors) queue.add(error);
        return this;
    }

    String errors() {
        return errors.toString();
    }

    /** The calls that were made, by name. */
    List<String> calls() {
        return calls;
    }

    /** What was not read. */
    String rest() {
        StringBuilder rest = new StringBuilder();
        for (byte[] piece : input) rest.append(Bytes.string(piece, 0, piece.length));
        return rest.substring(taken);
    }

    /** What the end of the process does. */
    void closeDescriptors() {
        opened.forEach(real::close);
    }

    LibC libc() {
        return (LibC) Proxy.newProxyInstance(
                LibC.class.getClassLoader(), new Class<?>[] {LibC.class}, (proxy, method, arguments) -> {
                    try {
                        return call(method.getName(), arguments, () -> method.invoke(real, arguments));
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private interface RealCall {
        Object make() throws Exception;
    }

    private Object call(String verb, Object[] arguments, RealCall realCall) throws Exception {
        calls.add(verb);
        Deque<Integer> queue = failures.get(verb);
        boolean ours = arguments != null && arguments[0] instanceof Integer fd && fd <= 2;
        if (queue != null && !queue.isEmpty() && !ours) return -queue.remove();
        return switch (verb) {
            case "open" -> opened(realCall.make());
            case "close" -> closed((int) arguments[0], realCall.make());
            case "signalDescriptor" -> SIGNALS;
            case "nextSignal" -> nextSignal();
            case "poll" -> poll((int[]) arguments[0], (boolean[]) arguments[1], (int) arguments[2]);
            case "clockGettime" -> (long) realCall.make() + pausedNanos;
            case "read" -> read((byte[]) arguments[1], (int) arguments[2], (int) arguments[3]);
            case "write" -> ours ? standardError(arguments) : realCall.make();
            case "fstat" -> fstat((FileStatus) arguments[1]);
            default -> realCall.make();
        };
    }

    private Object opened(Object fd) {
        opened.add((int) fd);
        return fd;
    }

    private Object closed(int fd, Object result) {
        opened.remove(fd);
        return result;
    }

    private int nextSignal() {
        List<Integer> waiting = signalsBeforeRead.getOrDefault(reads, new ArrayList<>());
        return waiting.isEmpty() ? 0 : waiting.removeFirst();
    }

    private int poll(int[] descriptors, boolean[] ready, int milliseconds) {
        if (descriptors.length == 0) {
            pausedNanos += milliseconds * 1_000_000L;
            return 0;
        }
        ready[0] = !signalsBeforeRead.getOrDefault(reads, List.of()).isEmpty();
        if (ready.length > 1) ready[1] = true;
        return 1;
    }

    private int read(byte[] buffer, int offset, int count) {
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

    private int standardError(Object[] arguments) {
        int count = (int) arguments[3];
        errors.append(Bytes.string((byte[]) arguments[1], (int) arguments[2], count));
        if (errors.length() > MOST_ERRORS) throw new AssertionError("goes on for ever: " + errors);
        return count;
    }

    private int fstat(FileStatus status) {
        if (!inputIsFile) return -Errno.EINVAL;
        status.set(0, 0, REGULAR_FILE, 1, 0);
        return 0;
    }
}

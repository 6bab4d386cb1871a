package daemontools.bench;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;

/**
 * A command line, ready to be started any number of times: all that can be prepared is, so that a measurement holds
 * little else than the program itself.
 */
final class Program {
    static final Path NOTHING = Path.of("/dev/null");

    private final List<String> words;
    private final int expected;
    private final MemorySegment path;
    private final MemorySegment setup;
    private final MemorySegment argv;
    private final MemorySegment environment;
    private final MemorySegment pid = Arena.global().allocate(JAVA_INT);

    /**
     * @param words the path of the program, and its arguments
     * @param environment words NAME=VALUE
     * @param directory where it runs
     * @param input what it reads; its output and its messages go nowhere
     * @param expected the exit code without which a measurement means nothing
     */
    Program(List<String> words, List<String> environment, Path directory, Path input, int expected) {
        this.words = words;
        this.expected = expected;
        this.path = Posix.string(words.getFirst());
        this.setup = Posix.childSetup(List.of("" + input, "" + NOTHING, "" + NOTHING), directory.toString());
        this.argv = Posix.strings(words);
        this.environment = Posix.strings(environment);
    }

    /** Starts it, for a daemon that {@link Scratch} ends. */
    int start() {
        return Posix.spawn(pid, path, setup, argv, environment);
    }

    /** Runs it once and returns the nanoseconds from before its start to after its end. */
    double nanos() {
        long begin = System.nanoTime();
        int code = Posix.await(start());
        long end = System.nanoTime();
        check(code);
        return end - begin;
    }

    /** Runs it once and returns what the kernel charged for that. */
    Posix.Usage usage() {
        check(Posix.await(start()));
        return Posix.usage();
    }

    private void check(int code) {
        if (code == expected) return;
        throw new IllegalStateException(String.join(" ", words) + ": exit code " + code + ", not " + expected);
    }
}

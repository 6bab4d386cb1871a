package daemontools.common;

import daemontools.posix.LibC;
import java.util.List;

/**
 * How a command was called: the words of its command line, argv[0] first, one byte a char, and the kernel it runs on.
 */
public record Invocation(LibC libc, List<String> argv) {
    /** argv[0] after its last slash: what option errors name (spec 1.4). */
    public String baseName() {
        return argv.isEmpty() ? "" : baseName(argv.getFirst());
    }

    /** The part of a path after its last slash. */
    public static String baseName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The words after argv[0]. */
    public List<String> operands() {
        return argv.isEmpty() ? argv : argv.subList(1, argv.size());
    }
}

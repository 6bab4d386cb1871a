package daemontools.common;

import daemontools.posix.Errno;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Finding a program by PATH, as 0.76 does (spec 1.5): there is no fallback to a shell. */
public final class PathSearch {
    private static final String DEFAULT_PATH = "/bin:/usr/bin";

    private PathSearch() {}

    /** Tries a program at each of its {@link #places}, as the other method does. */
    public static int run(String program, @Nullable String path, ToIntFunction<String> attempt) {
        return run(places(program, path), attempt);
    }

    /**
     * The paths at which a program may be.
     *
     * @param program a name to look for, or a path (with a slash) that is the only place
     * @param path the value of PATH, null when it is not set; an empty element is the current directory
     */
    public static List<String> places(String program, @Nullable String path) {
        if (program.indexOf('/') >= 0) return List.of(program);
        List<String> places = new ArrayList<>();
        String elements = path != null ? path : DEFAULT_PATH;
        for (int start = 0; start <= elements.length(); ) {
            int colon = elements.indexOf(':', start);
            int end = colon < 0 ? elements.length() : colon;
            places.add((end == start ? "." : elements.substring(start, end)) + "/" + program);
            start = end + 1;
        }
        return places;
    }

    /**
     * Tries a program at each of its {@link #places}, until one attempt succeeds or fails for good. Takes no memory.
     *
     * @param attempt executes the program at a path; negative errno numbers are failures
     * @return what the last attempt returned, or the error to report when all have failed
     */
    public static int run(List<String> places, ToIntFunction<String> attempt) {
        int toReport = -Errno.ENOENT;
        for (int i = 0; i < places.size(); i++) {
            int result = attempt.applyAsInt(places.get(i));
            switch (-result) {
                case Errno.ENOENT -> {}
                case Errno.EACCES, Errno.EPERM, Errno.EISDIR -> toReport = result;
                default -> {
                    return result;
                }
            }
        }
        return toReport;
    }
}

package daemontools.common;

import daemontools.posix.Errno;
import java.util.function.ToIntFunction;

/** Finding a program by PATH, as 0.76 does (spec 1.5): there is no fallback to a shell. */
public final class PathSearch {
    private static final String DEFAULT_PATH = "/bin:/usr/bin";

    private PathSearch() {}

    /**
     * Tries a program at each place it may be at, until one attempt succeeds or fails for good.
     *
     * @param program a name to look for, or a path (with a slash) that is tried alone
     * @param path the value of PATH, null when it is not set; an empty element is the current directory
     * @param attempt executes the program at a path; negative errno numbers are failures
     * @return what the last attempt returned, or the error to report when all have failed
     */
    public static int run(String program, String path, ToIntFunction<String> attempt) {
        if (program.indexOf('/') >= 0) return attempt.applyAsInt(program);
        int toReport = -Errno.ENOENT;
        String elements = path != null ? path : DEFAULT_PATH;
        for (int start = 0; start <= elements.length(); ) {
            int colon = elements.indexOf(':', start);
            int end = colon < 0 ? elements.length() : colon;
            String element = end == start ? "." : elements.substring(start, end);
            int result = attempt.applyAsInt(element + "/" + program);
            switch (-result) {
                case Errno.ENOENT -> {}
                case Errno.EACCES, Errno.EPERM, Errno.EISDIR -> toReport = result;
                default -> {
                    return result;
                }
            }
            start = end + 1;
        }
        return toReport;
    }
}

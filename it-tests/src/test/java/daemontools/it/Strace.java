package daemontools.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** strace, which lets the kernel refuse a call or send a signal just when a command makes a call. */
final class Strace {
    private Strace() {}

    /** Skips the test where strace is not there, or may not trace. */
    static void assumeAvailable() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            Result able = stage.sh("strace -f -o /dev/null -e inject=mkdir:error=EIO true");
            assumeTrue(able.code() == 0, "strace cannot trace: " + able.err());
        }
    }

    /**
     * The shell function {@code traced COMMAND}, with an injection as in strace's manual.
     *
     * @param paths the only files whose calls count, by the names that the command uses; nothing for all calls
     */
    static String traced(String injection, String paths) {
        String only = paths == null ? "" : " -P " + paths.replace(" ", " -P ");
        return "traced() { strace -f -qqq -o /dev/null -e inject=" + injection + only + " \"$@\"; }\n";
    }

    /** It tells where a path leads, and cannot be asked not to. */
    static String withoutItsWords(String text) {
        return text.replaceAll("strace: Requested path .*\n", "");
    }
}

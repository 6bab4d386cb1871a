package daemontools.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Programs of other packages, for tests that let ours work with them: Debian's, unpacked into {@code target/daemons} and
 * never installed, or else the machine's own.
 */
final class Packaged {
    private static final Path UNPACKED =
            Path.of(System.getProperty("daemontools.daemons")).toAbsolutePath();

    private Packaged() {}

    /** Where a program lies: an empty text is the machine's root. Skips the test, under its own name, where it cannot run. */
    static String rootOf(String program) throws Exception {
        for (String root : new String[] {UNPACKED.toString(), ""}) {
            if (Files.isExecutable(Path.of(root + "/" + program)) && hasItsLibraries(root, program)) return root;
        }
        assumeTrue(false, program + " is not there");
        throw new AssertionError();
    }

    private static boolean hasItsLibraries(String root, String program) throws Exception {
        String script = setUp(root) + "! ldd $D/" + program + " | grep -q 'not found'";
        return new ProcessBuilder("/bin/sh", "-c", script).start().waitFor() == 0;
    }

    /** Lines of a shell script: programs below {@code $D} find their libraries, which are below {@code $L}. */
    static String setUp(String root) {
        return "D=" + root + "; L=$D/usr/lib/$(uname -m)-linux-gnu; export D L LD_LIBRARY_PATH=$L\n";
    }
}

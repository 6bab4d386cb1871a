package daemontools.envtools;

import java.util.List;

/** The end of a loader without an exec: this process goes on as the command that the words call (see {@link Chain}). */
public final class HandOver extends RuntimeException {
    private final List<String> argv;

    HandOver(List<String> argv) {
        super(null, null, false, false);
        this.argv = argv;
    }

    /** The words of the next command line, argv[0] first. */
    public List<String> argv() {
        return argv;
    }
}

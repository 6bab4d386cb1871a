package daemontools.common;

import java.util.List;

/** The end of a command that another one of the suite follows in the same process, as if there were an exec between them. */
public final class HandOver extends RuntimeException {
    private final List<String> argv;

    /** The words of the next command line, argv[0] first. */
    public HandOver(List<String> argv) {
        super(null, null, false, false);
        this.argv = argv;
    }

    public List<String> argv() {
        return argv;
    }
}

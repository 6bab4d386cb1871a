package daemontools.common;

import daemontools.posix.Errno;
import daemontools.posix.LibC;

/**
 * What a command says of trouble: {@code NAME: fatal: text} and {@code NAME: warning: text}, with {@code : REASON} where
 * a system call failed (spec 1.2). NAME is the command's own name, however it was called.
 */
public final class Diagnostics {
    private static final int STANDARD_ERROR = 2;

    private final LibC libc;
    private final String program;

    public Diagnostics(LibC libc, String program) {
        this.libc = libc;
        this.program = program;
    }

    /** Exit 111. */
    public Failure fatal(String text) {
        return new Failure(Failure.SYSTEM, program + ": fatal: " + text);
    }

    /** Exit 111; {@code error} is what the {@link LibC} call returned. */
    public Failure fatal(String text, int error) {
        return fatal(text + ": " + Errno.text(error));
    }

    /** Exit 100: {@code NAME: usage: NAME synopsis}. */
    public Failure usage(String synopsis) {
        return new Failure(Failure.USAGE, program + ": usage: " + program + " " + synopsis);
    }

    public void warn(String text) {
        print(libc, program + ": warning: " + text);
    }

    public void warn(String text, int error) {
        warn(text + ": " + Errno.text(error));
    }

    /** Writes a line to descriptor 2, in one piece so that lines of several processes do not mix; trouble is ignored. */
    public static void print(LibC libc, String line) {
        Output.writeAll(libc, STANDARD_ERROR, line + "\n");
    }
}

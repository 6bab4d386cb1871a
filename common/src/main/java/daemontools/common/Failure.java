package daemontools.common;

/** The end of a command that cannot do its work: what it says on descriptor 2, and its exit code. */
public final class Failure extends RuntimeException {
    /** Wrong usage (spec 1.1). */
    public static final int USAGE = 100;
    /** Trouble with a system call (spec 1.1). */
    public static final int SYSTEM = 111;

    private final int exitCode;
    private final String message;

    /** The message is one or more whole lines, without the last newline; an empty one is not printed. */
    public Failure(int exitCode, String message) {
        super(message, null, false, false);
        this.message = message;
        this.exitCode = exitCode;
    }

    @Override
    public String getMessage() {
        return message;
    }

    public int exitCode() {
        return exitCode;
    }
}

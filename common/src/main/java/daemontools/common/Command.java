package daemontools.common;

/** One command of the suite. */
public interface Command {
    /** What {@code --help} prints: the usage, what the command is for, and a line for each option; whole lines. */
    String help();

    /**
     * Does the command's work and returns its exit code; never ends the process itself.
     *
     * @throws Failure when the work cannot be done: the caller prints the message and exits with the code
     * @throws HandOver when this process is to become another command of the suite: the caller runs that one
     */
    int run(Invocation invocation);
}

package daemontools.svscan;

import daemontools.posix.ChildSetup;
import org.jspecify.annotations.Nullable;

/** A supervise that is to run: how it is started, and while it runs its pid. */
final class Child {
    /** Until {@link #prepare} says how. */
    private static final ChildSetup UNKNOWN = new ChildSetup(0, 0);

    private String name = "";
    private String operand = "";
    private ChildSetup setup = UNKNOWN;
    private int pid;
    private @Nullable Child next;

    /**
     * Decides how it is started.
     *
     * @param name its service directory, seen from ours
     * @param operand the same, seen from where it is started
     */
    void prepare(String name, String operand, ChildSetup setup) {
        this.name = name;
        this.operand = operand;
        this.setup = setup;
    }

    /** The name of its service directory in messages. */
    String name() {
        return name;
    }

    /** The operand that it is started with: its service directory. */
    String operand() {
        return operand;
    }

    ChildSetup setup() {
        return setup;
    }

    boolean isRunning() {
        return pid != 0;
    }

    int pid() {
        return pid;
    }

    void setPid(int pid) {
        this.pid = pid;
    }

    /** The next one in a chain of {@link RunningChildren}. */
    @Nullable
    Child next() {
        return next;
    }

    void setNext(@Nullable Child next) {
        this.next = next;
    }
}

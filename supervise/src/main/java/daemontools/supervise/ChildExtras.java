package daemontools.supervise;

import daemontools.posix.ChildSetup;
import daemontools.posix.LibC;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a child is to differ in from supervise, where files of the service directory ask for it. */
final class ChildExtras {
    /** A plain child. */
    static final ChildExtras NONE = new ChildExtras();

    private static final int NO_DESCRIPTOR = -1;

    private boolean leadsSession;
    private @Nullable ProcessRecord record;
    private int descriptor = NO_DESCRIPTOR;
    private int number;
    private String[] variables = {};

    /** Whether it leads a session and a process group of its own. */
    ChildExtras leadingSession(boolean leads) {
        leadsSession = leads;
        return this;
    }

    /** Where the child is noted before it executes its program, null for nowhere. */
    ChildExtras notedIn(@Nullable ProcessRecord where) {
        record = where;
        return this;
    }

    /** Gives it a descriptor of ours under another number; none where it is -1. */
    ChildExtras with(int ours, int its) {
        descriptor = ours;
        number = its;
        return this;
    }

    /** Adds variables, {@code NAME=VALUE} each, to its environment, in the place of those of the same names. */
    ChildExtras with(String... entries) {
        variables = entries;
        return this;
    }

    /**
     * Done by the child itself. Its descriptor comes last, because it may take the number of one that we need; returns
     * the error that this meets, if any.
     */
    int applyTo(LibC libc) {
        if (leadsSession) libc.setsid();
        if (record != null) record.write(libc.getpid());
        if (variables.length > 0) libc.setEnvironment(withVariables(libc.environment()));
        if (descriptor < 0) return 0;
        return descriptor == number ? libc.fcntl(number, LibC.F_SETFD, 0) : libc.dup2(descriptor, number);
    }

    // ---- on the JVM ----

    /** The environment for {@link LibC#spawn}. */
    String @Nullable [] environment(LibC libc) {
        return variables.length == 0 ? null : withVariables(libc.environment()).toArray(new String[0]);
    }

    ChildSetup setup(long defaultSignals, long blockedSignals) {
        int[] descriptors = descriptor < 0 ? new int[0] : new int[] {descriptor, number};
        ChildSetup setup = new ChildSetup(defaultSignals, blockedSignals, descriptors);
        return leadsSession ? setup.leadingSession() : setup;
    }

    /** What the child would have done, were there a moment in which it could. */
    void started(int pid) {
        if (record != null && pid > 0) record.write(pid);
    }

    private List<String> withVariables(List<String> environment) {
        List<String> entries = new ArrayList<>();
        for (String entry : environment) {
            if (!isReplaced(entry)) entries.add(entry);
        }
        entries.addAll(List.of(variables));
        return entries;
    }

    private boolean isReplaced(String entry) {
        for (String variable : variables) {
            if (entry.startsWith(variable.substring(0, variable.indexOf('=') + 1))) return true;
        }
        return false;
    }
}

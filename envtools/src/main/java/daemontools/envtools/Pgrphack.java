package daemontools.envtools;

import daemontools.common.Diagnostics;
import daemontools.common.Invocation;
import daemontools.posix.LibC;
import java.util.List;

/** {@code pgrphack child [arg ...]}: runs a program in a session and process group of its own (spec 9). */
public final class Pgrphack implements Loader {
    @Override
    public String help() {
        return """
                usage: pgrphack program [arg ...]
                Runs a program in a session and a process group of its own.
                """;
    }

    @Override
    public int run(Invocation invocation) {
        LibC libc = invocation.libc();
        Diagnostics say = new Diagnostics(libc, "pgrphack");
        List<String> operands = invocation.operands();
        if (operands.isEmpty()) throw say.usage("child");

        libc.setsid(); // fails for the leader of a process group; the program runs all the same
        return PathExec.become(libc, say, operands, PathExec.SAME_ENVIRONMENT);
    }
}

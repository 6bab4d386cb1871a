package daemontools.envtools;

import daemontools.common.Diagnostics;
import daemontools.common.Invocation;
import daemontools.posix.LibC;
import java.util.List;

/** {@code envuidgid account child [arg ...]}: runs a program with an account's ids in GID and UID (spec 15). */
public final class Envuidgid implements Loader {
    @Override
    public String help() {
        return """
                usage: envuidgid account program [arg ...]
                Runs a program with an account's numeric user and group in the variables UID and GID.
                """;
    }

    @Override
    public int run(Invocation invocation) {
        LibC libc = invocation.libc();
        Diagnostics say = new Diagnostics(libc, "envuidgid");
        List<String> operands = invocation.operands();
        if (operands.size() < 2) throw say.usage("account child");

        Account account = Account.named(libc, say, operands.getFirst());
        ChangedEnvironment environment = new ChangedEnvironment(libc.environment());
        environment.set("GID", Integer.toUnsignedString(account.gid()));
        environment.set("UID", Integer.toUnsignedString(account.uid()));
        return PathExec.become(libc, say, operands.subList(1, operands.size()), environment);
    }
}

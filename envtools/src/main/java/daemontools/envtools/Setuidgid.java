package daemontools.envtools;

import daemontools.common.Diagnostics;
import daemontools.common.Invocation;
import daemontools.posix.LibC;
import java.util.List;

/** {@code setuidgid account child [arg ...]}: runs a program as an account, in its primary group alone (spec 14). */
public final class Setuidgid implements Loader {
    @Override
    public String help() {
        return """
                usage: setuidgid account program [arg ...]
                Runs a program as an account's user, in its primary group alone. Needs root.
                """;
    }

    @Override
    public int run(Invocation invocation) {
        LibC libc = invocation.libc();
        Diagnostics say = new Diagnostics(libc, "setuidgid");
        List<String> operands = invocation.operands();
        if (operands.size() < 2) throw say.usage("account child");

        Account account = Account.named(libc, say, operands.getFirst());
        int error = libc.setgroups(new int[] {account.gid()});
        if (error == 0) error = libc.setgid(account.gid());
        if (error < 0) throw say.fatal("unable to setgid", error);
        error = libc.setuid(account.uid());
        if (error < 0) throw say.fatal("unable to setuid", error);
        return PathExec.become(libc, say, operands.subList(1, operands.size()), PathExec.SAME_ENVIRONMENT);
    }
}

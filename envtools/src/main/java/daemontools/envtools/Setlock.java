package daemontools.envtools;

import daemontools.common.Diagnostics;
import daemontools.common.Failure;
import daemontools.common.Invocation;
import daemontools.common.OptionReader;
import daemontools.posix.LibC;
import java.util.List;

/** {@code setlock [-nNxX] file program [arg ...]}: runs a program that holds a lock on a file (spec 18). */
public final class Setlock implements Loader {
    private static final String SYNOPSIS = "[ -nNxX ] file program [ arg ... ]";
    private static final OptionReader OPTIONS = new OptionReader("nNxX", "", "setlock: usage: setlock " + SYNOPSIS);

    private boolean wait = true;
    private boolean silent;

    @Override
    public String help() {
        return """
                usage: setlock [-nNxX] file program [arg ...]
                Runs a program with a lock on a file, which is made where it is missing.
                  -n         fail if the file is locked
                  -N         wait until the file can be locked (the default)
                  -x         exit 0 without a word if the file cannot be opened or locked
                  -X         say so, and exit 111 (the default)
                """;
    }

    @Override
    public int run(Invocation invocation) {
        LibC libc = invocation.libc();
        Diagnostics say = new Diagnostics(libc, "setlock");
        List<String> operands = OPTIONS.read(invocation, (letter, none) -> option(letter));
        if (operands.size() < 2) throw say.usage(SYNOPSIS);

        String file = operands.getFirst();
        int fd = libc.open(file, LibC.O_WRONLY | LibC.O_NONBLOCK | LibC.O_APPEND | LibC.O_CREAT, 0600);
        if (fd < 0) throw trouble(say.fatal("unable to open " + file, fd));
        int error = libc.flock(fd, wait ? LibC.LOCK_EX : LibC.LOCK_EX | LibC.LOCK_NB);
        if (error < 0) throw trouble(say.fatal("unable to lock " + file, error));
        FreeDescriptors.moveToLowest(libc, fd);
        return PathExec.become(libc, say, operands.subList(1, operands.size()), PathExec.SAME_ENVIRONMENT);
    }

    private void option(char letter) {
        switch (letter) {
            case 'n' -> wait = false;
            case 'N' -> wait = true;
            case 'x' -> silent = true;
            default -> silent = false;
        }
    }

    private Failure trouble(Failure failure) {
        return silent ? new Failure(0, "") : failure;
    }
}

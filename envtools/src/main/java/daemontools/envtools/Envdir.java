package daemontools.envtools;

import daemontools.common.Diagnostics;
import daemontools.common.Failure;
import daemontools.common.Invocation;
import daemontools.posix.DirectoryReader;
import daemontools.posix.LibC;
import java.util.ArrayList;
import java.util.List;

/** {@code envdir dir child [arg ...]}: runs a program with an environment from the files of a directory (spec 16). */
public final class Envdir implements Loader {
    @Override
    public String help() {
        return """
                usage: envdir dir program [arg ...]
                Runs a program with a variable for each file of a directory: the file's first line. An empty file unsets its variable.
                """;
    }

    @Override
    public int run(Invocation invocation) {
        LibC libc = invocation.libc();
        Diagnostics say = new Diagnostics(libc, "envdir");
        List<String> operands = invocation.operands();
        if (operands.size() < 2) {
            // As in 0.76: for other commands wrong usage is 100.
            throw new Failure(Failure.SYSTEM, say.usage("dir child").getMessage());
        }

        ChangedEnvironment environment = new ChangedEnvironment(libc.environment());
        int start = libc.open(".", LibC.O_RDONLY | LibC.O_NONBLOCK | LibC.O_CLOEXEC, 0);
        if (start < 0) throw say.fatal("unable to switch to current directory", start);
        readDirectory(libc, say, operands.getFirst(), environment);
        int error = libc.fchdir(start);
        if (error < 0) throw say.fatal("unable to switch to starting directory", error);
        libc.close(start);
        return PathExec.become(libc, say, operands.subList(1, operands.size()), environment);
    }

    private static void readDirectory(LibC libc, Diagnostics say, String directory, ChangedEnvironment environment) {
        int error = libc.chdir(directory);
        if (error < 0) throw say.fatal("unable to switch to directory " + directory, error);
        List<String> names = new ArrayList<>();
        error = DirectoryReader.list(libc, ".", names);
        if (error < 0) throw say.fatal("unable to read directory " + directory, error);

        VariableFile file = new VariableFile(libc);
        for (String name : names) {
            if (name.startsWith(".")) continue;
            error = file.read(name);
            if (error < 0) throw say.fatal("unable to read " + directory + "/" + name, error);
            if (file.isEmpty()) environment.unset(name);
            else environment.set(name, file.value());
        }
    }
}

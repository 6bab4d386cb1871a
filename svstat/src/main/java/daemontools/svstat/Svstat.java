package daemontools.svstat;

import daemontools.common.Command;
import daemontools.common.Diagnostics;
import daemontools.common.Invocation;
import daemontools.common.Output;
import daemontools.common.StartDirectory;
import daemontools.posix.LibC;

/** {@code svstat [dir ...]}: prints a line about the state of each service (spec 7). */
public final class Svstat implements Command {
    private static final int STANDARD_OUTPUT = 1;
    private static final int BUFFER = 1024;

    @Override
    public String help() {
        return """
                usage: svstat [dir ...]
                Prints a line about the state of the service in each service directory.
                """;
    }

    @Override
    public int run(Invocation invocation) {
        LibC libc = invocation.libc();
        StartDirectory start = StartDirectory.open(libc, new Diagnostics(libc, "svstat"));
        StringBuilder output = new StringBuilder();
        for (String directory : invocation.operands()) {
            output.append(directory)
                    .append(": ")
                    .append(ServiceReport.of(libc, directory))
                    .append('\n');
            if (output.length() >= BUFFER) flush(libc, output);
            start.goBack();
        }
        flush(libc, output);
        return 0;
    }

    private static void flush(LibC libc, StringBuilder output) {
        Output.writeAll(libc, STANDARD_OUTPUT, output.toString());
        output.setLength(0);
    }
}

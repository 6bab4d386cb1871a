package daemontools.svstat;

import daemontools.common.Command;
import daemontools.common.Diagnostics;
import daemontools.common.Invocation;
import daemontools.common.LongOptions;
import daemontools.common.Output;
import daemontools.common.StartDirectory;
import daemontools.posix.LibC;
import daemontools.service.ScanDirectory;
import java.util.List;

/** {@code svstat [--option] [dir ...]}: prints a line about the state of each service (spec 7), or what an option says. */
public final class Svstat implements Command {
    private static final int STANDARD_OUTPUT = 1;
    private static final int BUFFER = 1024;

    private static final String WATCH = "watch";

    private static final LongOptions OPTIONS = new LongOptions(
            "svstat: usage: svstat [--table | --watch | --json | --metrics | --quiet] [dir ...]",
            "table",
            WATCH,
            "json",
            "metrics",
            "quiet");

    @Override
    public String help() {
        return """
                usage: svstat [--table | --watch | --json | --metrics | --quiet] [dir ...]
                Prints a line about the state of the service in each service directory. With an option and no directory it looks
                at all services and their logs: in $SVDIR, /service or /etc/service.
                  --table    print a table, troubles first
                  --watch    show the table on the whole screen, as things change; q ends it
                  --json     print an array of objects
                  --metrics  print metrics for Prometheus
                  --quiet    print nothing, and exit 0 if each service is as it is wanted to be, 1 if not
                """;
    }

    @Override
    public int run(Invocation invocation) {
        LibC libc = invocation.libc();
        Diagnostics say = new Diagnostics(libc, "svstat");
        String[] option = new String[1];
        List<String> directories = OPTIONS.read(invocation, (name, none) -> {
            if (option[0] != null && !option[0].equals(name))
                throw OPTIONS.wrong(invocation, "option does not go with --" + option[0], name);
            option[0] = name;
        });
        StartDirectory start = StartDirectory.open(libc, say);
        if (WATCH.equals(option[0])) return watch(invocation, say, start, directories);
        if (option[0] != null) return new Overview(libc, say, start, directories).print(option[0]);
        StringBuilder output = new StringBuilder();
        for (String directory : directories) {
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

    private static int watch(Invocation invocation, Diagnostics say, StartDirectory start, List<String> directories) {
        LibC libc = invocation.libc();
        FullScreen screen = FullScreen.of(libc);
        if (screen == null) throw OPTIONS.wrong(invocation, "option needs a terminal", WATCH);
        Roster roster = directories.isEmpty()
                ? new Roster(libc, start, ScanDirectory.find(libc))
                : new Roster(libc, start, directories);
        return new Watch(libc, say, screen, roster).run();
    }

    private static void flush(LibC libc, StringBuilder output) {
        Output.writeAll(libc, STANDARD_OUTPUT, output.toString());
        output.setLength(0);
    }
}

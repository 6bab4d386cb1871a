package daemontools.svc;

import daemontools.common.Command;
import daemontools.common.Diagnostics;
import daemontools.common.Invocation;
import daemontools.common.OptionReader;
import daemontools.common.StartDirectory;
import daemontools.posix.LibC;
import daemontools.posix.Signals;
import daemontools.service.ControlCommand;
import java.util.List;

/** {@code svc [-udopchaitkxq12w] [dir ...]}: sends commands to the supervises of services (spec 5). */
public final class Svc implements Command {
    private static final OptionReader OPTIONS =
            new OptionReader(ControlCommand.letters(), "", Request.USAGE, Request.LONG_OPTIONS);

    @Override
    public String help() {
        return "usage: " + Request.SYNOPSIS + """

                Sends commands to the supervise of each service directory, in the order in which their letters first appear.
                """ + ControlCommand.help() + """
                  --restart  end the service as -d does, and start it again
                  --reload   have it read its configuration again: send it HUP, or what reload-signal says
                  --signal=NAME  send it a signal that one of the letters sends
                  --wait=GOAL  return when each service is up, ready, down, finished or restarted
                  --timeout=SECONDS  wait no longer than that, for all together, and exit 99
                """;
    }

    @Override
    public int run(Invocation invocation) {
        LibC libc = invocation.libc();
        Diagnostics say = new Diagnostics(libc, "svc");
        libc.signalIgnore(Signals.PIPE);
        Request request = new Request(invocation);
        List<String> directories = OPTIONS.read(invocation, (letter, none) -> request.add(letter), request::add);
        request.check();

        StartDirectory start = StartDirectory.open(libc, say);
        Sender sender = new Sender(libc, say);
        if (request.hasGoal()) return new Wait(libc, start, sender, request, directories).run();
        for (String directory : directories) {
            sender.send(directory, request.commands());
            start.goBack();
        }
        return 0;
    }
}

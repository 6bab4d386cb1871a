package daemontools.svc;

import daemontools.common.Command;
import daemontools.common.Diagnostics;
import daemontools.common.Invocation;
import daemontools.common.OptionReader;
import daemontools.common.StartDirectory;
import daemontools.posix.Bytes;
import daemontools.posix.Errno;
import daemontools.posix.LibC;
import daemontools.posix.Signals;
import daemontools.service.ControlCommand;
import daemontools.service.ServiceDirectory;
import java.util.List;

/** {@code svc [-udopchaitkxq12w] [dir ...]}: sends commands to the supervises of services (spec 5). */
public final class Svc implements Command {
    private static final OptionReader OPTIONS = new OptionReader(
            ControlCommand.letters(),
            "",
            "svc options: u up, d down, o once, x exit, p pause, c continue,"
                    + " h hup, a alarm, i interrupt, t term, k kill");

    private static final int MILLIS_BETWEEN_TRIES = 20;
    private static final int[] NO_DESCRIPTORS = {};
    private static final boolean[] NONE_READY = {};

    /** How often a full fifo may still be tried again: for ten seconds in all, however many there are. */
    private int patience = 500;

    @Override
    public String help() {
        return """
                usage: svc [-udopchaitkxq12w] [dir ...]
                Sends commands to the supervise of each service directory, in the order in which their letters first appear.
                """ + ControlCommand.help();
    }

    @Override
    public int run(Invocation invocation) {
        LibC libc = invocation.libc();
        Diagnostics say = new Diagnostics(libc, "svc");
        libc.signalIgnore(Signals.PIPE);
        String[] letters = {""};
        List<String> directories = OPTIONS.read(invocation, (letter, none) -> {
            if (letters[0].indexOf(letter) < 0) letters[0] += letter;
        });

        byte[] commands = Bytes.of(letters[0]);
        StartDirectory start = StartDirectory.open(libc, say);
        for (String directory : directories) {
            send(libc, say, commands, directory);
            start.goBack();
        }
        return 0;
    }

    private void send(LibC libc, Diagnostics say, byte[] commands, String directory) {
        int error = ServiceDirectory.enter(libc, directory);
        if (error < 0) {
            say.warn("unable to chdir to " + directory, error);
            return;
        }
        int control = ServiceDirectory.openFifo(libc, ServiceDirectory.CONTROL);
        if (control == ServiceDirectory.NO_SUPERVISE) {
            say.warn("unable to control " + directory + ": supervise not running");
        } else if (control < 0) {
            say.warn("unable to control " + directory, control);
        } else {
            error = write(libc, control, commands);
            if (error < 0) say.warn("error writing commands to " + directory, error);
            libc.close(control);
        }
    }

    /** Waits while the fifo is full, but not for ever: it is full too where its owner has it open and does not read. */
    private int write(LibC libc, int control, byte[] commands) {
        while (true) {
            int error = libc.write(control, commands, 0, commands.length);
            if (error != -Errno.EAGAIN || patience == 0) return error;
            patience--;
            libc.poll(NO_DESCRIPTORS, NONE_READY, MILLIS_BETWEEN_TRIES);
        }
    }
}

package daemontools.svscan;

import daemontools.common.Diagnostics;
import daemontools.common.Output;
import daemontools.posix.LibC;

/** A service on its way through the {@link Phase}s of its end. */
final class EndingService {
    private final LibC libc;
    private final Diagnostics say;
    private final ControlFifos fifos;
    private final ScannedService service;
    private Phase phase;
    private String untold;
    private boolean tried;

    EndingService(LibC libc, Diagnostics say, ControlFifos fifos, ScannedService service) {
        this.libc = libc;
        this.say = say;
        this.fifos = fifos;
        this.service = service;
        enter(Phase.of(service));
    }

    private void enter(Phase next) {
        // With our ends of the pipe closed its reader comes to the end.
        if (next != Phase.GOING_DOWN && phase != Phase.READING_TO_END) service.closePipe(libc);
        phase = next;
        untold = next.beginning();
        tried = false;
    }

    /** Takes note of what has ended, and tells what is to be told. */
    void goOn() {
        Phase now = Phase.of(service);
        if (now != phase) enter(now);
        if (!untold.isEmpty()) tell();
    }

    void insist() {
        untold += phase.insistence();
    }

    boolean isGoingDown() {
        return phase == Phase.GOING_DOWN;
    }

    boolean isGone() {
        return phase == Phase.GONE;
    }

    /** A supervise that has just been started may not have made its fifo; what fails twice is warned of. */
    private void tell() {
        String name = isGoingDown() ? service.name() : service.name() + "/log";
        int fd = fifos.open(isGoingDown() ? service.main() : service.log(), name);
        int error = fd < 0 ? fd : Output.writeAll(libc, fd, untold);
        if (fd >= 0) libc.close(fd);
        if (error == 0) untold = "";
        else if (tried) say.warn("unable to control " + name, error);
        tried = true;
    }
}

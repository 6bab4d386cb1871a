package daemontools.supervise;

import daemontools.posix.LibC;
import daemontools.service.Status;
import daemontools.service.StatusFile;
import daemontools.service.StatusReader;
import org.jspecify.annotations.Nullable;

/** What others see of a service: {@code supervise/status}, and {@code supervise/details} once somebody has asked. */
final class Shown {
    private final LibC libc;
    private final StatusFile statusFile;
    private final DetailsFile details;
    /** In nanoseconds since the UNIX epoch. */
    private long since;

    private boolean paused;

    Shown(Context context) {
        this.libc = context.libc();
        this.statusFile = new StatusFile(libc, context.say(), context.directory());
        this.details = new DetailsFile(context);
        change();
    }

    /** The service has started, or ended, just now; returns when that is, in nanoseconds since the UNIX epoch. */
    long change() {
        since = libc.clockGettime(LibC.CLOCK_REALTIME);
        return since;
    }

    void pause(boolean isPaused) {
        paused = isPaused;
    }

    /** Goes on from what a supervise before has written of a run that it started; null where it has not. */
    @Nullable
    Status goOn(int pid) {
        Status status = new StatusReader(libc).read();
        if (status == null || !status.isUp() || status.pid() != pid) return null;
        since = status.since().unixNanos();
        paused = status.paused();
        return status;
    }

    /** Keeps details where a supervise before has. */
    void goOnWithDetails() {
        details.goOn();
    }

    void keepDetails() {
        details.keep();
    }

    void writeStatus(Child run, Wish wish) {
        statusFile.write(since, run.pid(), isPaused(run), wish.want());
    }

    void writeDetails(Service service) {
        details.write(service);
    }

    /** Adds the lines of {@code supervise/details} that are in the status too. */
    void describe(DetailsText text, Service service) {
        Child run = service.processes().run();
        Wish wish = service.wish();
        text.add("state", service.state().word()).add("pid", run.pid()).addTime("since", since);
        text.add("want", wish.want().word()).add("paused", isPaused(run)).add("exiting", wish.exits());
        text.add("failed", wish.hasFailed());
    }

    /** A service that is down is not paused, whatever was asked for. */
    private boolean isPaused(Child run) {
        return paused && run.isThere();
    }
}

package daemontools.svc;

import daemontools.common.Diagnostics;
import daemontools.common.Failure;
import daemontools.common.StartDirectory;
import daemontools.posix.LibC;
import daemontools.service.ControlCommand;
import daemontools.service.DirectoryWatch;
import daemontools.service.ObservedService;
import daemontools.service.ServiceDirectory;
import daemontools.service.Status;
import daemontools.service.StatusReader;
import java.util.Arrays;

/** A service that is told something and waited for. */
final class WaitedService {
    private static final int NONE = -1;
    private static final int WAITING = -1;
    private static final int REACHED = 0;
    private static final int FAILED = 1;
    /** This and the next are s6's exit codes. */
    private static final int TIMED_OUT = 99;

    private static final int NO_SUPERVISE = 102;

    private final LibC libc;
    private final StartDirectory start;
    private final Request request;
    private final ObservedService service;
    private final Effect effect;

    /** The control fifo: who has it open to write hears of supervise's end. */
    private int control = NONE;

    private boolean controlIsHeard = true;
    /** The number of its directory {@code supervise}. */
    private int watched = NONE;
    /** How many bytes were in the fifo once ours were. */
    private int sent;

    private boolean isObeyed;
    private int outcome = WAITING;

    WaitedService(LibC libc, StartDirectory start, Request request, ObservedService service) {
        this.libc = libc;
        this.start = start;
        this.request = request;
        this.service = service;
        this.effect = new Effect(request);
    }

    boolean isWaiting() {
        return outcome == WAITING;
    }

    /** The exit code that this service alone would lead to. */
    int outcome() {
        return outcome;
    }

    /** Whether supervise has read all that it was told: what it does from now on is the effect. */
    boolean isObeyed() {
        return isObeyed;
    }

    /** What {@link LibC#poll} finds ready when supervise has gone, -1 for nothing. */
    int control() {
        return controlIsHeard ? control : NONE;
    }

    /** The number of its directory in the watch. */
    int watched() {
        return watched;
    }

    /** Notes how the service is, and tells it what is asked for. */
    void tell(Sender sender, DirectoryWatch watch) {
        String directory = service.directory();
        control = sender.open(directory);
        if (control >= 0) watched = watch.add(ServiceDirectory.SUPERVISE);
        start.goBack();
        if (control < 0) {
            outcome = control == ServiceDirectory.NO_SUPERVISE ? NO_SUPERVISE : Failure.SYSTEM;
            return;
        }
        look();
        effect.begin(service);
        byte[] commands = request.commands();
        isObeyed = commands.length == 0;
        if (isObeyed) return;
        byte[] all = withEnd(commands);
        sent = libc.unread(control) + all.length;
        if (sender.write(control, directory, all) < 0) outcome = Failure.SYSTEM;
    }

    /** supervise has obeyed all others when it has read the last one, which changes nothing. */
    private static byte[] withEnd(byte[] commands) {
        byte[] all = Arrays.copyOf(commands, commands.length + 1);
        all[commands.length] = ControlCommand.DETAILS.code();
        return all;
    }

    private void look() {
        service.lookClosely();
        start.goBack();
    }

    /** Sees whether the goal was reached, or cannot be. */
    void check() {
        boolean wasObeyed = isObeyed || libc.unread(control) == 0;
        look();
        if (!service.isThere()) end(NO_SUPERVISE, "its directory has gone");
        else if (!service.hasSupervise()) endWithoutSupervise();
        else if (service.status() == null) return;
        else if (effect.isReplaced(service.details()))
            end(NO_SUPERVISE, "its supervise has gone, and there is another");
        else if (wasObeyed) judge();
        else if (libc.unread(control) == sent) effect.begin(service);
        isObeyed = wasObeyed;
    }

    private void judge() {
        if (effect.isReached(service)) outcome = REACHED;
        else if (effect.hasFailed(service.details())) end(FAILED, "has failed for good");
    }

    /** A supervise that was told to leave does so when nothing of the service is left. */
    private void endWithoutSupervise() {
        boolean left = request.has(ControlCommand.EXIT) && request.goal().isDown() && isDown();
        if (left) outcome = REACHED;
        else end(NO_SUPERVISE, "its supervise has gone");
    }

    private boolean isDown() {
        ServiceDirectory.enter(libc, service.directory());
        Status last = new StatusReader(libc).read();
        start.goBack();
        return last != null && !last.isUp();
    }

    /** It is not waited for any longer. */
    void timeOut() {
        end(TIMED_OUT, "not " + request.goal().word() + " after " + request.patienceInWords());
    }

    /** The control fifo has told what it has to tell. */
    void ignoreControl() {
        controlIsHeard = false;
    }

    private void end(int code, String text) {
        outcome = code;
        Diagnostics.print(libc, "svc: " + service.directory() + ": " + text);
    }
}

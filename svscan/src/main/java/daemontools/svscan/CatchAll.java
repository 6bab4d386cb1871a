package daemontools.svscan;

import daemontools.common.Diagnostics;
import daemontools.posix.LibC;

/**
 * The pipe to the catch-all log: what svscan prints, and what its children do that have no log, goes there. svscan holds both
 * ends, so that nothing is lost while the log is started again.
 */
final class CatchAll {
    private static final int STANDARD_INPUT = 0;
    private static final int STANDARD_OUTPUT = 1;
    private static final int STANDARD_ERROR = 2;
    /** Kept descriptors get this number or one above. */
    private static final int ABOVE_STANDARD = 3;

    private final LibC libc;
    private final ScannedService service;
    private final int[] pipe = new int[2];
    private final int output;
    private final int errors;
    private final int own;
    private boolean closed;

    /**
     * Makes it: descriptors 1 and 2 lead there from now on. svscan itself writes by way of another descriptor, on which it
     * does not wait when the pipe is full: else it could wait for a log that it has to start again.
     */
    CatchAll(LibC libc, Diagnostics say, ScannedService service) {
        this.libc = libc;
        this.service = service;
        output = need(say, copy(STANDARD_OUTPUT));
        errors = need(say, copy(STANDARD_ERROR));
        need(say, libc.pipe(pipe, LibC.O_CLOEXEC));
        need(say, libc.dup2(pipe[1], STANDARD_OUTPUT));
        need(say, libc.dup2(pipe[1], STANDARD_ERROR));
        own = libc.open("/proc/self/fd/" + pipe[1], LibC.O_WRONLY | LibC.O_NONBLOCK | LibC.O_CLOEXEC, 0);
        libc.close(pipe[1]);
        if (own >= 0) Diagnostics.writeTo(own);
    }

    private int copy(int descriptor) {
        int copy = libc.fcntl(descriptor, LibC.F_DUPFD, ABOVE_STANDARD);
        int error = copy < 0 ? copy : libc.fcntl(copy, LibC.F_SETFD, LibC.FD_CLOEXEC);
        return error < 0 ? error : copy;
    }

    private static int need(Diagnostics say, int result) {
        if (result < 0) throw say.fatal("unable to set up descriptors of the log", result);
        return result;
    }

    /** The log. */
    ScannedService service() {
        return service;
    }

    /** The descriptors of the log itself: it prints where svscan did before. */
    int[] ofLog() {
        return new int[] {pipe[0], STANDARD_INPUT, output, STANDARD_OUTPUT, errors, STANDARD_ERROR};
    }

    /** Closes our ends, so that the log comes to the end of its input; what svscan prints goes where it did before. */
    void close() {
        if (closed) return;
        closed = true;
        libc.dup2(output, STANDARD_OUTPUT);
        libc.dup2(errors, STANDARD_ERROR);
        Diagnostics.writeTo(STANDARD_ERROR);
        if (own >= 0) libc.close(own);
        libc.close(pipe[0]);
    }
}

package daemontools.multilog;

import daemontools.common.Diagnostics;
import daemontools.common.Message;
import daemontools.common.Pause;
import daemontools.posix.LibC;

/**
 * How multilog meets trouble once it is running: it says so, waits, and tries again for as long as it takes. That takes
 * no memory, as the trouble may be that there is none.
 */
final class EndlessRetry {
    private static final int PAUSE_SECONDS = 5;
    private static final String PAUSING = ", pausing";

    private final LibC libc;
    private final Diagnostics say;

    EndlessRetry(LibC libc, Diagnostics say) {
        this.libc = libc;
        this.say = say;
    }

    /** Begins what is said of a trouble; what it is about is added, and then it is handed to {@link #pause}. */
    Message trouble(String text) {
        return say.warning(text);
    }

    /** Says what was done about a trouble, where that was enough to go on at once. */
    void say(Message done) {
        done.print(libc);
    }

    /** Says what the trouble is and waits; {@code error} is what the {@link LibC} call returned. */
    void pause(Message trouble, int error) {
        trouble.add(PAUSING).addReason(error).print(libc);
        Pause.seconds(libc, PAUSE_SECONDS);
    }

    /** Says what the trouble is, where no system call failed, and waits. */
    void pause(Message trouble) {
        trouble.add(PAUSING).print(libc);
        Pause.seconds(libc, PAUSE_SECONDS);
    }
}

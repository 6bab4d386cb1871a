package daemontools.multilog;

import daemontools.common.Diagnostics;
import daemontools.common.Pause;
import daemontools.posix.LibC;
import java.util.function.IntSupplier;

/** How multilog meets trouble once it is running: it says so, waits, and tries again for as long as it takes. */
final class Persistence {
    private static final int PAUSE_SECONDS = 5;

    private final LibC libc;
    private final Diagnostics say;

    Persistence(LibC libc, Diagnostics say) {
        this.libc = libc;
        this.say = say;
    }

    /** Makes a call until it does not fail, and returns what it returned then; {@code trouble} is what a failure is called. */
    int insist(String trouble, IntSupplier call) {
        while (true) {
            int result = call.getAsInt();
            if (result >= 0) return result;
            pause(trouble, result);
        }
    }

    /** Says what the trouble is and waits. */
    void pause(String trouble, int error) {
        say.warn(trouble + ", pausing", error);
        Pause.seconds(libc, PAUSE_SECONDS);
    }

    /** Says what the trouble is, where no system call failed, and waits. */
    void pause(String trouble) {
        say.warn(trouble + ", pausing");
        Pause.seconds(libc, PAUSE_SECONDS);
    }
}

package daemontools.svc;

import daemontools.common.Diagnostics;
import daemontools.posix.Errno;
import daemontools.posix.LibC;
import daemontools.service.ServiceDirectory;

/** How commands get into control fifos; what cannot be done is warned of. */
final class Sender {
    private static final int MILLIS_BETWEEN_TRIES = 20;
    private static final int[] NO_DESCRIPTORS = {};
    private static final boolean[] NONE_READY = {};

    private final LibC libc;
    private final Diagnostics say;

    /** How often a full fifo may still be tried again: for ten seconds in all, however many there are. */
    private int patience = 500;

    Sender(LibC libc, Diagnostics say) {
        this.libc = libc;
        this.say = say;
    }

    /** Goes to a service directory and sends commands to its supervise. */
    void send(String directory, byte[] commands) {
        int control = open(directory);
        if (control < 0) return;
        write(control, directory, commands);
        libc.close(control);
    }

    /** Goes to a service directory and opens its control fifo: the descriptor, or the negative errno number. */
    int open(String directory) {
        int error = ServiceDirectory.enter(libc, directory);
        if (error < 0) {
            say.warn("unable to chdir to " + directory, error);
            return error;
        }
        int control = ServiceDirectory.openFifo(libc, ServiceDirectory.CONTROL);
        if (control == ServiceDirectory.NO_SUPERVISE) {
            say.warn("unable to control " + directory + ": supervise not running");
        } else if (control < 0) {
            say.warn("unable to control " + directory, control);
        }
        return control;
    }

    /** Returns the number of bytes written, or the negative errno number. */
    int write(int control, String directory, byte[] commands) {
        int written = write(control, commands);
        if (written < 0) say.warn("error writing commands to " + directory, written);
        return written;
    }

    /** Waits while the fifo is full, but not for ever: it is full too where its owner has it open and does not read. */
    private int write(int control, byte[] commands) {
        while (true) {
            int error = libc.write(control, commands, 0, commands.length);
            if (error != -Errno.EAGAIN || patience == 0) return error;
            patience--;
            libc.poll(NO_DESCRIPTORS, NONE_READY, MILLIS_BETWEEN_TRIES);
        }
    }
}

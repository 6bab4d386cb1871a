package daemontools.multilog;

import daemontools.common.Diagnostics;
import daemontools.posix.LibC;
import daemontools.posix.Signals;

/** What is asked for by signals: TERM for the end, ALRM for a rotation. They count when they are taken, and not before. */
final class Requests {
    private final int descriptor;
    private final LibC libc;
    private boolean end;
    private boolean rotation;

    private Requests(LibC libc, int descriptor) {
        this.libc = libc;
        this.descriptor = descriptor;
    }

    /** From here on the signals have their meaning; those of children only where there are some to wait for. */
    static Requests open(LibC libc, Diagnostics say, boolean ofChildren) {
        long signals = Signals.set(Signals.TERM, Signals.ALRM);
        if (ofChildren) signals |= Signals.set(Signals.CHLD);
        int descriptor = libc.signalDescriptor(signals);
        if (descriptor < 0) throw say.fatal("unable to wait for signals", descriptor);
        return new Requests(libc, descriptor);
    }

    /** Can be read when there is something to take, or a child has ended. */
    int descriptor() {
        return descriptor;
    }

    void take() {
        while (true) {
            switch (libc.nextSignal(descriptor)) {
                case Signals.TERM -> end = true;
                case Signals.ALRM -> rotation = true;
                case Signals.CHLD -> {}
                default -> {
                    return;
                }
            }
        }
    }

    boolean isEndAsked() {
        return end;
    }

    /** Whether a rotation has been asked for since the last call. */
    boolean takesRotation() {
        boolean asked = rotation;
        rotation = false;
        return asked;
    }
}

package daemontools.svscan;

import daemontools.common.Diagnostics;
import daemontools.posix.LibC;
import daemontools.posix.Signals;

/** The signals that svscan in charge of a tree obeys. It collects children as soon as they have ended. */
final class SignalQueue {
    static final int FOR_EVER = -1;

    private final LibC libc;
    private final Launcher launcher;
    private final int descriptor;
    private final int[] descriptors;
    private final boolean[] ready = new boolean[1];
    private boolean stop;
    private boolean hangUp;

    SignalQueue(LibC libc, Diagnostics say, Launcher launcher, long signals) {
        this.libc = libc;
        this.launcher = launcher;
        this.descriptor = libc.signalDescriptor(signals);
        if (descriptor < 0) throw say.fatal("unable to wait for signals", descriptor);
        this.descriptors = new int[] {descriptor};
    }

    /** The set of them. Under nohup HUP has no effect, for us and for our children. */
    static long signals(LibC libc) {
        long signals = Signals.set(Signals.CHLD, Signals.TERM, Signals.INT);
        return libc.isIgnored(Signals.HUP) ? signals : signals | Signals.set(Signals.HUP);
    }

    /** What {@link LibC#poll} finds ready when a signal has come. */
    int descriptor() {
        return descriptor;
    }

    /** Waits for the next signals, or for a number of milliseconds, and takes them. */
    void await(int milliseconds) {
        libc.poll(descriptors, ready, milliseconds);
        take();
    }

    /** Takes the signals that have come. */
    void take() {
        for (int signal = libc.nextSignal(descriptor); signal != 0; signal = libc.nextSignal(descriptor)) {
            stop |= signal == Signals.TERM || signal == Signals.INT;
            hangUp |= signal == Signals.HUP;
        }
        launcher.collectEnded();
    }

    /** Whether TERM or INT was taken since this was last asked. */
    boolean stopCame() {
        boolean came = stop;
        stop = false;
        return came;
    }

    /** Whether HUP was taken since this was last asked. */
    boolean hangUpCame() {
        boolean came = hangUp;
        hangUp = false;
        return came;
    }
}

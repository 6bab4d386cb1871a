package daemontools.svscan;

import daemontools.common.Diagnostics;
import daemontools.posix.LibC;
import daemontools.posix.Signals;

/** Waits for TERM and INT where they end svscan cleanly, and collects children as soon as they have ended. */
final class SignalQueue {
    static final long SIGNALS = Signals.set(Signals.CHLD, Signals.TERM, Signals.INT);

    static final int FOR_EVER = -1;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final LibC libc;
    private final Launcher launcher;
    private final int descriptor;
    private final int[] descriptors;
    private final boolean[] ready = new boolean[1];

    SignalQueue(LibC libc, Diagnostics say, Launcher launcher) {
        this.libc = libc;
        this.launcher = launcher;
        this.descriptor = libc.signalDescriptor(SIGNALS);
        if (descriptor < 0) throw say.fatal("unable to wait for signals", descriptor);
        this.descriptors = new int[] {descriptor};
    }

    /** Waits for a number of milliseconds, or until TERM or INT comes; returns whether one came. */
    boolean stopComesWithin(int milliseconds) {
        long end = now() + milliseconds;
        for (long left = milliseconds; left > 0; left = end - now()) {
            if (stopIsNext((int) left)) return true;
        }
        return false;
    }

    /** Waits for the next signals, or for a number of milliseconds. Returns whether TERM or INT was among them. */
    boolean stopIsNext(int milliseconds) {
        libc.poll(descriptors, ready, milliseconds);
        boolean stop = false;
        for (int signal = libc.nextSignal(descriptor); signal != 0; signal = libc.nextSignal(descriptor)) {
            stop |= signal != Signals.CHLD;
        }
        launcher.collectEnded();
        return stop;
    }

    private long now() {
        return libc.clockGettime(LibC.CLOCK_MONOTONIC) / NANOS_PER_MILLI;
    }
}

package daemontools.svstat;

import daemontools.common.Diagnostics;
import daemontools.common.Failure;
import daemontools.posix.Errno;
import daemontools.posix.LibC;
import daemontools.posix.Signals;

/** {@code svstat --watch}: the table on the whole screen, drawn again when something has changed and each second. */
final class Watch {
    private static final int KEYS = 0;
    private static final int SIGNALS = 1;
    private static final int CHANGES = 2;

    private static final long ENDING = Signals.set(Signals.HUP, Signals.INT, Signals.QUIT, Signals.TERM);
    private static final long HANDLED = ENDING | Signals.set(Signals.TSTP, Signals.CONT, Signals.WINCH);
    private static final int OWN_GROUP = 0;
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long NANOS_PER_MILLI = 1_000_000;
    /** Changes come in groups: so long after the first one they are looked at together. */
    private static final long SETTLING = 100 * NANOS_PER_MILLI;

    private final LibC libc;
    private final Diagnostics say;
    private final FullScreen screen;
    private final Roster roster;
    private final int signals;
    private final int[] descriptors;
    private final boolean[] ready = new boolean[3];
    private final byte[] read = new byte[256];
    private final Keys keys = new Keys();
    private final Scroll scroll = new Scroll();
    private Frame frame = new Frame(Style.PLAIN, 0);
    private long second;
    /** When changes are looked at, by the monotonic clock; zero while there are none. */
    private long lookAt;
    /** The signal that is to end us. */
    private int ending;

    Watch(LibC libc, Diagnostics say, FullScreen screen, Roster roster) {
        this.libc = libc;
        this.say = say;
        this.screen = screen;
        this.roster = roster;
        this.signals = libc.signalDescriptor(HANDLED);
        if (signals < 0) throw say.fatal("unable to take signals", signals);
        this.descriptors = new int[] {screen.keys(), signals, Math.max(roster.descriptor(), -1)};
    }

    /**
     * Returns when the user has had enough, with the terminal as it was. A signal ends this process, with the terminal as it
     * was too.
     *
     * @throws Failure where the directory cannot be read at the start, or the terminal is of no use
     */
    int run() {
        roster.look();
        if (roster.error() < 0) throw say.fatal("unable to read directory " + roster.directory(), roster.error());
        try {
            check("unable to set up the terminal", screen.open());
            adapt();
            do draw();
            while (await());
        } finally {
            screen.close();
        }
        if (ending != 0) undergo(ending);
        return 0;
    }

    private void check(String trouble, int error) {
        if (error < 0) throw say.fatal(trouble, error);
    }

    private void adapt() {
        frame = new Frame(new Style(screen.columns(), Style.hasColours(libc)), screen.rows());
    }

    private void draw() {
        long now = libc.clockGettime(LibC.CLOCK_REALTIME);
        second = now / NANOS_PER_SECOND;
        check(
                "unable to write to the terminal",
                screen.show(frame.lines(roster.title(), roster.rows(), scroll, roster.message(), now)));
    }

    /** Waits for something that is to be shown; false when it is all over. */
    private boolean await() {
        while (true) {
            boolean isAny = libc.poll(descriptors, ready, patience()) > 0;
            if (isAny && ready[CHANGES] && roster.hear() && lookAt == 0) lookAt = monotonic() + SETTLING;
            boolean isNew = lookIfDue();
            if (isAny && ready[SIGNALS]) return takeSignals();
            if (isAny && ready[KEYS]) return takeKeys();
            if (isNew) return true;
        }
    }

    /** Milliseconds until the next second begins, or changes are to be looked at. */
    private int patience() {
        long now = libc.clockGettime(LibC.CLOCK_REALTIME);
        long left = NANOS_PER_SECOND - now % NANOS_PER_SECOND;
        if (lookAt != 0) left = Math.min(left, Math.max(0, lookAt - monotonic()));
        return (int) (left / NANOS_PER_MILLI) + 1;
    }

    private long monotonic() {
        return libc.clockGettime(LibC.CLOCK_MONOTONIC);
    }

    private boolean lookIfDue() {
        boolean isDue = lookAt != 0 && monotonic() >= lookAt;
        if (isDue) {
            lookAt = 0;
            roster.look();
        }
        long now = libc.clockGettime(LibC.CLOCK_REALTIME) / NANOS_PER_SECOND;
        if (now == second) return isDue;
        roster.lookInTurn(now);
        return true;
    }

    // ---- signals ----

    private boolean takeSignals() {
        int signal;
        while ((signal = libc.nextSignal(signals)) != 0) {
            if ((ENDING & Signals.set(signal)) != 0) ending = signal;
            if (ending != 0) return false;
            if (signal != Signals.TSTP) continue;
            screen.close();
            undergo(signal);
        }
        check("unable to set up the terminal", screen.isOpen() ? screen.reopen() : screen.open());
        adapt();
        return true;
    }

    /** A signal's usual effect on a process. */
    private void undergo(int signal) {
        libc.kill(libc.getpid(), signal);
        long blocked = libc.blockedSignals();
        libc.setBlockedSignals(blocked & ~Signals.set(signal));
        libc.setBlockedSignals(blocked);
    }

    // ---- keys ----

    private boolean takeKeys() {
        int count = libc.read(screen.keys(), read, 0, read.length);
        if (count == -Errno.EINTR || count == -Errno.EAGAIN) return true;
        if (count <= 0) ending = Signals.HUP;
        if (count <= 0) return false;
        keys.add(read, count);
        Key key;
        while ((key = keys.next()) != null) {
            switch (key) {
                case LEAVE -> {
                    return false;
                }
                case INTERRUPT -> libc.kill(OWN_GROUP, Signals.INT);
                case QUIT -> libc.kill(OWN_GROUP, Signals.QUIT);
                case SUSPEND -> libc.kill(OWN_GROUP, Signals.TSTP);
                case REDRAW -> screen.forget();
                default -> scroll.move(key);
            }
        }
        return true;
    }
}

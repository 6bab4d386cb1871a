package daemontools.supervise;

import daemontools.posix.Signals;
import daemontools.service.Setting;
import daemontools.service.Settings;

/** How the processes of a service get signals, and are asked to end in time. */
final class Signalling {
    private static final long KILL_MILLIS = 5000;

    private final Settings settings;
    private final Deadline kill;
    private final Processes processes;
    private final Readiness readiness;

    /** @param kill when what was asked to end is killed */
    Signalling(Settings settings, Deadline kill, Processes processes, Readiness readiness) {
        this.settings = settings;
        this.kill = kill;
        this.processes = processes;
        this.readiness = readiness;
    }

    /** Signals ./run. */
    void send(int number) {
        processes.run().signal(number);
    }

    /** Asks ./run to end, and sees to it that it does so in time. */
    void sendDown() {
        readiness.beAtRest();
        send(downSignal());
        long limit = settings.value(Setting.TIMEOUT_KILL, 0);
        if (limit > 0 && !kill.isSet()) kill.setIn(limit);
    }

    void sendReload() {
        send((int) settings.value(Setting.RELOAD_SIGNAL, Signals.HUP));
    }

    /** The same for what ./run left behind. */
    void endWhatIsLeft() {
        if (!processes.leftBehind().end(downSignal())) return;
        long limit = settings.value(Setting.TIMEOUT_KILL, KILL_MILLIS);
        if (limit > 0) kill.setIn(limit);
    }

    void killAll() {
        processes.kill(settings.isDaemon());
    }

    private int downSignal() {
        return (int) settings.value(Setting.DOWN_SIGNAL, Signals.TERM);
    }
}

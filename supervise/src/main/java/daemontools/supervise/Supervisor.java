package daemontools.supervise;

import daemontools.posix.ExitStatus;
import daemontools.posix.LibC;

/** The loop of supervise: waits for deaths, commands and deadlines, and lets them happen to the service (spec 2.4). */
final class Supervisor {
    private static final int ANY_CHILD = -1;
    private static final int NONE = -1;
    private static final int[] NO_DESCRIPTORS = {};
    private static final boolean[] NONE_READY = {};
    /** 0.76's waits are this much longer than what is left, so that a pause is never too short (spec 1.9). */
    private static final int SLACK_MILLIS = 20;

    /** Places in {@link #descriptors}. */
    private static final int PIPE = 2;

    private static final int SOCKET = 3;
    private static final int ADOPTED = 4;

    private final LibC libc;
    private final Service service;
    private final Processes processes;
    private final Deadlines deadlines;
    private final Notifications notifications;
    private final int signals;
    private final int control;
    private final int[] descriptors;
    private final boolean[] ready;
    private final byte[] command = new byte[1];
    private final int[] exitStatus = new int[1];
    /** Whether a turn that a deaf second cut off goes on behind its look at deaths. */
    private boolean deathsAreSeen;

    /**
     * @param signals the descriptor of SIGCHLD, and of the signals that a supervise which is alone gets
     * @param control the reading end of the control fifo
     */
    Supervisor(LibC libc, Service service, int signals, int control) {
        this.libc = libc;
        this.service = service;
        this.processes = service.processes();
        this.deadlines = service.deadlines();
        this.notifications = service.notifications();
        this.signals = signals;
        this.control = control;
        this.descriptors = new int[] {signals, control, NONE, NONE, NONE};
        this.ready = new boolean[descriptors.length];
    }

    /** Returns when supervise was told to exit and its service is down. */
    void run() {
        while (!service.isFinished()) turn();
    }

    /** Waits until there is something to do, and does it. */
    void turn() {
        if (deadlines.deaf.isSet()) {
            waitWhileDeaf();
            return;
        }
        if (!deathsAreSeen) {
            waitForEvents();
            seeNotifications();
            seeSignals();
            seeDeaths();
            deathsAreSeen = true;
            if (service.isFinished() || deadlines.deaf.isSet()) return;
        }
        deathsAreSeen = false;
        // One command a turn: a death that it brings about is seen before the next.
        if (libc.read(control, command, 0, 1) == 1) Event.ofCommand(command[0]).happenTo(service);
        if (!deadlines.deaf.isSet()) deadlines.comeTo(service);
    }

    /** Signals wake it, and do not end it. */
    private void waitWhileDeaf() {
        int left = deadlines.milliseconds(deadlines.deaf);
        if (left <= 0) deadlines.deaf.unset();
        else libc.poll(NO_DESCRIPTORS, NONE_READY, left + SLACK_MILLIS);
    }

    private void waitForEvents() {
        Child adopted = processes.adopted();
        descriptors[PIPE] = notifications.pipe();
        descriptors[SOCKET] = notifications.socket();
        descriptors[ADOPTED] = adopted == null ? NONE : adopted.pidfd();
        libc.poll(descriptors, ready, deadlines.milliseconds());
        if (ready[ADOPTED] && adopted != null) adopted.endedUnseen();
    }

    private void seeSignals() {
        int signal;
        while ((signal = libc.nextSignal(signals)) != 0) ForwardedSignal.arrive(signal, service);
    }

    /** Takes every child that has ended, also those we never started. */
    private void seeDeaths() {
        int pid;
        while ((pid = libc.waitpid(ANY_CHILD, LibC.WNOHANG, exitStatus)) > 0) {
            processes.ended(pid, ExitStatus.of(exitStatus[0]));
        }
        Event end;
        while ((end = service.nextEnd()) != Event.NOTHING) end.happenTo(service);
    }

    /** What a service has said before its end is seen before that. */
    private void seeNotifications() {
        if (ready[PIPE]) notifications.readPipe().happenTo(service);
        if (ready[SOCKET]) notifications.readSocket(processes.run().pid()).happenTo(service);
    }
}

package daemontools.supervise;

import daemontools.posix.LibC;

/** The loop of supervise: waits for deaths and commands, and lets them happen to the service (spec 2.4). */
final class Supervisor {
    private static final int FOR_EVER = -1;
    private static final int AT_ONCE = 0;
    private static final int ANY_CHILD = -1;

    private final LibC libc;
    private final Service service;
    private final int deaths;
    private final int control;
    private final int[] descriptors;
    private final boolean[] ready = new boolean[2];
    private final byte[] command = new byte[1];
    private final int[] exitStatus = new int[1];

    /**
     * @param deaths the descriptor of SIGCHLD
     * @param control the reading end of the control fifo
     */
    Supervisor(LibC libc, Service service, int deaths, int control) {
        this.libc = libc;
        this.service = service;
        this.deaths = deaths;
        this.control = control;
        this.descriptors = new int[] {deaths, control};
    }

    /** Returns when supervise was told to exit and its service is down. */
    void run() {
        while (!service.isFinished()) {
            libc.poll(descriptors, ready, service.needsAnotherStart() ? AT_ONCE : FOR_EVER);
            if (collectChildren()) {
                Event.DEATH.happenTo(service);
                if (service.isFinished()) return;
            }
            // One command a turn: a death that it brings about is seen before the next.
            if (libc.read(control, command, 0, 1) == 1) {
                Event.ofCommand(command[0]).happenTo(service);
            }
            if (service.needsAnotherStart()) service.startIfWanted();
        }
    }

    /** Takes every child that has ended, also those we never started, and tells whether the service is among them. */
    private boolean collectChildren() {
        while (libc.nextSignal(deaths) != 0) {}
        boolean died = false;
        while (true) {
            int pid = libc.waitpid(ANY_CHILD, LibC.WNOHANG, exitStatus);
            if (pid <= 0) return died;
            if (pid == service.pid()) died = true;
        }
    }
}

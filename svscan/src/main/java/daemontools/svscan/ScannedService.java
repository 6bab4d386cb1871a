package daemontools.svscan;

import daemontools.posix.LibC;

/**
 * What svscan knows of a service. Both ends of a logged service's pipe stay open here as long as it is known, so that
 * neither side sees the other end, and nothing is lost, while one of them is started again.
 */
final class ScannedService {
    /** A supervise that is to run; it has a pid while it does. */
    static final class Child {
        private int pid;

        boolean isRunning() {
            return pid != 0;
        }

        int pid() {
            return pid;
        }

        void setPid(int pid) {
            this.pid = pid;
        }
    }

    private final Child main = new Child();
    private final Child log = new Child();
    private final int pipeReader;
    private final int pipeWriter;
    private final boolean logged;
    private String name;
    private boolean active;

    private ScannedService(boolean logged, int pipeReader, int pipeWriter) {
        this.logged = logged;
        this.pipeReader = pipeReader;
        this.pipeWriter = pipeWriter;
    }

    static ScannedService unlogged() {
        return new ScannedService(false, -1, -1);
    }

    /** @param pipe the reading and the writing end */
    static ScannedService logged(int[] pipe) {
        return new ScannedService(true, pipe[0], pipe[1]);
    }

    /** The supervise of the service directory. */
    Child main() {
        return main;
    }

    /** The supervise of its {@code log} directory. */
    Child log() {
        return log;
    }

    boolean isLogged() {
        return logged;
    }

    int pipeReader() {
        return pipeReader;
    }

    int pipeWriter() {
        return pipeWriter;
    }

    /** Once nothing is to be written, or kept for the next reader. */
    void closePipe(LibC libc) {
        if (!logged) return;
        libc.close(pipeReader);
        libc.close(pipeWriter);
    }

    boolean isRunning() {
        return main.isRunning() || log.isRunning();
    }

    /** The name of an entry that led to it on the last pass that found it. */
    String name() {
        return name;
    }

    /** Whether the last pass found it in the directory. */
    boolean isActive() {
        return active;
    }

    void foundAs(String entry) {
        name = entry;
        active = true;
    }

    void setInactive() {
        active = false;
    }
}

package daemontools.service;

import daemontools.posix.LibC;

/** The names in a service directory, relative to it, and how clients open them. */
public final class ServiceDirectory {
    public static final String RUN = "./run";
    public static final String DOWN = "down";
    public static final String SUPERVISE = "supervise";
    public static final String LOCK = "supervise/lock";
    public static final String CONTROL = "supervise/control";
    public static final String OK = "supervise/ok";
    public static final String STATUS = "supervise/status";
    public static final String NEW_STATUS = "supervise/status.new";

    private static final int FIFO = LibC.O_WRONLY | LibC.O_NONBLOCK | LibC.O_CLOEXEC;

    private ServiceDirectory() {}

    /**
     * Opens one of the fifos of the service directory that we are in for writing: {@link #CONTROL}, or {@link #OK} to
     * see whether a supervise runs. -ENXIO: none does.
     */
    public static int openFifo(LibC libc, String name) {
        return libc.open(name, FIFO, 0);
    }

    /** The same for a fifo somewhere; the bytes before the first NUL are its path. */
    public static int openFifo(LibC libc, byte[] path) {
        return libc.open(path, FIFO, 0);
    }
}

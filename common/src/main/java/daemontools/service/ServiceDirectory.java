package daemontools.service;

import daemontools.posix.Errno;
import daemontools.posix.LibC;

/** The names in a service directory, relative to it, and how clients open them. */
public final class ServiceDirectory {
    public static final String RUN = "./run";
    public static final String DOWN = "down";
    /** Where svscan is in charge, the end of such a service is the end of all. */
    public static final String ESSENTIAL = "essential";

    public static final String SUPERVISE = "supervise";
    public static final String LOCK = "supervise/lock";
    public static final String CONTROL = "supervise/control";
    public static final String OK = "supervise/ok";
    public static final String STATUS = "supervise/status";
    public static final String DETAILS = "supervise/details";
    public static final String NEW_STATUS = "supervise/status.new";

    /** What opening a fifo fails with where no supervise has it open. */
    public static final int NO_SUPERVISE = -Errno.ENXIO;

    private static final int FIFO = LibC.O_WRONLY | LibC.O_NONBLOCK | LibC.O_CLOEXEC;

    private ServiceDirectory() {}

    /** Goes to a service directory, which may be meant by its short name: see {@link ScanDirectory#pathOf}. */
    public static int enter(LibC libc, String directory) {
        int error = libc.chdir(directory);
        String path = error == -Errno.ENOENT ? ScanDirectory.pathOf(libc, directory) : null;
        return path != null && libc.chdir(path) == 0 ? 0 : error;
    }

    /**
     * Opens one of the fifos of the service directory that we are in for writing: {@link #CONTROL}, or {@link #OK} to
     * see whether a supervise runs. {@link #NO_SUPERVISE}: none does.
     */
    public static int openFifo(LibC libc, String name) {
        return libc.open(name, FIFO, 0);
    }

    /** The same for a fifo somewhere; the bytes before the first NUL are its path. */
    public static int openFifo(LibC libc, byte[] path) {
        return libc.open(path, FIFO, 0);
    }
}

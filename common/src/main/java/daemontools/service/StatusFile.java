package daemontools.service;

import daemontools.common.Diagnostics;
import daemontools.posix.LibC;

/** The writing side of {@code supervise/status}: a new file renamed over the old, so that no reader sees half of one. */
public final class StatusFile {
    private static final int MODE = 0644;
    private static final String TARGET = "/" + ServiceDirectory.NEW_STATUS;

    private final LibC libc;
    private final Diagnostics say;
    private final String directory;
    private final byte[] bytes = new byte[Status.LENGTH];

    /** @param directory the service directory as messages are to name it; the files are those of the current one */
    public StatusFile(LibC libc, Diagnostics say, String directory) {
        this.libc = libc;
        this.say = say;
        this.directory = directory;
    }

    /**
     * Writes the state of a service; trouble is warned of, and the old status stays.
     *
     * @param since in nanoseconds since the UNIX epoch; the others are those of {@link Status}
     */
    public void write(long since, int pid, boolean paused, Want want) {
        int flags = LibC.O_WRONLY | LibC.O_NONBLOCK | LibC.O_TRUNC | LibC.O_CREAT | LibC.O_CLOEXEC;
        int fd = libc.open(ServiceDirectory.NEW_STATUS, flags, MODE);
        if (fd < 0) {
            say.warn("unable to open ", directory, TARGET, fd);
            return;
        }
        Status.encode(since, pid, paused, want, bytes);
        int written = libc.write(fd, bytes, 0, Status.LENGTH);
        libc.close(fd);
        if (written < 0) {
            say.warn("unable to write ", directory, TARGET, written);
        } else if (written < Status.LENGTH) {
            say.warn("unable to write ", directory, TARGET + ": partial write");
        } else {
            int error = libc.rename(ServiceDirectory.NEW_STATUS, ServiceDirectory.STATUS);
            if (error < 0) say.warn("unable to rename ", directory, TARGET + " to status", error);
        }
    }
}

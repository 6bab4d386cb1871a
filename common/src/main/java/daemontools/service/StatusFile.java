package daemontools.service;

import daemontools.common.Diagnostics;
import daemontools.posix.LibC;

/** The writing side of {@code supervise/status}. */
public final class StatusFile {
    private static final String NAME = "status";

    private final ReplacedFile file;
    private final byte[] bytes = new byte[Status.LENGTH];

    /** @param directory the service directory as messages are to name it; the files are those of the current one */
    public StatusFile(LibC libc, Diagnostics say, String directory) {
        this.file = new ReplacedFile(libc, say, directory, NAME);
    }

    /**
     * Writes the state of a service; trouble is warned of, and the old status stays.
     *
     * @param since in nanoseconds since the UNIX epoch; the others are those of {@link Status}
     */
    public void write(long since, int pid, boolean paused, Want want) {
        Status.encode(since, pid, paused, want, bytes);
        file.write(bytes, Status.LENGTH, true);
    }
}

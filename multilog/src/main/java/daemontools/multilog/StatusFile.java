package daemontools.multilog;

import daemontools.common.Diagnostics;
import daemontools.posix.LibC;

/** {@code =FILE}: holds the last selected line, padded with newlines to a fixed length. */
final class StatusFile implements Action {
    private final LibC libc;
    private final EndlessRetry retry;
    private final String path;
    private final int fd;

    private StatusFile(LibC libc, EndlessRetry retry, String path, int fd) {
        this.libc = libc;
        this.retry = retry;
        this.path = path;
        this.fd = fd;
    }

    /** Opens the file, which is created if need be; {@code path} is relative to the current directory. */
    static StatusFile open(LibC libc, Diagnostics say, EndlessRetry retry, String path) {
        int created = libc.open(path, LibC.O_WRONLY | LibC.O_NONBLOCK | LibC.O_APPEND | LibC.O_CREAT, 0600);
        if (created < 0) throw say.fatal("unable to create " + path, created);
        libc.close(created);
        int fd = libc.open(path, LibC.O_WRONLY | LibC.O_NONBLOCK | LibC.O_CLOEXEC, 0);
        if (fd < 0) throw say.fatal("unable to write " + path, fd);
        return new StatusFile(libc, retry, path, fd);
    }

    @Override
    public boolean apply(boolean selected, Line line) {
        if (selected) write(line.padded());
        return selected;
    }

    private void write(byte[] padded) {
        while (true) {
            int error = libc.lseek(fd, 0);
            if (error < 0) {
                retry.pause(retry.trouble("unable to move to beginning of ").add(path), error);
                continue;
            }
            int written = libc.write(fd, padded, 0, padded.length);
            if (written == padded.length) return;
            // A part of it is no error of its own to the kernel.
            retry.pause(retry.trouble("unable to write ").add(path), Math.min(written, 0));
        }
    }
}

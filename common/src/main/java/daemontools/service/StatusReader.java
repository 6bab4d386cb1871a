package daemontools.service;

import daemontools.posix.Errno;
import daemontools.posix.LibC;
import org.jspecify.annotations.Nullable;

/** The reading side of {@code supervise/status}. */
public final class StatusReader {
    private static final int READ = LibC.O_RDONLY | LibC.O_NONBLOCK | LibC.O_CLOEXEC;

    private final LibC libc;
    private final byte[] bytes = new byte[Status.LENGTH];
    private String trouble = "";

    public StatusReader(LibC libc) {
        this.libc = libc;
    }

    /** The status of the service directory that we are in; null where it cannot be read: {@link #trouble} says why. */
    public @Nullable Status read() {
        return read("");
    }

    /** As {@link #read()} for a service directory elsewhere: its path with a slash at the end. */
    public @Nullable Status read(String directory) {
        int fd = libc.open(directory + ServiceDirectory.STATUS, READ, 0);
        if (fd < 0) return unableTo("open ", fd);
        int length = libc.read(fd, bytes, 0, Status.LENGTH);
        libc.close(fd);
        if (length < 0) return unableTo("read ", length);
        if (length == Status.LENGTH) return Status.decode(bytes);
        trouble = "unable to read " + ServiceDirectory.STATUS + ": bad format";
        return null;
    }

    /** Why the last status could not be read, in words: {@code unable to open supervise/status: access denied}. */
    public String trouble() {
        return trouble;
    }

    private @Nullable Status unableTo(String verb, int error) {
        trouble = "unable to " + verb + ServiceDirectory.STATUS + ": " + Errno.text(error);
        return null;
    }
}

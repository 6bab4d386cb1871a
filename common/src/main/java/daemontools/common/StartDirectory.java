package daemontools.common;

import daemontools.posix.LibC;

/** The directory that a command was started in, for those that go through others and come back. */
public final class StartDirectory {
    private final LibC libc;
    private final Diagnostics say;
    private final int fd;

    private StartDirectory(LibC libc, Diagnostics say, int fd) {
        this.libc = libc;
        this.say = say;
        this.fd = fd;
    }

    public static StartDirectory open(LibC libc, Diagnostics say) {
        int fd = libc.open(".", LibC.O_RDONLY | LibC.O_NONBLOCK | LibC.O_CLOEXEC, 0);
        if (fd < 0) throw say.fatal("unable to open current directory", fd);
        return new StartDirectory(libc, say, fd);
    }

    public void goBack() {
        int error = libc.fchdir(fd);
        if (error < 0) throw say.fatal("unable to set directory", error);
    }
}

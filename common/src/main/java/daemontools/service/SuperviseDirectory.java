package daemontools.service;

import daemontools.common.Diagnostics;
import daemontools.common.Failure;
import daemontools.posix.Bytes;
import daemontools.posix.Errno;
import daemontools.posix.FileStatus;
import daemontools.posix.LibC;

/**
 * supervise's side of the {@code supervise/} directory: makes what is missing, and opens it. The directory and the
 * fifos stay when supervise ends. All descriptors are close-on-exec and stay open as long as the process lives.
 *
 * <p>The order matters to clients: the lock first, then control, a valid status, and ok last, so that what {@code svok}
 * finds is ready (spec 2.1).
 */
public final class SuperviseDirectory {
    private static final int DIRECTORY_MODE = 0700;
    private static final int FILE_MODE = 0600;
    private static final int LONGEST_LINK = 255;
    private static final int READ = LibC.O_RDONLY | LibC.O_NONBLOCK | LibC.O_CLOEXEC;

    private final LibC libc;
    private final Diagnostics say;
    private final String directory;

    /** @param directory the service directory as messages are to name it; the files are those of the current one */
    public SuperviseDirectory(LibC libc, Diagnostics say, String directory) {
        this.libc = libc;
        this.say = say;
        this.directory = directory;
    }

    /** Makes the directory where there is none; where it is a link to nothing yet, what the link names (Debian). */
    public void create() {
        if (libc.mkdir(ServiceDirectory.SUPERVISE, DIRECTORY_MODE) != -Errno.EEXIST) return;
        byte[] target = new byte[LONGEST_LINK + 1];
        int length = libc.readlink(ServiceDirectory.SUPERVISE, target);
        if (length == -Errno.EINVAL) return;
        if (length > LONGEST_LINK) length = -Errno.EOVERFLOW;
        if (length < 0) throw new Failure(Failure.SYSTEM, "unable to readlink ./supervise: " + Errno.text(length));
        libc.mkdir(Bytes.string(target, 0, length), DIRECTORY_MODE);
    }

    /**
     * Makes this process the service's only supervise.
     *
     * @throws Failure when another holds the lock
     */
    public void lock() {
        int flags = LibC.O_WRONLY | LibC.O_NONBLOCK | LibC.O_APPEND | LibC.O_CREAT | LibC.O_CLOEXEC;
        int fd = libc.open(ServiceDirectory.LOCK, flags, FILE_MODE);
        int error = fd < 0 ? fd : libc.flock(fd, LibC.LOCK_EX | LibC.LOCK_NB);
        if (error < 0) throw unableTo("acquire", ServiceDirectory.LOCK, error);
    }

    /** Opens the control fifo and returns its reading end, which never comes to its end: we hold a writer too. */
    public int openControl() {
        int reader = openToRead(ServiceDirectory.CONTROL);
        int writer = ServiceDirectory.openFifo(libc, ServiceDirectory.CONTROL);
        if (writer < 0) throw unableTo("write", ServiceDirectory.CONTROL, writer);
        return reader;
    }

    /** Opens the ok fifo, which is never read: that it is open tells clients that we run. */
    public void openOk() {
        openToRead(ServiceDirectory.OK);
    }

    /** Makes the fifo where there is none, and opens its reading end. */
    private int openToRead(String fifo) {
        if (libc.mkfifo(fifo, FILE_MODE) == -Errno.EEXIST && isFileOrDevice(fifo)) makeAnew(fifo);
        int reader = libc.open(fifo, READ, 0);
        if (reader < 0) throw unableTo("read", fifo, reader);
        return reader;
    }

    /** Whether it is what can always be read, so that supervise would never rest, and written to, as if one ran. */
    private boolean isFileOrDevice(String name) {
        FileStatus status = new FileStatus();
        return libc.stat(name, status) == 0 && (status.isRegularFile() || status.isDevice());
    }

    /** Backups, and deployments that copy, leave files in the place of fifos. */
    private void makeAnew(String fifo) {
        say.warn(directory, "/", fifo + " is not a fifo: making it anew");
        int error = libc.unlink(fifo);
        if (error == 0) error = libc.mkfifo(fifo, FILE_MODE);
        if (error < 0) throw unableTo("create", fifo, error);
    }

    private Failure unableTo(String verb, String name, int error) {
        return say.fatal("unable to " + verb + " " + directory + "/" + name, error);
    }
}

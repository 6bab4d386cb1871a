package daemontools.svscan;

import daemontools.common.Output;
import daemontools.posix.ChildrenOf;
import daemontools.posix.DirectoryReader;
import daemontools.posix.Errno;
import daemontools.posix.FileStatus;
import daemontools.posix.LibC;
import daemontools.posix.PathBuffer;
import daemontools.posix.Signals;
import daemontools.service.ControlCommand;
import daemontools.service.ServiceDirectory;
import java.util.function.IntConsumer;

/**
 * Sends commands to supervises: through the control fifo that each has open, even if the service directory was renamed or
 * deleted, or else by signals. Nothing here waits, or takes memory.
 */
final class Control {
    private static final String NAME = "/" + ServiceDirectory.CONTROL;
    /** How many fifos of one supervise are looked at; it makes two itself. */
    private static final int MOST_FIFOS = 16;

    private final LibC libc;
    private final ChildrenOf childrenOf;
    private final DirectoryReader descriptor;
    private final PathBuffer path = new PathBuffer();
    private final byte[] target = new byte[16];
    private final FileStatus status = new FileStatus();
    private final FileStatus ours = new FileStatus();
    private final long[] devices = new long[MOST_FIFOS];
    private final long[] inodes = new long[MOST_FIFOS];
    private final IntConsumer signalChild = this::signalChild;
    private byte[] forced = {};

    Control(LibC libc) {
        this.libc = libc;
        this.childrenOf = new ChildrenOf(libc);
        this.descriptor = new DirectoryReader(libc);
    }

    /**
     * Sends commands to a supervise. Where /proc does not show what it has open, its fifo is opened by its name.
     *
     * @return zero or the negative errno number: EAGAIN when the fifo is full, ENXIO when the supervise has none (yet)
     */
    int send(Child supervise, byte[] commands) {
        int fd = open(supervise);
        if (fd < 0) return fd;
        int error = Output.writeAll(libc, fd, commands, commands.length);
        libc.close(fd);
        return error;
    }

    private int open(Child supervise) {
        path.begin().add("/proc/").add(supervise.pid()).add("/fd/");
        if (!showsOurProcesses() || descriptor.open(path.bytes()) < 0) {
            return ServiceDirectory.openFifo(
                    libc, path.begin().add(supervise.name()).add(NAME).bytes());
        }
        int fd = openDescriptor();
        descriptor.close();
        return fd;
    }

    /** Opens the control fifo: the one that the supervise has open twice, to read and to write. */
    private int openDescriptor() {
        int folder = path.length();
        int fifos = 0;
        while (descriptor.next() > 0) {
            path.cut(folder);
            path.add(descriptor);
            if (!isFifoOfItsOwn()) continue;
            if (isAmong(fifos)) return ServiceDirectory.openFifo(libc, path.bytes());
            if (fifos == MOST_FIFOS) continue;
            devices[fifos] = status.device();
            inodes[fifos++] = status.inode();
        }
        return -Errno.ENXIO;
    }

    /** Whether a descriptor is a fifo with a name, not a pipe, and was not inherited from svscan. */
    private boolean isFifoOfItsOwn() {
        if (libc.readlink(path.bytes(), target) <= 0 || target[0] != '/') return false;
        if (libc.stat(path.bytes(), status) < 0 || !status.isFifo()) return false;
        boolean isOurs = libc.fstat(descriptor.nameAsNumber(), ours) == 0;
        return !isOurs || ours.device() != status.device() || ours.inode() != status.inode();
    }

    private boolean isAmong(int fifos) {
        for (int i = 0; i < fifos; i++) {
            if (devices[i] == status.device() && inodes[i] == status.inode()) return true;
        }
        return false;
    }

    /** Whether /proc has our process IDs; it may be that of another PID namespace. */
    private boolean showsOurProcesses() {
        int length = libc.readlink("/proc/self", target);
        int pid = 0;
        for (int i = 0; i < length; i++) pid = 10 * pid + target[i] - '0';
        return length > 0 && pid == libc.getpid();
    }

    /** Sends the service the signals that the commands ask for, and kills its supervise. */
    void force(Child supervise, byte[] commands) {
        // While it is stopped, it cannot start the service again.
        libc.kill(supervise.pid(), Signals.STOP);
        forced = commands;
        if (showsOurProcesses()) childrenOf.process(supervise.pid(), signalChild);
        libc.kill(supervise.pid(), Signals.KILL);
    }

    private void signalChild(int pid) {
        for (byte command : forced) {
            if (command == ControlCommand.KILL.code()) libc.kill(pid, Signals.KILL);
            if (command != ControlCommand.DOWN.code()) continue;
            libc.kill(pid, Signals.TERM);
            libc.kill(pid, Signals.CONT);
        }
    }
}

package daemontools.supervise;

import daemontools.common.Diagnostics;
import daemontools.posix.Bytes;
import daemontools.posix.Errno;
import daemontools.posix.FileStatus;
import daemontools.posix.LibC;
import daemontools.posix.ProcessStat;
import daemontools.service.Setting;
import daemontools.service.Settings;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a service says that it is ready: by a newline on a descriptor (s6), or by datagrams to a socket, as sd_notify(3)
 * sends them.
 */
final class Notifications {
    /** What {@link #pipe} and {@link #socket} return while there is none. */
    static final int NONE = -1;

    private static final int DIRECTORY_MODE = 0711;
    private static final int SOCKET_MODE = 0666;
    private static final int LONGEST_DATAGRAM = 4096;
    private static final int MOST_ANCESTORS = 64;
    private static final long MICROS_PER_MILLI = 1000;
    private static final int READ = LibC.O_RDONLY | LibC.O_NONBLOCK | LibC.O_CLOEXEC;
    private static final String SOCKET = "supervise/notify";
    private static final String[] NO_VARIABLES = {};
    private static final byte[] NOTHING = {};

    private final LibC libc;
    private final Diagnostics say;
    private final String directory;
    private final Settings settings;

    private final int[] ends = {NONE, NONE};
    /** As long as nothing asks for it, it takes no memory. */
    private byte[] bytes = NOTHING;

    private @Nullable ProcessStat stat;
    private final int[] sender = new int[1];
    private int socket = NONE;
    /** Where the socket is, for the service. */
    private String address = "";

    Notifications(Context context, Settings settings) {
        this.libc = context.libc();
        this.say = context.say();
        this.directory = context.directory();
        this.settings = settings;
    }

    /** The descriptor that a newline comes from. */
    int pipe() {
        return ends[0];
    }

    /** The descriptor that datagrams come from. */
    int socket() {
        return socket;
    }

    /** Makes what the settings ask for, before ./run is started, and hands it to the child. */
    void prepare(ChildExtras run) {
        closePipe();
        int number = (int) settings.value(Setting.NOTIFICATION_FD, NONE);
        if (number != NONE) openPipe();
        run.with(ends[1], number);
        prepareSocket();
        run.with(variables());
    }

    private void openPipe() {
        makeRoom();
        int error = libc.pipe(ends, LibC.O_CLOEXEC | LibC.O_NONBLOCK);
        // Our end only: the service's waits, as any program expects of a pipe.
        if (error == 0) error = libc.fcntl(ends[1], LibC.F_SETFL, 0);
        if (error < 0) say.warn("unable to create pipe for ", directory, "/notification-fd", error);
    }

    private void makeRoom() {
        if (stat != null) return;
        bytes = new byte[LONGEST_DATAGRAM];
        stat = new ProcessStat(libc);
    }

    /** The socket is there, or not, as the settings ask for. */
    void prepareSocket() {
        if (!settings.has(Setting.NOTIFICATION_SOCKET)) closeSocket();
        else if (socket == NONE) openSocket();
    }

    private String[] variables() {
        if (socket == NONE) return NO_VARIABLES;
        String where = "NOTIFY_SOCKET=" + address;
        long liveness = settings.value(Setting.LIVENESS, 0);
        if (liveness == 0) return new String[] {where};
        return new String[] {where, "WATCHDOG_USEC=" + liveness * MICROS_PER_MILLI};
    }

    /** The service may run as any user: the socket is for all, and who has sent a datagram is looked at. */
    private void openSocket() {
        makeRoom();
        int length = libc.readlink("/proc/self/cwd", bytes);
        if (length > 0) address = Bytes.string(bytes, 0, length) + "/" + SOCKET;
        libc.unlink(SOCKET);
        int error = length < 0 ? length : libc.socketDatagram(address);
        if (error >= 0) {
            socket = error;
            error = libc.chmod(SOCKET, SOCKET_MODE);
        }
        if (error >= 0) error = libc.chmod("supervise", DIRECTORY_MODE);
        if (error < 0) say.warn("unable to create ", directory, "/" + SOCKET, error);
    }

    private void closeSocket() {
        if (socket == NONE) return;
        libc.close(socket);
        libc.unlink(SOCKET);
        socket = NONE;
    }

    /**
     * Listens to a ./run that was taken over before it was ready: its end of the pipe is where it was, and opening it for
     * reading makes another end of ours, proc_pid_fd(5).
     */
    void reopenPipe(int run) {
        int number = (int) settings.value(Setting.NOTIFICATION_FD, NONE);
        if (number == NONE) return;
        makeRoom();
        int end = libc.open("/proc/" + run + "/fd/" + number, READ, 0);
        if (end < 0) return;
        FileStatus status = new FileStatus();
        if (libc.fstat(end, status) == 0 && status.isFifo()) ends[0] = end;
        else libc.close(end);
    }

    /** ./run has its end of the pipe now. */
    void started() {
        if (ends[1] != NONE) libc.close(ends[1]);
        ends[1] = NONE;
    }

    /** The pipe is that of one ./run only. */
    void closePipe() {
        started();
        if (ends[0] != NONE) libc.close(ends[0]);
        ends[0] = NONE;
    }

    /**
     * What comes from the pipe: ready, or nothing yet; at its end there will be nothing more. It stays open behind the
     * newline, because a service that writes another would be killed by SIGPIPE.
     */
    Event readPipe() {
        int count = libc.read(ends[0], bytes, 0, bytes.length);
        if (count == -Errno.EAGAIN || count == -Errno.EINTR) return Event.NOTHING;
        boolean isReady = false;
        for (int i = 0; i < count; i++) isReady |= bytes[i] == '\n';
        if (count <= 0) closePipe();
        return isReady ? Event.BECAME_READY : Event.NOTHING;
    }

    /**
     * What a datagram says, the last first where it says several things.
     *
     * @param run the pid of ./run: only its processes are listened to
     */
    Event readSocket(int run) {
        int length = libc.receiveFrom(socket, bytes, sender);
        if (length < 0 || length > bytes.length || !isOf(run, sender[0])) return Event.NOTHING;
        if (has("STOPPING=1", length)) return Event.IS_STOPPING;
        if (has("READY=1", length)) return Event.BECAME_READY;
        return has("WATCHDOG=1", length) ? Event.IS_ALIVE : Event.NOTHING;
    }

    /** Whether a process is ./run or descends from it; what was left behind is our child. */
    private boolean isOf(int run, int pid) {
        ProcessStat known = Objects.requireNonNull(stat);
        int us = libc.getpid();
        int ancestor = pid;
        for (int i = 0; i < MOST_ANCESTORS && ancestor > 0; i++) {
            if (ancestor == run) return true;
            if (ancestor == us) return pid != us;
            // One that has said something and ended at once is still there for its parent.
            if (!known.readAlsoEnded(ancestor)) return false;
            ancestor = known.parent();
        }
        return false;
    }

    /** Whether a line of the datagram is this. */
    private boolean has(String line, int length) {
        int begin = 0;
        for (int i = 0; i <= length; i++) {
            if (i < length && bytes[i] != '\n') continue;
            if (i - begin == line.length() && isAt(begin, line)) return true;
            begin = i + 1;
        }
        return false;
    }

    private boolean isAt(int begin, String line) {
        for (int i = 0; i < line.length(); i++) {
            if (bytes[begin + i] != line.charAt(i)) return false;
        }
        return true;
    }
}

package daemontools.svscan;

import daemontools.posix.LibC;
import org.jspecify.annotations.Nullable;

/**
 * What svscan knows of a service. It holds both ends of the pipe to the log open, so that nothing is lost while the service
 * or its log is started again: the one that still runs does not see that the other has ended.
 */
final class ScannedService {
    private static final int STANDARD_INPUT = 0;
    private static final int STANDARD_OUTPUT = 1;
    private static final int CLOSED = -1;

    /** The log of all services that have none. */
    private static final Child NO_LOG = new Child();

    private static final int[] NO_PIPE = {};

    private final long device;
    private final long inode;
    private final boolean logged;
    private final Child main = new Child();
    private final Child log;
    private final int[] pipe;
    /** Pairs of descriptors, svscan's and the child's, as in ChildSetup. */
    private final int[] output;

    private final int[] input;
    private final Ending ending = new Ending();
    private String name = "";
    private boolean active;
    private boolean leaving;
    private boolean catchAll;
    private boolean essential;
    private @Nullable Observation observation;
    private @Nullable ScannedService next;

    /** A service is known by its directory's device and inode; links to it may have any name. */
    ScannedService(long device, long inode, boolean logged) {
        this.device = device;
        this.inode = inode;
        this.logged = logged;
        this.log = logged ? new Child() : NO_LOG;
        this.pipe = logged ? new int[] {CLOSED, CLOSED} : NO_PIPE;
        this.output = logged ? new int[] {CLOSED, STANDARD_OUTPUT} : NO_PIPE;
        this.input = logged ? new int[] {CLOSED, STANDARD_INPUT} : NO_PIPE;
    }

    long device() {
        return device;
    }

    long inode() {
        return inode;
    }

    /** The supervise of the service directory. */
    Child main() {
        return main;
    }

    /** The supervise of its {@code log} directory; one that never runs where there is none. */
    Child log() {
        return log;
    }

    boolean isLogged() {
        return logged;
    }

    /** Makes the pipe from the service to its log, close-on-exec; zero or the negative errno number. */
    int openPipe(LibC libc) {
        int error = libc.pipe(pipe, LibC.O_CLOEXEC);
        if (error < 0) return error;
        input[0] = pipe[0];
        output[0] = pipe[1];
        return 0;
    }

    /** The descriptors that are set up for the supervise of a logged service; none before the pipe is open. */
    int[] output() {
        return output;
    }

    /** The descriptors that are set up for the supervise of the log. */
    int[] input() {
        return input;
    }

    /** To be called when nobody will write to the pipe any more, or read from it. */
    void closePipe(LibC libc) {
        for (int i = 0; i < pipe.length; i++) {
            if (pipe[i] != CLOSED) libc.close(pipe[i]);
            pipe[i] = CLOSED;
        }
    }

    boolean isRunning() {
        return main.isRunning() || log.isRunning();
    }

    /** Whether the service's supervise runs, and that of its log if it has one. */
    boolean isComplete() {
        return main.isRunning() && (!logged || log.isRunning());
    }

    /** The name of an entry that led to it on the last pass that found it. */
    String name() {
        return name;
    }

    void setName(String name) {
        this.name = name;
    }

    /** Whether the last pass found it in the directory. */
    boolean isActive() {
        return active;
    }

    void setActive(boolean active) {
        this.active = active;
    }

    /** Whether it is being ended because its entry is gone, or as the catch-all log because all others are. */
    boolean isLeaving() {
        return leaving;
    }

    /** To be called when its entry is gone: it ends, also if another entry leads to it meanwhile. */
    void leave() {
        leaving = true;
    }

    /** Whether it is the log of what has no other. */
    boolean isCatchAll() {
        return catchAll;
    }

    void becomeCatchAll() {
        catchAll = true;
    }

    /** Whether its end is the end of all. */
    boolean isEssential() {
        return essential;
    }

    void setEssential(boolean essential) {
        this.essential = essential;
    }

    /** Null as long as it is not observed. */
    @Nullable
    Observation observation() {
        return observation;
    }

    void setObservation(Observation observation) {
        this.observation = observation;
    }

    Ending ending() {
        return ending;
    }

    /** The next one in a chain of {@link KnownServices}. */
    @Nullable
    ScannedService next() {
        return next;
    }

    void setNext(@Nullable ScannedService next) {
        this.next = next;
    }
}

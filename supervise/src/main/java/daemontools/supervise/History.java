package daemontools.supervise;

import daemontools.posix.ExitStatus;

/** What has happened to a service since supervise began. Times are nanoseconds since the UNIX epoch. */
final class History {
    private static final int NEVER = -2;
    /** Shells count so. */
    private static final int SIGNAL_BASE = 128;

    private int starts;
    private int lastPid;
    private int readies;
    private int ends;
    private int finishes;
    private int lastExit = NEVER;
    private long ended;

    void started(int pid) {
        starts++;
        lastPid = pid;
    }

    void becameReady() {
        readies++;
    }

    /** @param exit see {@link ExitStatus} */
    void ended(int exit, long when) {
        ends++;
        lastExit = exit;
        ended = when;
    }

    void finished() {
        finishes++;
    }

    /**
     * What ./finish gets, as s6's does: the exit code, 256 where a signal killed ./run or nobody knows; the signal, 0 for
     * none or where nobody knows; the service directory's name; the process group that ./run led, if it did.
     */
    String[] operands(String directory) {
        int code = lastExit < 0 || ExitStatus.isSignal(lastExit) ? 256 : lastExit;
        return new String[] {Integer.toString(code), Integer.toString(signal()), directory, Integer.toString(lastPid)};
    }

    private int signal() {
        return lastExit >= 0 && ExitStatus.isSignal(lastExit) ? ExitStatus.signal(lastExit) : 0;
    }

    /** The last exit code, 128 + the signal that killed ./run; 0 where it never ended or nobody knows how. */
    int exitCode() {
        if (lastExit < 0) return 0;
        return signal() == 0 ? lastExit : SIGNAL_BASE + signal();
    }

    /** Adds the lines of {@code supervise/details} that are about it. */
    void describe(DetailsText text) {
        text.add("starts", starts).add("readies", readies).add("ends", ends).add("finishes", finishes);
        if (signal() != 0) text.add("signal", signal());
        else if (lastExit >= 0) text.add("exit", lastExit);
        if (lastExit != NEVER) text.addTime("ended", ended);
    }
}

package daemontools.supervise;

import daemontools.posix.Descendants;
import daemontools.posix.LibC;
import daemontools.posix.ProcessStat;
import daemontools.posix.Signals;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The processes that ./run left behind, where supervise is their reaper: PR_SET_CHILD_SUBREAPER(2const). */
final class LeftBehind {
    private final LibC libc;
    private final Check check;
    /** Null as long as nothing asked for it, to take no memory. */
    private @Nullable Descendants descendants;

    private @Nullable ProcessStat stat;
    private int oldest;
    private boolean isReaper;
    private boolean areEnding;
    private boolean areKilled;

    LeftBehind(LibC libc, Check check) {
        this.libc = libc;
        this.check = check;
    }

    /** Whether processes that lose their parent are to become children of ours. */
    void reap(boolean on) {
        if (on == isReaper || libc.prctl(LibC.PR_SET_CHILD_SUBREAPER, on ? 1 : 0) < 0) return;
        isReaper = on;
        if (descendants == null) {
            descendants = new Descendants(libc);
            stat = new ProcessStat(libc);
        }
    }

    /** How many there are, ./run counted while it is there. */
    int count() {
        if (!isReaper) return 0;
        descendants().find(libc.getpid(), check.child().pid());
        return descendants().count();
    }

    /** Looks for the child that was started first; whether there is one. */
    boolean findOldest() {
        oldest = 0;
        long earliest = Long.MAX_VALUE;
        if (count() == 0) return false;
        for (int i = 0; i < descendants().children(); i++) {
            int pid = descendants().pid(i);
            if (stat().read(pid) && stat().start() < earliest) {
                earliest = stat().start();
                oldest = pid;
            }
        }
        return oldest != 0;
    }

    /** The pid of the child that {@link #findOldest} has found. */
    int oldest() {
        return oldest;
    }

    /** Asks all to end; whether there are any. */
    boolean end(int downSignal) {
        areEnding = count() > 0;
        if (areEnding) {
            signal(downSignal);
            signal(Signals.CONT);
        }
        return areEnding;
    }

    /** Whether they were asked to end, and are not known to have done so. */
    boolean areEnding() {
        return areEnding;
    }

    /** Kills all, from now on also those that come to light by the end of others. */
    void kill() {
        areKilled = true;
        killAgain();
    }

    /** One has ended: children that it had are ours now. */
    void killAgain() {
        if (areKilled && count() > 0) signal(Signals.KILL);
    }

    /** None is left. */
    void ended() {
        areEnding = false;
        areKilled = false;
    }

    private void signal(int number) {
        for (int i = 0; i < descendants().count(); i++) libc.kill(descendants().pid(i), number);
    }

    private Descendants descendants() {
        return Objects.requireNonNull(descendants);
    }

    private ProcessStat stat() {
        return Objects.requireNonNull(stat);
    }
}

package daemontools.svscan;

import daemontools.posix.ChildrenOf;
import daemontools.posix.LibC;
import daemontools.posix.Signals;
import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * The children of the first process that it did not start: processes that services left behind. They may hold the writing
 * end of a log's pipe, so that the log cannot come to its end.
 */
final class Orphans {
    private static final int FIRST_ROOM = 64;

    private final LibC libc;
    private final Launcher launcher;
    private final ChildrenOf childrenOf;
    private final IntConsumer end = this::end;
    /** The pids of those that were asked to end, in ascending order. */
    private int[] asked = new int[FIRST_ROOM];

    private int askedCount;
    private boolean kill;

    Orphans(LibC libc, Launcher launcher) {
        this.libc = libc;
        this.launcher = launcher;
        this.childrenOf = new ChildrenOf(libc);
    }

    /** Sends each TERM and CONT, once, or KILL. */
    void end(boolean byForce) {
        kill = byForce;
        childrenOf.us(end);
    }

    private void end(int pid) {
        if (launcher.isOurs(pid)) return;
        if (kill) {
            libc.kill(pid, Signals.KILL);
            return;
        }
        int place = Arrays.binarySearch(asked, 0, askedCount, pid);
        if (place >= 0) return;
        libc.kill(pid, Signals.TERM);
        libc.kill(pid, Signals.CONT);
        remember(pid, -place - 1);
    }

    private void remember(int pid, int place) {
        if (askedCount == asked.length) asked = Arrays.copyOf(asked, 2 * askedCount);
        System.arraycopy(asked, place, asked, place + 1, askedCount - place);
        asked[place] = pid;
        askedCount++;
    }
}

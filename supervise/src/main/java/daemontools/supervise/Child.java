package daemontools.supervise;

import daemontools.posix.ExitStatus;
import daemontools.posix.LibC;
import daemontools.posix.Signals;

/** A process of the service: a child of ours, or one that was taken over from a supervise that is gone. */
final class Child {
    private static final int NONE = -1;

    private final LibC libc;
    private int pid;
    private boolean leadsGroup;
    private boolean hasEnded;
    private int exit;
    /** Tells of the end of a process that is no child of ours. */
    private int pidfd = NONE;

    Child(LibC libc) {
        this.libc = libc;
    }

    /** The pid, zero while there is none. It stays until {@link #forget}. */
    int pid() {
        return pid;
    }

    boolean isThere() {
        return pid != 0;
    }

    /** @param leads whether it leads a process group, which gets its signals */
    void began(int newPid, boolean leads) {
        pid = newPid;
        leadsGroup = leads;
        hasEnded = false;
    }

    /** Takes over a process that is no child of ours; whether that can be done. */
    boolean takeOver(int itsPid, boolean leads) {
        int descriptor = libc.pidfdOpen(itsPid);
        if (descriptor < 0) return false;
        began(itsPid, leads);
        pidfd = descriptor;
        return true;
    }

    /** The descriptor that can be read when a process that was taken over has ended, else -1. */
    int pidfd() {
        return pidfd;
    }

    /** Notes that a child of ours has ended, and tells whether it was this. */
    boolean ended(int itsPid, int itsExit) {
        if (itsPid != pid) return false;
        hasEnded = true;
        exit = itsExit;
        return true;
    }

    /** Notes the end of a process that was taken over. */
    void endedUnseen() {
        hasEnded = true;
        exit = ExitStatus.UNKNOWN;
        libc.close(pidfd);
        pidfd = NONE;
    }

    boolean hasEnded() {
        return hasEnded;
    }

    /** How it ended: see {@link ExitStatus}. */
    int exit() {
        return exit;
    }

    void forget() {
        pid = 0;
        hasEnded = false;
    }

    /** Gives up one that was taken over. */
    void letGo() {
        libc.close(pidfd);
        pidfd = NONE;
        forget();
    }

    /** Kills the others of its group, also when it has ended. */
    void killGroup() {
        if (leadsGroup) libc.kill(-pid, Signals.KILL);
    }

    void signal(int number) {
        // The group is not there yet in the moment after the start.
        if (!leadsGroup || libc.kill(-pid, number) < 0) libc.kill(pid, number);
    }
}

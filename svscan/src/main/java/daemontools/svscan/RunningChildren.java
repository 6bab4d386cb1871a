package daemontools.svscan;

import org.jspecify.annotations.Nullable;

/** The supervises that run, found by their pids. Its memory never grows. */
final class RunningChildren {
    private static final int CHAINS = 512;

    private final Child[] chains = new Child[CHAINS];
    private int count;

    int count() {
        return count;
    }

    void add(Child child) {
        int chain = chain(child.pid());
        child.setNext(chains[chain]);
        chains[chain] = child;
        count++;
    }

    @Nullable
    Child find(int pid) {
        Child child = chains[chain(pid)];
        while (child != null && child.pid() != pid) child = child.next();
        return child;
    }

    /** Removes a supervise that has ended. */
    void remove(Child child) {
        int chain = chain(child.pid());
        if (chains[chain] == child) {
            chains[chain] = child.next();
        } else {
            Child before = chains[chain];
            Child next = before.next();
            while (next != null && next != child) {
                before = next;
                next = before.next();
            }
            before.setNext(child.next());
        }
        child.setPid(0);
        count--;
    }

    private static int chain(int pid) {
        return pid % CHAINS;
    }
}

package daemontools.posix;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * The processes that descend from one, as /proc shows them: its children first, then theirs, and so on. Takes memory only
 * where there are more than ever before.
 */
public final class Descendants {
    private static final int FIRST_ROOM = 64;

    private final ChildrenOf childrenOf;
    private final DirectoryReader tasks;
    private final PathBuffer path = new PathBuffer();
    private final IntConsumer add = this::add;
    private int[] pids = new int[FIRST_ROOM];
    private int count;
    private int children;

    public Descendants(LibC libc) {
        this.childrenOf = new ChildrenOf(libc);
        this.tasks = new DirectoryReader(libc);
    }

    /** Looks for the descendants of a process; those of {@code except}, a child, are left out, and it too. */
    public void find(int pid, int except) {
        count = 0;
        addChildrenOf(pid);
        remove(except);
        children = count;
        for (int i = 0; i < count; i++) addChildrenOf(pids[i]);
    }

    /** A child belongs to the thread that made it. */
    private void addChildrenOf(int pid) {
        path.begin().add("/proc/").add(pid).add("/task");
        if (tasks.open(path.bytes()) < 0) return;
        while (tasks.next() > 0) childrenOf.thread(pid, tasks, add);
        tasks.close();
    }

    private void add(int pid) {
        if (count == pids.length) pids = Arrays.copyOf(pids, 2 * count);
        pids[count++] = pid;
    }

    private void remove(int pid) {
        for (int i = 0; i < count; i++) {
            if (pids[i] == pid) pids[i] = pids[--count];
        }
    }

    /** How many descendants there are. */
    public int count() {
        return count;
    }

    /** How many of them are children: they are the first. */
    public int children() {
        return children;
    }

    public int pid(int index) {
        return pids[index];
    }
}

package daemontools.posix;

import java.util.function.IntConsumer;

/** Reads from /proc which children a process has, in memory that is there from the start. */
public final class ChildrenOf {
    private static final int SIZE = 4096;

    private final LibC libc;
    private final PathBuffer path = new PathBuffer();
    private final byte[] buffer = new byte[SIZE];

    public ChildrenOf(LibC libc) {
        this.libc = libc;
    }

    /** Calls an action with the pid of each child of ours; with none where the kernel does not tell. */
    public void us(IntConsumer action) {
        path.begin().add("/proc/self/task/").add(libc.getpid()).add("/children");
        read(action);
    }

    /** The same for a process with one thread; its pid must mean the same in /proc as for us. */
    public void process(int pid, IntConsumer action) {
        path.begin().add("/proc/").add(pid).add("/task/").add(pid).add("/children");
        read(action);
    }

    /** The same for one thread of a process, which {@code tasks} is at in the process's task directory. */
    void thread(int pid, DirectoryReader tasks, IntConsumer action) {
        path.begin().add("/proc/").add(pid).add("/task/").add(tasks).add("/children");
        read(action);
    }

    private void read(IntConsumer action) {
        int fd = libc.open(path.bytes(), LibC.O_RDONLY | LibC.O_CLOEXEC, 0);
        if (fd < 0) return;
        int pid = 0;
        for (int count = libc.read(fd, buffer, 0, SIZE); count > 0; count = libc.read(fd, buffer, 0, SIZE)) {
            for (int i = 0; i < count; i++) {
                if (buffer[i] != ' ') {
                    pid = 10 * pid + buffer[i] - '0';
                } else {
                    action.accept(pid);
                    pid = 0;
                }
            }
        }
        libc.close(fd);
    }
}

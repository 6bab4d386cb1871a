package daemontools.envtools;

import daemontools.posix.Errno;
import daemontools.posix.FileStatus;
import daemontools.posix.NoLibC;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A kernel for loaders: it notes the calls that change something, and answers as a test has told it. Each call that returns no
 * more than an error does what its field says.
 */
final class FakeKernel extends NoLibC {
    private static final int REGULAR = 0100755;

    /** The calls: the name and every argument. */
    final List<String> calls = new ArrayList<>();

    /** The flags of the descriptors that are open. */
    Map<Integer, Integer> descriptors = Map.of();

    long softLimit;
    long hardLimit;
    boolean limitsWait;

    int mode = REGULAR;
    boolean hasCapabilities;

    int open;
    int flock;
    int eaccess;
    int getrlimit;
    int setrlimit;
    int setrlimitOnExec;
    int execve = -Errno.ENOENT;
    /** What execve returns for a path in /proc. */
    int execveOfNoFile = -Errno.ENOENT;

    private void note(String call, Object... arguments) {
        StringBuilder text = new StringBuilder(call);
        for (Object argument : arguments) text.append(' ').append(argument);
        calls.add(text.toString());
    }

    @Override
    public List<String> environment() {
        return List.of("A=1", "PATH=/d:/c");
    }

    @Override
    public String getenv(String name) {
        note("getenv", name);
        return "/d:/c";
    }

    @Override
    public void setEnvironment(List<String> entries) {
        note("setEnvironment", String.join(",", entries));
    }

    @Override
    public int execve(String path, List<String> argv) {
        note("execve", path, String.join(",", argv));
        return path.startsWith("/proc/") ? execveOfNoFile : execve;
    }

    @Override
    public int open(String path, int flags, int createMode) {
        return open;
    }

    @Override
    public int close(int fd) {
        note("close", fd);
        return 0;
    }

    @Override
    public int flock(int fd, int operation) {
        note("flock", fd, operation);
        return flock;
    }

    @Override
    public int fcntl(int fd, int command, int argument) {
        return descriptors.getOrDefault(fd, -Errno.EBADF);
    }

    @Override
    public int dup2(int from, int to) {
        note("dup2", from, to);
        return to;
    }

    @Override
    public int stat(String path, FileStatus into) {
        into.set(1, 7, mode, 1, 1);
        return 0;
    }

    /** /c is full of this build. */
    @Override
    public boolean isThisProgram(String path) {
        return path.startsWith("/c/");
    }

    @Override
    public boolean hasAttribute(String path, String name) {
        return hasCapabilities;
    }

    @Override
    public int eaccess(String path, int wanted) {
        return eaccess;
    }

    @Override
    public int getrlimit(int resource, long[] limits) {
        limits[0] = softLimit;
        limits[1] = hardLimit;
        return getrlimit;
    }

    @Override
    public int setrlimit(int resource, long soft, long hard) {
        note("setrlimit", resource, soft, hard);
        return setrlimit;
    }

    @Override
    public int setrlimitOnExec(int resource, long soft, long hard) {
        note("setrlimitOnExec", resource, soft, hard);
        return setrlimitOnExec;
    }

    @Override
    public boolean hasLimitsOnExec() {
        return limitsWait;
    }
}

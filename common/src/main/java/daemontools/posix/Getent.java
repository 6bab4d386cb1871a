package daemontools.posix;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The program getent, a part of glibc: it asks whatever service nsswitch.conf names. It gets nothing of ours: an empty
 * environment, no descriptors, no signal ignored or blocked. When it has not answered after a minute it is killed.
 */
final class Getent {
    /** There is no getent, or it could not do its work. */
    static final int NO_ANSWER = -Errno.EAGAIN;

    /** Where systems have it; the last is NixOS's place. */
    private static final String[] PLACES = {"/usr/bin/getent", "/bin/getent", "/run/current-system/sw/bin/getent"};

    private static final String[] NO_ENVIRONMENT = {};
    private static final long ALL_SIGNALS = -1;
    private static final int STANDARD_ERROR = 2;
    /** The last one that a process may have, unless its limit was raised. */
    private static final int USUAL_LAST_DESCRIPTOR = 1023;

    private static final long LONGEST_NANOS = 60_000_000_000L;
    /** How long a killed one is waited for: the kernel might not let it go. */
    private static final long LONGEST_DYING_NANOS = 1_000_000_000L;

    private static final int[] NO_DESCRIPTORS = {};
    private static final boolean[] NONE_READY = {};

    private static final int ACCOUNT_NOT_FOUND = 2;

    private final LibC libc;
    private final String root;

    /** @param root a directory in place of {@code /}; empty but in tests */
    Getent(LibC libc, String root) {
        this.libc = libc;
        this.root = root;
    }

    /** What {@link LibC#getpwnam} returns, or {@link #NO_ANSWER}. */
    int find(String name, int[] ids) {
        int[] pipe = new int[2];
        int error = libc.pipe(pipe, LibC.O_CLOEXEC);
        if (error < 0) return NO_ANSWER;
        // It takes a number for a uid. So it is to list all accounts, and the number is looked for among their names.
        boolean listing = looksLikeANumber(name);
        String[] words = listing ? new String[] {"getent", "passwd"} : new String[] {"getent", "passwd", name};
        int pid = start(words, pipe[1]);
        libc.close(pipe[1]);
        // Services may know an account under several names. No name at all is not to be taken for any.
        boolean anyName = !listing && !name.isEmpty();
        int answer = pid < 0 ? NO_ANSWER : answer(pid, pipe[0], anyName ? null : name, ids);
        libc.close(pipe[0]);
        return answer;
    }

    /** Whether getent, by strtoul(3), might take a name for a number. */
    private static boolean looksLikeANumber(String name) {
        boolean number = !name.isEmpty();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            number &= (c >= '0' && c <= '9') || c == '+' || c == '-' || ByteReader.isBlank(c);
        }
        return number;
    }

    private int start(String[] words, int output) {
        int nothing = libc.open("/dev/null", LibC.O_RDWR | LibC.O_CLOEXEC, 0);
        if (nothing < 0) return nothing;
        // In this order none is lost where our own 0 to 2 were closed, so that these have come to be among them.
        ChildSetup setup = new ChildSetup(ALL_SIGNALS, 0, output, 1, nothing, 0, nothing, STANDARD_ERROR);
        List<Integer> inherited = inherited();
        setCloseOnExec(inherited, LibC.FD_CLOEXEC);
        int pid = -Errno.ENOENT;
        for (int i = 0; i < PLACES.length && pid == -Errno.ENOENT; i++) {
            pid = libc.spawn(root + PLACES[i], words, NO_ENVIRONMENT, setup);
        }
        setCloseOnExec(inherited, 0);
        libc.close(nothing);
        return pid;
    }

    /** Those of our descriptors that a program gets, without the standard ones. */
    private List<Integer> inherited() {
        List<String> numbers = new ArrayList<>();
        if (DirectoryReader.list(libc, "/proc/self/fd", numbers) < 0) {
            for (int fd = 0; fd <= USUAL_LAST_DESCRIPTOR; fd++) numbers.add(Integer.toString(fd));
        }
        List<Integer> inherited = new ArrayList<>();
        for (String number : numbers) {
            int fd = Integer.parseInt(number);
            if (fd > STANDARD_ERROR && libc.fcntl(fd, LibC.F_GETFD, 0) == 0) inherited.add(fd);
        }
        return inherited;
    }

    private void setCloseOnExec(List<Integer> descriptors, int flag) {
        for (int fd : descriptors) libc.fcntl(fd, LibC.F_SETFD, flag);
    }

    private int answer(int pid, int output, @Nullable String name, int[] ids) {
        long timeLimit = now() + LONGEST_NANOS;
        ByteReader in = new ByteReader(libc, output, timeLimit);
        boolean found = new Passwd(in).find(name, false, ids);
        while (in.peek() != ByteReader.END) in.skipLine();
        int status = in.isLate() ? ExitStatus.UNKNOWN : end(pid, timeLimit);
        if (status == ExitStatus.UNKNOWN) {
            libc.kill(pid, Signals.KILL);
            end(pid, now() + LONGEST_DYING_NANOS);
        }
        if (status == 0) return found ? 1 : 0;
        return status == ACCOUNT_NOT_FOUND ? 0 : NO_ANSWER;
    }

    /** The child's exit status, unknown where it runs for too long; zero too where SIGCHLD is ignored: then the kernel keeps none. */
    private int end(int pid, long timeLimit) {
        int[] status = new int[1];
        int ended = libc.waitpid(pid, LibC.WNOHANG, status);
        while (ended == 0 && now() < timeLimit) {
            libc.poll(NO_DESCRIPTORS, NONE_READY, 1);
            ended = libc.waitpid(pid, LibC.WNOHANG, status);
        }
        // Where SIGCHLD is blocked it waits for us; this takes it back, so that the program to come does not get it.
        if (ended > 0) libc.signalDefault(Signals.CHLD);
        return ended == 0 ? ExitStatus.UNKNOWN : ExitStatus.of(status[0]);
    }

    private long now() {
        return libc.clockGettime(LibC.CLOCK_MONOTONIC);
    }
}

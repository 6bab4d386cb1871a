package daemontools.posix;

import static daemontools.posix.Jna.*;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@link LibC} on the JVM that packaging/jlink/launcher.c makes, through {@link Jna}. Tests extend it by kernels that are the
 * real one but for a few calls.
 */
public class JnaLibC
        implements LibC, JnaSignalCalls, JnaDescriptorCalls, JnaSocketCalls, JnaTerminalCalls, JnaFileCalls {
    private final LimitsOnExec limitsOnExec = new LimitsOnExec();
    private final List<Memory> kept = new ArrayList<>();

    /** JNA starts threads. They block the signals that are blocked now, which under the launcher are all. */
    public JnaLibC() {
        Jna.load();
    }

    // ---- this process ----

    /** Where the kernel left the words, which the launcher says. */
    private static Pointer argv() {
        return new Pointer(Long.getLong("daemontools.argv"));
    }

    @Override
    public List<String> arguments() {
        return new JnaWords(argv());
    }

    @Override
    public List<String> environment() {
        Pointer environ = environ();
        return environ == null ? List.of() : new JnaWords(environ);
    }

    @Override
    public @Nullable String getenv(String name) {
        Pointer value = function("getenv").invokePointer(new Object[] {c(name)});
        return value == null ? null : value.getString(0, BYTES);
    }

    @Override
    public void setEnvironment(List<String> entries) {
        setEnviron(keep(entries).array());
    }

    /** Kept words may be words of former ones. */
    @Override
    public JnaWords keep(List<String> words) {
        Memory block = array(Words.of(words));
        kept.add(block);
        return new JnaWords(block);
    }

    @Override
    public void overwriteLastArgument(byte[] bytes) {
        List<String> words = arguments();
        new Pointer(((Words) words).address(words.size() - 1)).write(0, bytes, 0, bytes.length);
    }

    @Override
    public int getpid() {
        return call("getpid");
    }

    @Override
    public void exit(int code) {
        Runtime.getRuntime().halt(code);
    }

    @Override
    public int chdir(String path) {
        return call("chdir", c(path));
    }

    @Override
    public int fchdir(int fd) {
        return call("fchdir", fd);
    }

    @Override
    public int umask(int mask) {
        return call("umask", mask);
    }

    @Override
    public int setsid() {
        return call("setsid");
    }

    @Override
    public long clockGettime(int clock) {
        long[] time = new long[Structures.TIME_SIZE];
        call("clock_gettime", clock, time);
        return Structures.readNanos(time);
    }

    @Override
    public long getauxval(int type) {
        return function("getauxval").invokeLong(new Object[] {(long) type});
    }

    // ---- other processes ----

    @Override
    public int execve(String path, List<String> argv) {
        return execve(path, argv, environment());
    }

    @Override
    public int execve(String path, List<String> argv, List<String> environment) {
        Pointer program = c(path);
        Memory words = array(Words.of(argv));
        Memory entries = array(Words.of(environment));
        limitsOnExec.set(this);
        try {
            return call("execve", program, words, entries);
        } finally {
            limitsOnExec.putBack(this);
        }
    }

    @Override
    public int fork() {
        return -Errno.ENOSYS;
    }

    @Override
    public int vfork(Runnable child) {
        return -Errno.ENOSYS;
    }

    @Override
    public int spawn(String path, String[] argv, String @Nullable [] environment, ChildSetup setup) {
        Memory attributes = zeroed(Abi.SPAWN_OBJECT_SIZE);
        Memory actions = zeroed(Abi.SPAWN_OBJECT_SIZE);
        int[] pid = new int[1];
        call("posix_spawnattr_init", attributes);
        call("posix_spawn_file_actions_init", actions);
        try {
            int session = setup.leadsSession() ? Abi.POSIX_SPAWN_SETSID : 0;
            call("posix_spawnattr_setflags", attributes, (short) (Abi.POSIX_SPAWN_SETSIGDEF_AND_SIGMASK | session));
            call("posix_spawnattr_setsigdefault", attributes, signalSet(setup.defaultSignals(this::isIgnored)));
            call("posix_spawnattr_setsigmask", attributes, signalSet(setup.blockedSignals()));
            int error = addFileActions(actions, setup);
            Pointer entries = environment == null ? environ() : array(Words.of(List.of(environment)));
            Memory words = array(Words.of(List.of(argv)));
            limitsOnExec.set(this);
            if (error == 0) error = call("posix_spawn", pid, c(path), actions, attributes, words, entries);
            return error == 0 ? pid[0] : -error;
        } finally {
            limitsOnExec.putBack(this);
            call("posix_spawn_file_actions_destroy", actions);
            call("posix_spawnattr_destroy", attributes);
        }
    }

    /** The JVM has always taken memory to start a program. */
    @Override
    public void prepareSpawn(String[] argv) {}

    private int addFileActions(Memory actions, ChildSetup setup) {
        int error = 0;
        int[] descriptors = setup.descriptors();
        for (int i = 0; i < descriptors.length && error == 0; i += 2) {
            error = call("posix_spawn_file_actions_adddup2", actions, descriptors[i], descriptors[i + 1]);
        }
        if (error == 0 && setup.directory() != null) {
            error = call("posix_spawn_file_actions_addchdir_np", actions, c(setup.directory()));
        }
        return error;
    }

    /** The kernel is asked itself, because libc does not speak of its own signals. */
    @Override
    public boolean isIgnored(int signal) {
        Memory action = zeroed(Abi.SIGACTION_SIZE);
        int error = callLong("syscall", Abi.SYS_RT_SIGACTION, (long) signal, null, action, Abi.SIGACTION_SET_SIZE);
        return error == 0 && action.getLong(0) == Abi.SIG_IGN;
    }

    @Override
    public int waitpid(int pid, int options, int[] status) {
        return call("waitpid", pid, status, options);
    }

    @Override
    public int kill(int pid, int signal) {
        return call("kill", pid, signal);
    }

    @Override
    public int prctl(int option, long argument) {
        return call("prctl", option, argument, 0L, 0L, 0L);
    }

    @Override
    public int pidfdOpen(int pid) {
        return callLong("syscall", Abi.SYS_PIDFD_OPEN, (long) pid, 0L);
    }

    // ---- files ----

    /** A launcher is nothing without the runtime that it lies in. */
    @Override
    public boolean isThisProgram(String path) {
        FileStatus other = new FileStatus();
        FileStatus own = new FileStatus();
        return stat(path, other) == 0
                && stat("/proc/self/exe", own) == 0
                && other.inode() == own.inode()
                && other.device() == own.device();
    }

    // ---- accounts and limits ----

    @Override
    public int getpwnam(String account, int[] ids) {
        Pointer entry = function("getpwnam").invokePointer(new Object[] {c(account)});
        if (entry == null) return 0;
        ids[0] = entry.getInt(Abi.PASSWD_UID);
        ids[1] = entry.getInt(Abi.PASSWD_GID);
        return 1;
    }

    @Override
    public int setgroups(int[] gids) {
        return call("setgroups", (long) gids.length, gids);
    }

    @Override
    public int setgid(int gid) {
        return call("setgid", gid);
    }

    @Override
    public int setuid(int uid) {
        return call("setuid", uid);
    }

    @Override
    public int getrlimit(int resource, long[] limits) {
        return call("getrlimit", resource, limits);
    }

    @Override
    public int setrlimit(int resource, long soft, long hard) {
        return call("setrlimit", resource, new long[] {soft, hard});
    }

    @Override
    public int setrlimitOnExec(int resource, long soft, long hard) {
        return limitsOnExec.add(this, resource, soft, hard);
    }

    @Override
    public boolean hasLimitsOnExec() {
        return limitsOnExec.any();
    }
}

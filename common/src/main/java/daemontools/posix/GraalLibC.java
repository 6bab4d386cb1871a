package daemontools.posix;

import static com.oracle.svm.core.heap.RestrictHeapAccess.Access.NO_ALLOCATION;
import static daemontools.posix.GraalMemory.*;

import com.oracle.svm.core.JavaMainWrapper;
import com.oracle.svm.core.NeverInline;
import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.c.CGlobalData;
import com.oracle.svm.core.c.CGlobalDataFactory;
import com.oracle.svm.core.heap.RestrictHeapAccess;
import java.util.List;
import org.graalvm.nativeimage.c.type.CCharPointer;
import org.graalvm.word.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * {@link LibC} in the native image: direct C calls. The image runs one thread and no call comes back into Java, so no
 * call changes the thread's state: there is nobody who could wait for it. What a daemon does all day is not to lead to
 * collections, after which it would be larger for good: {@link GraalMemory} says what C is given.
 */
public final class GraalLibC
        implements LibC, GraalSignalCalls, GraalDescriptorCalls, GraalSocketCalls, GraalTerminalCalls, GraalFileCalls {
    /** Where the linker says that the file's beginning is mapped. */
    private static final CGlobalData<Pointer> ELF_HEADER = CGlobalDataFactory.forSymbol("__ehdr_start");

    /** The room for a usual command line, in longs. */
    private static final int SHORT_ARGUMENTS = 64;

    private final LimitsOnExec limitsOnExec = new LimitsOnExec();
    private final Spawned spawned = new Spawned();
    private long[] room = new long[SHORT_ARGUMENTS];

    // ---- this process ----

    @Override
    public List<String> arguments() {
        Pointer argv = (Pointer) JavaMainWrapper.MAIN_ISOLATE_PARAMETERS.get().getArgv();
        return new GraalWords(
                argv.rawValue(), JavaMainWrapper.MAIN_ISOLATE_PARAMETERS.get().getArgc());
    }

    @Override
    public List<String> environment() {
        Pointer environ = environ();
        int count = 0;
        while (environ.isNonNull() && environ.readLong(WORD * count) != 0) count++;
        return new GraalWords(environ.rawValue(), count);
    }

    @Override
    public @Nullable String getenv(String name) {
        Pointer value = C.getenv(text(name));
        return value.isNull() ? null : string(value);
    }

    @Override
    public void setEnvironment(List<String> entries) {
        setEnviron(pinned(Words.of(entries)));
    }

    @Override
    public Words keep(List<String> words) {
        return new GraalWords(pinned(Words.of(words)).rawValue(), words.size());
    }

    @Override
    public void overwriteLastArgument(byte[] bytes) {
        int last = JavaMainWrapper.MAIN_ISOLATE_PARAMETERS.get().getArgc() - 1;
        CCharPointer word =
                JavaMainWrapper.MAIN_ISOLATE_PARAMETERS.get().getArgv().read(last);
        for (int i = 0; i < bytes.length; i++) word.write(i, bytes[i]);
    }

    @Override
    public int getpid() {
        return C.getpid();
    }

    @Override
    public void exit(int code) {
        C._exit(code);
    }

    @Override
    @RestrictHeapAccess(access = NO_ALLOCATION, reason = ADDRESSES)
    public int chdir(String path) {
        return result(C.chdir(text(path)));
    }

    @Override
    @RestrictHeapAccess(access = NO_ALLOCATION, reason = ADDRESSES)
    public int fchdir(int fd) {
        return result(C.fchdir(fd));
    }

    @Override
    @RestrictHeapAccess(access = NO_ALLOCATION, reason = ADDRESSES)
    public int umask(int mask) {
        return C.umask(mask);
    }

    @Override
    @RestrictHeapAccess(access = NO_ALLOCATION, reason = ADDRESSES)
    public int setsid() {
        return result(C.setsid());
    }

    @Override
    @RestrictHeapAccess(access = NO_ALLOCATION, reason = ADDRESSES)
    public long clockGettime(int clock) {
        C.clock_gettime(clock, address(STRUCTURE));
        return Structures.readNanos(STRUCTURE);
    }

    @Override
    public long getauxval(int type) {
        return C.getauxval(type);
    }

    // ---- other processes ----

    @Override
    public int execve(String path, List<String> argv) {
        return execve(path, Words.of(argv), environ());
    }

    @Override
    public int execve(String path, List<String> argv, List<String> environment) {
        Words entries = Words.of(environment);
        Words words = Words.of(argv);
        return execve(path, words, entries instanceof GraalWords given ? given.array() : pinned(entries));
    }

    private int execve(String path, Words words, Pointer environment) {
        Pointer array = words instanceof GraalWords given ? given.array() : fill(room(size(words)), words);
        Pointer program = text(path);
        limitsOnExec.set(this);
        int error = result(C.execve(program, array, environment));
        limitsOnExec.putBack(this);
        return error;
    }

    /** For the words of a command line; what it grew to is kept for the next. */
    private Pointer room(int size) {
        if (size > WORD * room.length) room = new long[(size + WORD - 1) / WORD];
        return address(room);
    }

    @Override
    public int fork() {
        return result(C.fork());
    }

    @Override
    public int vfork(Runnable child) {
        return result(vforkAndRun(child));
    }

    /** Both processes return into this frame, first the child, who therefore never leaves it, and then we. */
    @NeverInline("The child may not write to its caller's frame.")
    @Uninterruptible(reason = "The frame is as it was when the child began.", calleeMustBe = false)
    private static int vforkAndRun(Runnable child) {
        int pid = C.vfork();
        if (pid == 0) child.run();
        return pid;
    }

    @Override
    public void prepareSpawn(String[] argv) {
        room(size(argv));
    }

    /** Not with posix_spawn: it takes memory each time, and says that there was none. */
    @Override
    public int spawn(String path, String[] argv, String @Nullable [] environment, ChildSetup setup) {
        long[] entries = environment == null ? null : block(environment);
        spawned.setup = setup;
        spawned.path = text(path).rawValue();
        spawned.argv = fill(room(size(argv)), argv).rawValue();
        spawned.environment =
                (entries == null || environment == null ? environ() : fill(address(entries), environment)).rawValue();
        spawned.error = 0;
        limitsOnExec.set(this);
        int pid = vfork(spawned);
        limitsOnExec.putBack(this);
        if (pid < 0 || spawned.error == 0) return pid;
        ExitStatus.await(this, pid, spawned.status);
        return spawned.error;
    }

    @Override
    @RestrictHeapAccess(access = NO_ALLOCATION, reason = ADDRESSES)
    public int waitpid(int pid, int options, int[] status) {
        return result(C.waitpid(pid, address(status), options));
    }

    @Override
    @RestrictHeapAccess(access = NO_ALLOCATION, reason = ADDRESSES)
    public int kill(int pid, int signal) {
        return result(C.kill(pid, signal));
    }

    @Override
    @RestrictHeapAccess(access = NO_ALLOCATION, reason = ADDRESSES)
    public int prctl(int option, long argument) {
        return result(C.prctl(option, argument, 0, 0, 0));
    }

    @Override
    @RestrictHeapAccess(access = NO_ALLOCATION, reason = ADDRESSES)
    public int pidfdOpen(int pid) {
        return result(C.pidfd_open(Abi.SYS_PIDFD_OPEN, pid, 0));
    }

    // ---- files ----

    /** What the linker put into the file lies where the file was mapped, too. */
    @Override
    public boolean isThisProgram(String path) {
        byte[] beginning = new byte[BuildId.BEGINNING];
        int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC, 0);
        if (fd < 0) return false;
        int length = read(fd, beginning, 0, beginning.length);
        close(fd);
        int id = BuildId.find(beginning, length);
        if (id < 0) return false;
        Pointer own = ELF_HEADER.get();
        for (int i = 0; i < BuildId.LENGTH; i++) {
            if (own.readByte(id + i) != beginning[id + i]) return false;
        }
        return true;
    }

    // ---- accounts and limits ----

    @Override
    public int getpwnam(String account, int[] ids) {
        return new Accounts(this).find(account, ids);
    }

    @Override
    @RestrictHeapAccess(access = NO_ALLOCATION, reason = ADDRESSES)
    public int setgroups(int[] gids) {
        return result(C.setgroups(gids.length, address(gids)));
    }

    @Override
    @RestrictHeapAccess(access = NO_ALLOCATION, reason = ADDRESSES)
    public int setgid(int gid) {
        return result(C.setgid(gid));
    }

    @Override
    @RestrictHeapAccess(access = NO_ALLOCATION, reason = ADDRESSES)
    public int setuid(int uid) {
        return result(C.setuid(uid));
    }

    @Override
    @RestrictHeapAccess(access = NO_ALLOCATION, reason = ADDRESSES)
    public int getrlimit(int resource, long[] limits) {
        return result(C.getrlimit(resource, address(limits)));
    }

    @Override
    @RestrictHeapAccess(access = NO_ALLOCATION, reason = ADDRESSES)
    public int setrlimit(int resource, long soft, long hard) {
        STRUCTURE[0] = soft;
        STRUCTURE[1] = hard;
        return result(C.setrlimit(resource, address(STRUCTURE)));
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

package daemontools.posix;

import static com.oracle.svm.core.heap.RestrictHeapAccess.Access.NO_ALLOCATION;
import static daemontools.posix.GraalMemory.*;

import com.oracle.svm.core.heap.RestrictHeapAccess;
import org.graalvm.word.WordFactory;

/** The child of {@link GraalLibC#spawn}. It has our memory: here we leave it what to do, and it us why it could not. */
final class Spawned implements Runnable {
    private static final int NOT_EXECUTED = 127;

    ChildSetup setup = new ChildSetup(0, 0);
    long path;
    long argv;
    long environment;
    int error;
    final int[] status = new int[1];

    @Override
    @RestrictHeapAccess(access = NO_ALLOCATION, reason = "The memory is the parent's.")
    public void run() {
        error = Math.min(setUp(), 0);
        if (error == 0) error = result(C.execve(pointer(path), pointer(argv), pointer(environment)));
        C._exit(NOT_EXECUTED);
    }

    private int setUp() {
        GraalSignalCalls.setDefault(setup.defaultSignals());
        C.sigprocmask(Abi.SIG_SETMASK, signalSet(setup.blockedSignals()), WordFactory.nullPointer());
        if (setup.leadsSession()) C.setsid();
        int[] descriptors = setup.descriptors();
        int result = 0;
        for (int i = 0; i < descriptors.length && result >= 0; i += 2) {
            result = copy(descriptors[i], descriptors[i + 1]);
        }
        if (result < 0 || setup.directory() == null) return result;
        return result(C.chdir(secondText(setup.directory())));
    }

    /** One that becomes itself is to stay open all the same. */
    private static int copy(int from, int to) {
        return result(from == to ? C.fcntl(to, LibC.F_SETFD, 0) : C.dup2(from, to));
    }
}

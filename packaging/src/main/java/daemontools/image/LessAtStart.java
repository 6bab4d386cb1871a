package daemontools.image;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import com.oracle.svm.core.c.CGlobalData;
import com.oracle.svm.core.c.CGlobalDataFactory;
import org.graalvm.nativeimage.c.function.CFunction;
import org.graalvm.nativeimage.c.function.CFunction.Transition;
import org.graalvm.word.Pointer;
import org.graalvm.word.PointerBase;
import org.graalvm.word.UnsignedWord;
import org.graalvm.word.WordFactory;

/** Leaves out what the image's runtime does at each start and no command needs: each of these costs page faults. */
final class LessAtStart {
    /** What the runtime is told is the machine's memory. It does not matter: the heap's size is fixed at build time. */
    static final long PHYSICAL_MEMORY = 1L << 30;

    /** More than the runtime asks for. */
    static final int THREAD_SIZE = 1024;

    static final CGlobalData<Pointer> THREAD = CGlobalDataFactory.createBytes(() -> THREAD_SIZE);
    static final CGlobalData<Pointer> THREAD_TAKEN = CGlobalDataFactory.createWord();

    private LessAtStart() {}

    @CFunction(transition = Transition.NO_TRANSITION)
    static native Pointer calloc(UnsignedWord count, UnsignedWord size);
}

/** No start time, which nobody asks for: to read two clocks touches two pages of the kernel's. */
@TargetClass(className = "com.oracle.svm.core.Isolates")
final class Target_Isolates {
    @Substitute
    public static void assignStartTime() {}
}

@TargetClass(className = "com.oracle.svm.core.posix.linux.LinuxPhysicalMemorySupportImpl")
final class Target_LinuxPhysicalMemorySupportImpl {
    @Substitute
    public UnsignedWord size() {
        return WordFactory.unsigned(LessAtStart.PHYSICAL_MEMORY);
    }
}

/** Memory for the runtime's only thread without libc's malloc, which would begin a heap for it. */
@TargetClass(className = "com.oracle.svm.core.memory.UntrackedNullableNativeMemory")
final class Target_UntrackedNullableNativeMemory {
    @Substitute
    @Uninterruptible(reason = "There may be no thread yet.")
    @SuppressWarnings({"TypeParameterUnusedInFormals", "unchecked", "UnusedMethod"})
    public static <T extends PointerBase> T calloc(UnsignedWord size) {
        if (size.aboveThan(LessAtStart.THREAD_SIZE)
                || LessAtStart.THREAD_TAKEN.get().readInt(0) != 0) {
            return (T) LessAtStart.calloc(WordFactory.unsigned(1), size);
        }
        LessAtStart.THREAD_TAKEN.get().writeInt(0, 1);
        return (T) LessAtStart.THREAD.get();
    }
}

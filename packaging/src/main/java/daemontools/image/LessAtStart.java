package daemontools.image;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import com.oracle.svm.core.c.CGlobalData;
import com.oracle.svm.core.c.CGlobalDataFactory;
import com.oracle.svm.core.jni.headers.JNIJavaVM;
import org.graalvm.nativeimage.c.function.CFunction;
import org.graalvm.nativeimage.c.function.CFunction.Transition;
import org.graalvm.word.Pointer;
import org.graalvm.word.PointerBase;
import org.graalvm.word.UnsignedWord;
import org.graalvm.word.WordFactory;

/** What the image's runtime does at each start for abilities that no command uses, and each time pays pages for. */
final class LessAtStart {
    /** What the runtime takes for the machine's memory; our heap's size is fixed when the image is built. */
    static final long PHYSICAL_MEMORY = 1L << 30;

    /** More than the runtime asks for. */
    static final int THREAD_SIZE = 1024;

    static final CGlobalData<Pointer> THREAD = CGlobalDataFactory.createBytes(() -> THREAD_SIZE);
    static final CGlobalData<Pointer> THREAD_TAKEN = CGlobalDataFactory.createWord();

    private LessAtStart() {}

    @CFunction(transition = Transition.NO_TRANSITION)
    static native Pointer calloc(UnsignedWord count, UnsignedWord size);
}

/** Nobody asks JNI which VMs there are. */
@TargetClass(className = "com.oracle.svm.core.jni.JNIJavaVMList")
final class Target_JNIJavaVMList {
    @Substitute
    public static void addJavaVM(JNIJavaVM vm) {}
}

/** Nobody asks how long the image has run, and two clocks are two pages of the kernel's. */
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

/** The first that the runtime asks for is room for its only thread: with it alone there is no heap of libc's to begin. */
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

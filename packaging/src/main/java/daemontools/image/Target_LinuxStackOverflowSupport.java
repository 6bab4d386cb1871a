package daemontools.image;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import com.oracle.svm.core.c.CGlobalData;
import com.oracle.svm.core.c.CGlobalDataFactory;
import daemontools.posix.LibC;
import org.graalvm.nativeimage.StackValue;
import org.graalvm.nativeimage.c.function.CFunction;
import org.graalvm.nativeimage.c.type.WordPointer;
import org.graalvm.word.UnsignedWord;
import org.graalvm.word.WordFactory;

/**
 * Finds the bounds of the stack without libc's pthread_getattr_np, which reads /proc/self/maps line by line: here the
 * only thread is the one that began in main, whose stack may grow as far as RLIMIT_STACK says.
 */
@TargetClass(className = "com.oracle.svm.core.posix.linux.LinuxStackOverflowSupport")
final class Target_LinuxStackOverflowSupport {
    @Substitute
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private static boolean lookupStack0(WordPointer stackBase, WordPointer stackEnd) {
        WordPointer limits = StackValue.get(2, WordPointer.class);
        if (MainStack.getrlimit(LibC.RLIMIT_STACK, limits) != 0) return false;
        UnsignedWord base = MainStack.ENVIRON.get().read();
        UnsignedWord size = limits.read(0);
        UnsignedWord unlimited = WordFactory.unsigned(MainStack.UNLIMITED);
        if (size.aboveThan(unlimited)) size = unlimited;
        stackBase.write(base);
        stackEnd.write(base.subtract(size));
        return true;
    }
}

final class MainStack {
    /** At the start the environment's array is where the kernel put it: just above the stack. */
    static final CGlobalData<WordPointer> ENVIRON = CGlobalDataFactory.forSymbol("environ");

    /** Used where the stack has no limit: no call here is deeper. */
    static final long UNLIMITED = 64L << 20;

    private MainStack() {}

    @CFunction(value = "getrlimit", transition = CFunction.Transition.NO_TRANSITION)
    static native int getrlimit(int resource, WordPointer limits);
}

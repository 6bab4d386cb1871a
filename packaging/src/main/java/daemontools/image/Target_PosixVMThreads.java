package daemontools.image;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import org.graalvm.nativeimage.c.type.CCharPointer;

/** Prints the same line when the runtime cannot even start, which is before it uses {@link LastWords}. */
@TargetClass(className = "com.oracle.svm.core.posix.thread.PosixVMThreads")
final class Target_PosixVMThreads {
    @Substitute
    @Uninterruptible(reason = "There is no thread yet.")
    public void failFatally(int code, CCharPointer message) {
        LastWords.sayAndExit();
    }
}

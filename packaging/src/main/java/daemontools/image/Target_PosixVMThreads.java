package daemontools.image;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import org.graalvm.nativeimage.c.type.CCharPointer;

/** A runtime that cannot even start does not use its {@link LastWords} yet. */
@TargetClass(className = "com.oracle.svm.core.posix.thread.PosixVMThreads")
final class Target_PosixVMThreads {
    @Substitute
    @Uninterruptible(reason = "There is no thread yet.")
    public void failFatally(int code, CCharPointer message) {
        LastWords.sayAndExit();
    }
}

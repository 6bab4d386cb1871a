package daemontools;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import org.graalvm.nativeimage.c.type.CCharPointer;

/**
 * Keeps the image's runtime from asking the processor for its features, twice at each start: the image is built for any
 * x86-64, and in a virtual machine each question goes through the hypervisor.
 */
@TargetClass(className = "com.oracle.svm.core.amd64.AMD64LibCHelper")
final class Target_AMD64LibCHelper {
    @Substitute
    @Uninterruptible(reason = "Thread state not set up yet.")
    static int checkCPUFeatures(CCharPointer buildtimeFeatureMask) {
        return 0;
    }

    @Substitute
    @Uninterruptible(reason = "Thread state not set up yet.")
    static int checkCPUFeaturesOrExit(CCharPointer buildtimeFeatureMask, CCharPointer errorMessage) {
        return 0;
    }
}

package daemontools.image;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/**
 * Does not ask the processor at each start for features that only newer ones have. In a virtual machine each question is a
 * trap into the hypervisor, which costs more than the features gain.
 */
@TargetClass(className = "com.oracle.svm.core.cpufeature.RuntimeCPUFeatureCheckImpl")
final class Target_RuntimeCPUFeatureCheckImpl {
    /** A bit that is set stands for a feature that is absent. */
    @Substitute
    @SuppressWarnings({"MethodCanBeStatic", "UnusedMethod"})
    private int compute() {
        return -1;
    }
}

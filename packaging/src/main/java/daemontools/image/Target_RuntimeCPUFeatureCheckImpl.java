package daemontools.image;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/**
 * Does without what only newer processors have: to ask for it at each start costs more than it gains, because in a
 * virtual machine each question is a trap into the hypervisor.
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

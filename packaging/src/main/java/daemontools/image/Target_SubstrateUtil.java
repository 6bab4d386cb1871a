package daemontools.image;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import org.graalvm.nativeimage.c.type.CCharPointerPointer;

/**
 * Makes no Java strings of the command line, which may have hundreds of thousands of words. The commands read them where C
 * has them.
 */
@TargetClass(className = "com.oracle.svm.core.SubstrateUtil")
final class Target_SubstrateUtil {
    @Substitute
    @SuppressWarnings("UnusedVariable")
    public static String[] convertCToJavaArgs(int argc, CCharPointerPointer argv) {
        return new String[0];
    }
}

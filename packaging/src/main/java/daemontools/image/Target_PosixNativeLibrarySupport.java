package daemontools.image;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/**
 * Keeps the image's runtime from what it does at start for java.io and java.net, which nothing here uses: it would raise
 * the soft RLIMIT_NOFILE, which the programs that we start would inherit, open sockets and read /proc/net.
 */
@TargetClass(className = "com.oracle.svm.core.posix.PosixNativeLibrarySupport")
final class Target_PosixNativeLibrarySupport {
    @Substitute
    public boolean initializeBuiltinLibraries() {
        return true;
    }
}

package daemontools.image;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import daemontools.Main;
import java.util.Locale;
import java.util.regex.Pattern;
import org.graalvm.nativeimage.MissingReflectionRegistrationError;

final class NotInTheImage {
    private NotInTheImage() {}

    static Error error(String what) {
        return new Error(what + " is not in this image");
    }
}

@TargetClass(className = "com.oracle.svm.core.JavaMainWrapper")
final class Target_JavaMainWrapper {
    @Substitute
    private static int runCore0() {
        Main.main(new String[0]);
        return 0;
    }

    @Substitute
    private static void runShutdown0() {}
}

@TargetClass(className = "com.oracle.svm.core.thread.JavaThreads")
final class Target_JavaThreads {
    @Substitute
    public static void dispatchUncaughtException(Thread thread, Throwable e) {}
}

@TargetClass(Throwable.class)
final class Target_Throwable {
    @Substitute
    public void printStackTrace() {}

    @Substitute
    public void printStackTrace(java.io.PrintStream s) {}
}

@TargetClass(String.class)
final class Target_String {
    @Substitute
    public static String format(String format, Object... words) {
        return format;
    }

    @Substitute
    public static String format(Locale locale, String format, Object... words) {
        return format;
    }

    @Substitute
    public String formatted(Object... words) {
        return toString();
    }

    @com.oracle.svm.core.annotate.Alias
    @Override
    public native String toString();
}

@TargetClass(Pattern.class)
final class Target_Pattern {
    @Substitute
    public static Pattern compile(String expression) {
        throw NotInTheImage.error("java.util.regex");
    }

    @Substitute
    public static Pattern compile(String expression, int flags) {
        throw NotInTheImage.error("java.util.regex");
    }
}

@TargetClass(className = "sun.nio.fs.UnixNativeDispatcher")
final class Target_UnixNativeDispatcher {
    @Substitute
    private static int init() {
        throw NotInTheImage.error("java.nio");
    }

    @Substitute
    static byte[] strerror(int error) {
        throw NotInTheImage.error("java.nio");
    }
}

@TargetClass(className = "java.io.UnixFileSystem")
final class Target_UnixFileSystem {
    @Substitute
    private String canonicalize0(String path) {
        throw NotInTheImage.error("java.io");
    }
}

@TargetClass(className = "java.io.FileOutputStream")
final class Target_FileOutputStream {
    @Substitute
    private void writeBytes(byte[] bytes, int offset, int length, boolean append) {
        throw NotInTheImage.error("java.io");
    }
}

@TargetClass(className = "java.lang.Shutdown")
final class Target_Shutdown {
    @Substitute
    static void halt0(int status) {
        throw NotInTheImage.error("System.exit");
    }
}

@TargetClass(className = "com.oracle.svm.core.reflect.MissingReflectionRegistrationUtils")
final class Target_MissingReflectionRegistrationUtils {
    @Substitute
    public static void reportClassAccess(String className) {
        throw NotInTheImage.error(className);
    }

    @Substitute
    public static void reportUnsafeAllocation(Class<?> type) {
        throw NotInTheImage.error(type.getName());
    }

    @Substitute
    public static void reportFieldQuery(Class<?> type, String name) {
        throw NotInTheImage.error(name);
    }

    @Substitute
    public static void reportMethodQuery(Class<?> type, String name, Class<?>[] parameters) {
        throw NotInTheImage.error(name);
    }

    @Substitute
    public static void reportClassQuery(Class<?> type, String name) {
        throw NotInTheImage.error(name);
    }

    @Substitute
    public static MissingReflectionRegistrationError reportAccessedField(java.lang.reflect.Field field) {
        throw NotInTheImage.error("reflection");
    }

    @Substitute
    public static MissingReflectionRegistrationError reportInvokedExecutable(java.lang.reflect.Executable executable) {
        throw NotInTheImage.error("reflection");
    }

    @Substitute
    public static MissingReflectionRegistrationError reportProxyAccess(Class<?>... interfaces) {
        throw NotInTheImage.error("reflection");
    }

    @Substitute
    public static MissingReflectionRegistrationError reportArrayInstantiation(Class<?> type, int dimension) {
        throw NotInTheImage.error("reflection");
    }
}

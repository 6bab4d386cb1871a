package daemontools.image;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import daemontools.Main;
import java.io.PrintStream;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.util.Locale;
import java.util.regex.Pattern;
import org.graalvm.nativeimage.MissingReflectionRegistrationError;

/**
 * What the JDK and the image's runtime could do and no command asks for. Each of these leads to hundreds of methods and
 * types, which would all be in the image: it would need twice the address space to start.
 */
final class NotInTheImage {
    private NotInTheImage() {}

    static Error error(String what) {
        return new InternalError(what + " is not in this image");
    }
}

/** Runs {@link Main}, which ends the process, and meets all exceptions, by itself: the runtime uses method handles. */
@TargetClass(className = "com.oracle.svm.core.JavaMainWrapper")
@SuppressWarnings("UnusedMethod")
final class Target_JavaMainWrapper {
    @Substitute
    private static int runCore0() {
        Main.main(new String[0]);
        return 0;
    }

    @Substitute
    private static void runShutdown0() {}
}

/** Stack traces are not for users. */
@TargetClass(className = "com.oracle.svm.core.thread.JavaThreads")
final class Target_JavaThreads {
    @Substitute
    @SuppressWarnings("UnusedVariable")
    public static void dispatchUncaughtException(Thread thread, Throwable thrown) {}
}

@TargetClass(Throwable.class)
final class Target_Throwable {
    @Substitute
    public void printStackTrace() {}

    @Substitute
    @SuppressWarnings("UnusedVariable")
    public void printStackTrace(PrintStream stream) {}
}

/** The JDK formats the messages of its own exceptions: they are then as they were before. */
@TargetClass(String.class)
@SuppressWarnings("UnusedVariable")
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

    @Alias
    @Override
    public native String toString();
}

@TargetClass(Pattern.class)
@SuppressWarnings({"UnusedVariable", "DoNotCallSuggester"})
final class Target_Pattern {
    @Substitute
    public static Pattern compile(String expression) {
        throw NotInTheImage.error("a regular expression");
    }

    @Substitute
    public static Pattern compile(String expression, int flags) {
        throw NotInTheImage.error("a regular expression");
    }
}

@TargetClass(className = "sun.nio.fs.UnixNativeDispatcher")
@SuppressWarnings({"UnusedMethod", "UnusedVariable", "DoNotCallSuggester"})
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
@SuppressWarnings({"UnusedMethod", "UnusedVariable", "MethodCanBeStatic"})
final class Target_UnixFileSystem {
    @Substitute
    private String canonicalize0(String path) {
        throw NotInTheImage.error("java.io");
    }
}

@TargetClass(className = "java.io.FileOutputStream")
@SuppressWarnings({"UnusedMethod", "UnusedVariable", "MethodCanBeStatic"})
final class Target_FileOutputStream {
    @Substitute
    private void writeBytes(byte[] bytes, int offset, int length, boolean append) {
        throw NotInTheImage.error("java.io");
    }
}

@TargetClass(className = "java.lang.Shutdown")
@SuppressWarnings({"UnusedVariable", "DoNotCallSuggester"})
final class Target_Shutdown {
    @Substitute
    static void halt0(int status) {
        throw NotInTheImage.error("System.exit");
    }
}

/** Reflection on what was not registered: the runtime would write a piece of JSON that tells how to register it. */
@TargetClass(className = "com.oracle.svm.core.reflect.MissingReflectionRegistrationUtils")
@SuppressWarnings({"UnusedVariable", "DoNotCallSuggester"})
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
    public static MissingReflectionRegistrationError reportAccessedField(Field field) {
        throw NotInTheImage.error("reflection");
    }

    @Substitute
    public static MissingReflectionRegistrationError reportInvokedExecutable(Executable executable) {
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

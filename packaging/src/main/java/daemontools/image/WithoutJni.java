package daemontools.image;

import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import org.graalvm.nativeimage.ImageSingletons;
import org.graalvm.nativeimage.hosted.Feature;
import org.graalvm.nativeimage.impl.ConfigurationCondition;
import org.graalvm.nativeimage.impl.RuntimeJNIAccessSupport;

/** Lets the builder do without JNI ({@code -H:-JNI}): what it registers for JNI all the same goes nowhere. */
final class WithoutJni implements Feature {
    @Override
    public void afterRegistration(AfterRegistrationAccess access) {
        ImageSingletons.add(RuntimeJNIAccessSupport.class, new Nowhere());
    }

    private static final class Nowhere implements RuntimeJNIAccessSupport {
        @Override
        public void register(ConfigurationCondition condition, boolean unsafeAllocated, Class<?> type) {}

        @Override
        public void register(ConfigurationCondition condition, boolean queriedOnly, Executable... methods) {}

        @Override
        public void register(ConfigurationCondition condition, boolean finalIsWritable, Field... fields) {}

        @Override
        public void registerClassLookup(ConfigurationCondition condition, String name) {}

        @Override
        public void registerFieldLookup(ConfigurationCondition condition, Class<?> type, String name) {}

        @Override
        public void registerMethodLookup(
                ConfigurationCondition condition, Class<?> type, String name, Class<?>... parameters) {}

        @Override
        public void registerConstructorLookup(
                ConfigurationCondition condition, Class<?> type, Class<?>... parameters) {}
    }
}

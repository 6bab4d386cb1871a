package daemontools.it;

import java.lang.reflect.AnnotatedElement;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The test that plays in this thread: by its name the transcripts of its comparisons are found. */
final class Check {
    private static final ThreadLocal<Check> CURRENT = new ThreadLocal<>();

    private static final Pattern INVOCATION = Pattern.compile("\\[test-template-invocation:#(\\d+)]");

    private final ExtensionContext context;
    private int comparisons;

    private Check(ExtensionContext context) {
        this.context = context;
    }

    static Check current() {
        return CURRENT.get();
    }

    String testClass() {
        return context.getRequiredTestClass().getSimpleName();
    }

    /**
     * Names the next comparison of this test: the method, its arguments, and a number from the second comparison on. A
     * class's arguments are left out: they say whose commands are compared with C's.
     */
    String nextComparison() {
        comparisons++;
        StringBuilder name = new StringBuilder(context.getRequiredTestMethod().getName());
        Matcher invocation = INVOCATION.matcher(context.getUniqueId());
        if (invocation.find()) {
            String arguments = context.getDisplayName().replaceFirst("^\\[\\d+\\] ", "");
            name.append(" [").append(invocation.group(1)).append("] ").append(arguments);
        }
        if (comparisons > 1) name.append(" (").append(comparisons).append(')');
        return name.toString();
    }

    /** Why there are no recorded transcripts of this test; empty where there are some. */
    Optional<String> unrecorded() {
        if (context.getRequiredTestMethod().isAnnotationPresent(SeededTest.class)) return Optional.of("random seeds");
        for (AnnotatedElement element : List.of(context.getRequiredTestMethod(), context.getRequiredTestClass())) {
            Unrecorded unrecorded = element.getAnnotation(Unrecorded.class);
            if (unrecorded != null) return Optional.of(unrecorded.value());
        }
        return Optional.empty();
    }

    /** JUnit finds it by {@code META-INF/services}, and calls it around each test. */
    public static final class Extension implements BeforeEachCallback, AfterEachCallback {
        @Override
        public void beforeEach(ExtensionContext context) {
            CURRENT.set(new Check(context));
        }

        @Override
        public void afterEach(ExtensionContext context) {
            CURRENT.remove();
        }
    }
}

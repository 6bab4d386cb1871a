package daemontools.it;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.support.AnnotationConsumer;
import org.junit.jupiter.params.support.ParameterDeclarations;
import org.opentest4j.TestAbortedException;

/**
 * A test that is played with random seeds; it gets the seed as its argument. They are the same in each run, so that a
 * build tells of the code and not of chance, or new ones on request. A failure says which seed it was and how to play it
 * again.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@ParameterizedTest(name = "seed {0}")
@ArgumentsSource(SeededTest.Seeds.class)
@ExtendWith(SeededTest.Replay.class)
@interface SeededTest {
    /** How many seeds. */
    int value();

    /** The one of {@code -Ddaemontools.seed=N}, or as many as asked for; new ones with {@code -Ddaemontools.seed=new}. */
    final class Seeds implements ArgumentsProvider, AnnotationConsumer<SeededTest> {
        private int count;

        @Override
        public void accept(SeededTest test) {
            count = test.value();
        }

        @Override
        public Stream<Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context) {
            String chosen = System.getProperty("daemontools.seed", "");
            Random random = chosen.equals("new") ? new Random() : new Random(count);
            LongStream seeds = chosen.matches("\\d+")
                    ? LongStream.of(Long.parseLong(chosen))
                    : random.longs(count, 0, 1_000_000_000);
            return seeds.mapToObj(Arguments::of);
        }
    }

    /** Puts the way to play it again before the reason of a failure. */
    final class Replay implements TestExecutionExceptionHandler {
        @Override
        public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
            if (failure instanceof TestAbortedException) throw failure;
            String test = context.getRequiredTestClass().getSimpleName() + "#"
                    + context.getRequiredTestMethod().getName();
            throw new AssertionError(
                    "%s; to play it again: mvn verify -Dit.test='%s' -Ddaemontools.seed=%s%n%s"
                            .formatted(
                                    context.getDisplayName(),
                                    test,
                                    context.getDisplayName().replaceAll("\\D", ""),
                                    failure.getMessage()),
                    failure);
        }
    }
}

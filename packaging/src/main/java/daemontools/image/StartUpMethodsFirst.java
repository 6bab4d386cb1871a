package daemontools.image;

import com.oracle.svm.core.annotate.AutomaticFeature;
import com.oracle.svm.hosted.code.CodeLayoutOptimizationFeature;
import com.oracle.svm.hosted.code.CodeSectionLayouter;
import com.oracle.svm.hosted.code.DefaultCodeSectionLayouter;
import com.oracle.svm.hosted.meta.HostedMethod;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jdk.graal.compiler.code.CompilationResult;

/**
 * Lays the methods that run at every start side by side at the beginning of the code: a start then takes them from few
 * pages, where it would find them one here, one there. They are listed by {@code native-image/record-start-up}; a name
 * that is no method any more does no harm.
 *
 * <p>The annotation, deprecated as it is, is the only way for a program's own class to stand in for a feature of the
 * builder's.
 */
@AutomaticFeature
@SuppressWarnings("removal")
public final class StartUpMethodsFirst extends CodeLayoutOptimizationFeature {
    private static final String LIST = "start-up-methods";

    @Override
    protected CodeSectionLayouter createCodeSectionLayoutOptimizer() {
        return StartUpMethodsFirst::layout;
    }

    private static List<HostedMethod> layout(Map<HostedMethod, CompilationResult> compilations) {
        Map<String, Integer> places = places();
        return new DefaultCodeSectionLayouter()
                .layout(compilations).stream()
                        .sorted(Comparator.comparingInt((HostedMethod method) ->
                                        places.getOrDefault(method.getUniqueShortName(), Integer.MAX_VALUE))
                                .thenComparing(HostedMethod::getUniqueShortName))
                        .toList();
    }

    private static Map<String, Integer> places() {
        Map<String, Integer> places = new HashMap<>();
        try (InputStream list = StartUpMethodsFirst.class.getResourceAsStream(LIST)) {
            new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .forEach(name -> places.put(name, places.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return places;
    }
}

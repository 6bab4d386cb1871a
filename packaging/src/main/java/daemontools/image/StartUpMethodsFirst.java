package daemontools.image;

import com.oracle.svm.core.annotate.AutomaticFeature;
import com.oracle.svm.hosted.code.CodeLayoutOptimizationFeature;
import com.oracle.svm.hosted.code.CodeSectionLayouter;
import com.oracle.svm.hosted.code.DefaultCodeSectionLayouter;
import com.oracle.svm.hosted.meta.HostedMethod;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jdk.graal.compiler.code.CompilationResult;

/**
 * Puts the methods that run at every start side by side at the beginning of the code, so that a start touches few pages.
 * {@code native-image/record-start-up} lists these methods.
 *
 * <p>The annotation is deprecated, but is the only way for a class of ours to replace a feature of the builder's.
 */
@AutomaticFeature
@SuppressWarnings("removal")
public final class StartUpMethodsFirst extends CodeLayoutOptimizationFeature {
    @Override
    protected CodeSectionLayouter createCodeSectionLayoutOptimizer() {
        return StartUpMethodsFirst::layout;
    }

    private static List<HostedMethod> layout(Map<HostedMethod, CompilationResult> compilations) {
        StartUpList list = new StartUpList("start-up-methods");
        Map<HostedMethod, Integer> places = new HashMap<>();
        for (HostedMethod method : compilations.keySet()) {
            places.put(method, list.place(method.getUniqueShortName(), Integer.MAX_VALUE));
        }
        list.report();
        return new DefaultCodeSectionLayouter()
                .layout(compilations).stream()
                        .sorted(Comparator.<HostedMethod>comparingInt(places::get)
                                .thenComparing(HostedMethod::getUniqueShortName))
                        .toList();
    }
}

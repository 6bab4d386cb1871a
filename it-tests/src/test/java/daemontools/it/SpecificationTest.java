package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The specification of 0.76, {@code specification.md}: tests and code name its sections by their numbers. */
class SpecificationTest {
    private static final Path SPECIFICATION = Path.of("specification.md");
    private static final Path MODULES = Path.of("..");
    private static final int LONGEST_LINE = 160;

    private static final Pattern SECTION = Pattern.compile("\\d+(\\.\\d+)?");
    private static final Pattern HEADING = Pattern.compile("##+ (" + SECTION + ") .*");
    /** As in {@code spec 2.4} and {@code spec 2.1, 2.2, 5-7}. */
    private static final Pattern MENTION = Pattern.compile("\\bspec " + SECTION + "((-|, )" + SECTION + ")*");

    private static final Pattern LINE_END_IN_COMMENT = Pattern.compile("\\s*\\R\\s*(\\*|//)\\s*");

    private static List<String> sections() throws IOException {
        return Files.readAllLines(SPECIFICATION).stream()
                .map(HEADING::matcher)
                .filter(heading -> heading.matches())
                .map(heading -> heading.group(1))
                .toList();
    }

    @Test
    void hasEverySectionThatATestNames() throws Exception {
        List<String> sections = sections();
        List<String> missing = new ArrayList<>();
        int named = 0;
        for (Class<?> test : testClasses()) {
            List<AnnotatedElement> elements = new ArrayList<>(List.of(test.getDeclaredMethods()));
            elements.add(test);
            for (AnnotatedElement element : elements) {
                Spec spec = element.getAnnotation(Spec.class);
                if (spec == null) continue;
                named++;
                for (String section : spec.value()) {
                    if (!sections.contains(section)) missing.add(section + " of " + element);
                }
            }
        }
        assertThat(named).isPositive();
        assertThat(missing).isEmpty();
    }

    @Test
    void hasEverySectionThatACommentNames() throws Exception {
        List<String> sections = sections();
        List<String> missing = new ArrayList<>();
        int named = 0;
        for (Path source : sources()) {
            String text = LINE_END_IN_COMMENT.matcher(Files.readString(source)).replaceAll(" ");
            for (MatchResult mention : MENTION.matcher(text).results().toList()) {
                for (MatchResult section :
                        SECTION.matcher(mention.group()).results().toList()) {
                    named++;
                    if (!sections.contains(section.group())) missing.add(section.group() + " of " + source);
                }
            }
        }
        assertThat(named).isPositive();
        assertThat(missing).isEmpty();
    }

    @Test
    void namesEachSectionOnceAndHasNoLongLines() throws Exception {
        assertThat(sections()).isNotEmpty().doesNotHaveDuplicates();
        assertThat(Files.readAllLines(SPECIFICATION)).allMatch(line -> line.length() <= LONGEST_LINE);
    }

    private static List<Class<?>> testClasses() throws Exception {
        Path root = Path.of(SpecificationTest.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<Class<?>> classes = new ArrayList<>();
        for (Path file : filesIn(root, ".class")) {
            String name = root.relativize(file).toString().replaceAll("\\.class$", "");
            classes.add(Class.forName(name.replace('/', '.'), false, SpecificationTest.class.getClassLoader()));
        }
        return classes;
    }

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        try (Stream<Path> modules = Files.list(MODULES)) {
            for (Path module : modules.toList()) {
                if (Files.exists(module.resolve("pom.xml"))) sources.addAll(filesIn(module.resolve("src"), ".java"));
            }
        }
        return sources;
    }

    private static List<Path> filesIn(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }
}

package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The project's documents: all files whose names end in {@code .md}, but for what a build has made. */
class DocumentsTest {
    private static final Path PROJECT = Path.of("..");
    private static final Set<String> LEFT_OUT = Set.of("target", ".git");

    private static final int LONGEST_LINE = 160;
    private static final int LONGEST_CELL = 200;

    /** Where a link leads, but for addresses with a scheme: a file, a heading behind {@code #}, or both. */
    private static final Pattern LINK = Pattern.compile("]\\((?!\\w+:)([^)#\\s]*)(?:#([^)\\s]+))?\\)");

    private static final Pattern COLUMN_BORDER = Pattern.compile("(?<!\\\\)\\|");
    private static final Pattern NOT_IN_ANCHORS = Pattern.compile("[^\\p{L}\\p{N}_ -]");

    private static List<Path> documents;

    @BeforeAll
    static void findThem() throws IOException {
        documents = new ArrayList<>();
        Files.walkFileTree(PROJECT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                boolean leftOut = LEFT_OUT.contains(folder.getFileName().toString());
                return leftOut ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(".md")) documents.add(file);
                return FileVisitResult.CONTINUE;
            }
        });
        assertThat(documents).contains(PROJECT.resolve("README.md"), PROJECT.resolve("packaging/README.md"));
    }

    @Test
    void noLineIsLongerThanAWindowIsWide() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path document : documents) {
            int number = 0;
            for (String line : Files.readAllLines(document)) {
                number++;
                if (line.length() > LONGEST_LINE) tooLong.add(document + ":" + number + ": " + line);
            }
        }
        assertThat(tooLong).isEmpty();
    }

    @Test
    void noCellOfATableHoldsMoreThanASentenceOrTwo() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path document : documents) {
            for (String line : Files.readAllLines(document)) {
                if (!line.startsWith("|")) continue;
                for (String cell : COLUMN_BORDER.split(line, -1)) {
                    if (cell.strip().length() > LONGEST_CELL) tooLong.add(document + ": " + cell);
                }
            }
        }
        assertThat(tooLong).isEmpty();
    }

    @Test
    void eachLinkWithinTheProjectLeadsToAFileOrAHeadingThatIsThere() throws IOException {
        List<String> broken = new ArrayList<>();
        int links = 0;
        for (Path document : documents) {
            for (var link : LINK.matcher(Files.readString(document)).results().toList()) {
                links++;
                Path file = link.group(1).isEmpty() ? document : document.resolveSibling(link.group(1));
                String heading = link.group(2);
                if (!Files.exists(file) || (heading != null && !anchors(file).contains(heading))) {
                    broken.add(document + ": " + link.group());
                }
            }
        }
        assertThat(links).isPositive();
        assertThat(broken).isEmpty();
    }

    @Test
    void eachDecisionIsInTheListOfDecisions() throws IOException {
        String list = Files.readString(PROJECT.resolve("packaging/README.md"));
        try (Stream<Path> decisions = Files.list(PROJECT.resolve("packaging/decisions"))) {
            assertThat(decisions.map(Path::getFileName))
                    .isNotEmpty()
                    .allSatisfy(decision -> assertThat(list).contains("(decisions/" + decision + ")"));
        }
    }

    /** The names that forges give to headings. */
    private static List<String> anchors(Path document) throws IOException {
        try (Stream<String> lines = Files.lines(document)) {
            return lines.filter(line -> line.startsWith("#"))
                    .map(line -> line.replaceFirst("^#+ +", "").toLowerCase(Locale.ROOT))
                    .map(heading ->
                            NOT_IN_ANCHORS.matcher(heading).replaceAll("").replace(' ', '-'))
                    .toList();
        }
    }
}

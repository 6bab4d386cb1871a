package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The manual pages: packaging/man. */
class ManualIT {
    private static final Path MANUAL = Commands.PACKAGING.resolve("man");
    private static final Pattern ITEM = Pattern.compile("(Fl|Cm) (?:\\\\&|\\\\)?(\\S+)");

    static List<String> commands() throws Exception {
        return Commands.names();
    }

    private static List<String> lines(String page) throws Exception {
        return Files.readAllLines(MANUAL.resolve(page + ".8"));
    }

    @Test
    void thereIsAPageForEachCommandOneForAllAndOneForServiceDirectories() throws Exception {
        List<String> pages = new ArrayList<>(List.of("daemontools.8", "service-directory.8"));
        for (String command : commands()) pages.add(command + ".8");
        try (Stream<Path> files = Files.list(MANUAL)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".8")))
                    .containsExactlyInAnyOrderElementsOf(pages);
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aPageHasTheSectionsThatUsersLookFor(String command) throws Exception {
        assertThat(lines(command))
                .containsSubsequence(
                        ".Sh NAME",
                        ".Sh SYNOPSIS",
                        ".Sh DESCRIPTION",
                        ".Sh OPTIONS",
                        ".Sh EXIT STATUS",
                        ".Sh EXAMPLES",
                        ".Sh COMPATIBILITY",
                        ".Sh SEE ALSO");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aPageHasAnItemForEachOptionOfTheHelp(String command) throws Exception {
        List<String> items = new ArrayList<>();
        for (String line : lines(command)) {
            if (!line.startsWith(".It ")) continue;
            ITEM.matcher(line)
                    .results()
                    .forEach(item -> items.add(item.group(1).equals("Fl") ? "-" + item.group(2) : item.group(2)));
        }
        assertThat(items).containsAll(HelpText.of(command).options());
    }

    @Test
    void theOverviewNamesEachCommand() throws Exception {
        for (String command : commands()) assertThat(lines("daemontools")).contains(".It Xr " + command + " 8");
    }

    @Test
    void mandocHasNothingToSay() throws Exception {
        assumeTrue(Files.exists(Path.of("/usr/bin/mandoc")), "mandoc is not there");
        assertSilent("mandoc -Tlint -Wwarning *.8");
    }

    @Test
    void manRendersThePagesWithoutWarnings() throws Exception {
        assumeTrue(Files.exists(Path.of("/usr/bin/groff")), "groff is not there");
        assertSilent("for page in *.8; do man --warnings -E UTF-8 -l $page > /dev/null; done");
    }

    private static void assertSilent(String script) throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            assertThat(stage.sh("cd '" + MANUAL + "'; " + script)).isEqualTo(new Result("", "", 0));
        }
    }
}

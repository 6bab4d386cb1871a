package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the shells complete the last word of a line to, with packaging/completions. */
class CompletionIT {
    private static final String COMPLETE = Path.of("complete").toAbsolutePath().toString();
    private static final Map<String, Path> NEEDED = Map.of(
            "bash", Path.of("/usr/share/bash-completion/bash_completion"),
            "zsh", Path.of("/usr/bin/zsh"),
            "fish", Path.of("/usr/bin/fish"));

    private static List<String> complete(Stage stage, String shell, String line) throws Exception {
        assumeTrue(Files.exists(NEEDED.get(shell)), shell + " or its completion is not there");
        Result result = stage.run("/usr/bin/env", "SVDIR=" + stage.path("services"), COMPLETE, shell, line);
        assertThat(result.err()).isEmpty();
        return result.out().lines().toList();
    }

    /** But for multilog, whose actions are no options. */
    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish"})
    void optionsAreThoseOfTheHelp(String shell) throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            for (String command : Commands.names()) {
                if (command.equals("multilog")) continue;
                assertThat(complete(stage, shell, command + " -"))
                        .map(word -> word.replaceFirst("=$", ""))
                        .filteredOn(word -> word.length() > 1)
                        .containsExactlyInAnyOrderElementsOf(
                                HelpText.of(command).options());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish"})
    void helpIsForTheOnlyWord(String shell) throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            assertThat(complete(stage, shell, "svc --h")).containsExactly("--help");
            assertThat(complete(stage, shell, "svc hello --h")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish"})
    void servicesAreCompletedByTheirNames(String shell) throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            String hello = stage.path("services/hello").toString();
            stage.service("services/hello", "exec sleep 1000");
            stage.service("services/world", "exec sleep 1000");
            assertThat(complete(stage, shell, "svstat he")).containsExactly(hello);
            assertThat(complete(stage, shell, "svok he")).containsExactly(hello);
            assertThat(complete(stage, shell, "svc -d he")).containsExactly(hello);
            assertThat(complete(stage, shell, "svc -d hello he")).containsExactly(hello);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish"})
    void operandsAreDirectoriesFilesAndAccounts(String shell) throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.write("examples/hello/run", "");
            stage.write("example.txt", "");
            assertThat(complete(stage, shell, "supervise ex")).containsExactly("examples");
            assertThat(complete(stage, shell, "svscan ex")).containsExactly("examples");
            assertThat(complete(stage, shell, "envdir ex")).containsExactly("examples");
            assertThat(complete(stage, shell, "setlock -n ex")).containsExactly("example.txt", "examples");
            assertThat(complete(stage, shell, "setuidgid nobod")).containsExactly("nobody");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish"})
    void theProgramBehindALoaderIsCompletedAsIfItStoodAlone(String shell) throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            String hello = stage.path("services/hello").toString();
            stage.service("services/hello", "exec sleep 1000");
            assertThat(complete(stage, shell, "pgrphack svsta")).containsExactly("svstat");
            assertThat(complete(stage, shell, "softlimit -m 5000 svc he")).containsExactly(hello);
            assertThat(complete(stage, shell, "setuidgid nobody envdir . setlock -n lock svc -d he"))
                    .containsExactly(hello);
        }
    }
}

package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code --help} and {@code --version}, which 0.76 does not have. */
class HelpIT {
    static List<String> commands() throws Exception {
        return Commands.names();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpAsTheOnlyWordPrintsTheUsageFirstAndTheManPageLast(String command) throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            Result result = stage.run(command, "--help");
            assertThat(result.out().lines().toList()).first().asString().matches("usage: " + command + "( .+)?");
            assertThat(result.out()).endsWith("\nMore: man " + command + "\n");
            assertThat(result).isEqualTo(new Result(result.out(), "", 0));
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void versionAsTheOnlyWordPrintsTheBuildsVersion(String command) throws Exception {
        String version = System.getProperty("daemontools.version");
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            assertThat(stage.run(command, "--version"))
                    .isEqualTo(new Result(command + " (daemontools in Java) " + version + "\n", "", 0));
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void anOutputThatCannotBeWrittenIsAFailure(String command) throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            assertThat(stage.sh(command + " --help > /dev/full"))
                    .isEqualTo(new Result(
                            "", command + ": fatal: unable to write to standard output: out of disk space\n", 111));
        }
    }

    @Test
    void theyNameTheCommandWhateverNameItWasStartedUnder() throws Exception {
        Commands.assumeNative("a launcher is the command of its own name");
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            for (String word : new String[] {"--help", "--version"}) {
                assertThat(stage.sh("exec bash -c 'exec -a other \"$(command -v svok)\" " + word + "'"))
                        .isEqualTo(stage.run("svok", word));
            }
        }
    }

    /** But for svscanboot, which would put up the machine's services. */
    @Test
    void besideAnotherWordTheyAreWhatTheyHaveAlwaysBeen() throws Exception {
        for (String command : commands()) {
            if (command.equals("svscanboot")) continue;
            Differential.compareShell("""
                    for word in --help --version; do
                      CMD $word x; echo $?; CMD -- $word; echo $?; CMD $word $word; echo $?
                    done
                    """.replace("CMD", command));
        }
    }

    /** A chain of loaders needs no exec, but says what it would say with one. */
    @Test
    void aCommandAtTheEndOfAChainHelpsToo() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            String direct = stage.run("softlimit", "--help").out();
            assertThat(stage.sh("mkdir e; envdir e softlimit --help")).isEqualTo(new Result(direct, "", 0));
        }
    }
}

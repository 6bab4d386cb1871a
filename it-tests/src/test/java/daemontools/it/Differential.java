package daemontools.it;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Plays a scenario with the form under test and with the C originals, and compares what was noted. */
final class Differential {
    /** A scenario notes what a user could observe; pids, times and scratch folders are not to be in the notes. */
    interface Scenario {
        void play(Stage stage) throws Exception;
    }

    private Differential() {}

    /** Skipped, under the test's own name, where there are no C originals on the machine. */
    static void compare(Scenario scenario) throws Exception {
        assumeTrue(Commands.original().isPresent(), "the C originals are not there");
        String expected = transcript(Commands.original().orElseThrow(), scenario);
        String actual = transcript(Commands.SUBJECT, scenario);
        if (!actual.equals(expected)) {
            fail(
                    "%s differs from C:%n%s",
                    Commands.SUBJECT.form(), SideBySide.of("C", expected, Commands.SUBJECT.form(), actual));
        }
    }

    /** Compares what one shell script prints and its exit code. */
    static void compareShell(String script) throws Exception {
        compare(stage -> stage.note(stage.sh(script)));
    }

    private static String transcript(Commands commands, Scenario scenario) throws Exception {
        try (Stage stage = new Stage(commands)) {
            scenario.play(stage);
            return stage.transcript();
        }
    }
}

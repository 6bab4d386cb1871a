package daemontools.it;

import static org.assertj.core.api.Assertions.fail;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Plays a scenario with the form under test and with the C originals at the same time, and compares what was noted. */
final class Differential {
    /** A scenario notes what a user could observe; pids, times and scratch folders are not to be in the notes. */
    interface Scenario {
        void play(Stage stage) throws Exception;
    }

    private Differential() {}

    static void compare(Scenario scenario) throws Exception {
        compare(Commands.SUBJECT, scenario);
    }

    /** Skipped, under the test's own name, where there are no C originals on the machine. */
    static void compare(Commands subject, Scenario scenario) throws Exception {
        Commands original = Commands.assumeOriginal();
        FutureTask<String> originals = new FutureTask<>(() -> transcript(original, scenario));
        Thread thread = Thread.ofPlatform().start(originals);
        try {
            String actual = transcript(subject, scenario);
            String expected = result(originals);
            if (!actual.equals(expected)) {
                fail("%s differs from C:%n%s", subject.form(), SideBySide.of("C", expected, subject.form(), actual));
            }
        } finally {
            originals.cancel(true);
            thread.join();
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

    private static String result(FutureTask<String> task) throws Exception {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) throw error;
            if (e.getCause() instanceof Exception exception) throw exception;
            throw e;
        }
    }
}

package daemontools.it;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.regex.Pattern;

/**
 * Plays a scenario with the form under test and with the C originals at the same time, and compares what was noted, and
 * that with what was recorded of C earlier. Where there are no C originals, the record takes their place.
 */
final class Differential {
    /** A scenario notes what a user could observe; pids, times and scratch folders are not to be in the notes. */
    interface Scenario {
        void play(Stage stage) throws Exception;
    }

    /** What a shell or the dynamic linker says of a command that it could not start, or nothing but its exit code. */
    private static final Pattern NOT_STARTED =
            Pattern.compile("(/bin/)?sh: .*: (not found|Permission denied|No such file or directory)"
                    + "|.*: error while loading shared libraries: .*|(code: )?12[67]");

    /** A label of {@link Result} without anything behind it, and the exit code of a shell that went on. */
    private static final Pattern NOTHING = Pattern.compile("|(out|err):|code: 0");

    private Differential() {}

    static void compare(Scenario scenario) throws Exception {
        compare(Commands.SUBJECT, scenario);
    }

    /** Skipped, under the test's own name, where there are neither C originals nor a record of them. */
    static void compare(Commands subject, Scenario scenario) throws Exception {
        Check check = Check.current();
        String comparison = check.nextComparison();
        Transcripts transcripts = Transcripts.of(check.testClass());
        if (Commands.original().isEmpty()) {
            check.unrecorded()
                    .ifPresent(why -> assumeTrue(false, "the C originals are not there; not recorded: " + why));
            assumeTrue(Transcripts.APPLY, "the C originals are not there, and their record is root's");
            compareRecord(recorded(transcripts, comparison), subject.form(), transcript(subject, scenario));
        } else if (Transcripts.RECORDING) {
            String transcript = transcript(Commands.assumeOriginal(), scenario);
            if (check.unrecorded().isEmpty()) transcripts.record(comparison, transcript);
        } else {
            String expected = playBoth(subject, scenario);
            if (Transcripts.APPLY && check.unrecorded().isEmpty()) {
                compareRecord(recorded(transcripts, comparison), "C", expected);
            }
        }
    }

    /** Compares what one shell script prints and its exit code. */
    static void compareShell(String script) throws Exception {
        compare(stage -> stage.note(stage.sh(script)));
    }

    /** Returns C's transcript, with which the subject's agrees. */
    private static String playBoth(Commands subject, Scenario scenario) throws Exception {
        FutureTask<String> originals = new FutureTask<>(() -> transcript(Commands.assumeOriginal(), scenario));
        Thread thread = Thread.ofPlatform().start(originals);
        try {
            String actual = transcript(subject, scenario);
            String expected = result(originals);
            compare("C", expected, subject.form(), actual);
            return expected;
        } finally {
            originals.cancel(true);
            thread.join();
        }
    }

    private static void compare(String expectedForm, String expected, String form, String actual) {
        if (!actual.equals(expected)) {
            fail("%s differs from %s:%n%s", form, expectedForm, SideBySide.of(expectedForm, expected, form, actual));
        }
    }

    private static void compareRecord(String recorded, String form, String actual) {
        compare("C's record", recorded, form, Transcripts.shortened(actual));
    }

    private static String recorded(Transcripts transcripts, String comparison) {
        return transcripts
                .get(comparison)
                .orElseThrow(() -> new AssertionError("nothing is recorded of \"" + comparison
                        + "\": it-tests/record-transcripts records what C does"));
    }

    private static String transcript(Commands commands, Scenario scenario) throws Exception {
        try (Stage stage = new Stage(commands)) {
            scenario.play(stage);
            requireEvidence(commands.form(), stage.transcript());
            return Transcripts.printable(stage.transcript());
        }
    }

    /** Two sides that both did nothing, or could start nothing, would agree. */
    static void requireEvidence(String form, String transcript) {
        boolean started = false;
        boolean notStarted = false;
        for (String line : transcript.lines().toList()) {
            String said = line.replaceFirst("^(out|err): ", "").strip();
            if (NOT_STARTED.matcher(said).matches()) notStarted = true;
            else if (!NOTHING.matcher(said).matches()) started = true;
        }
        if (transcript.isBlank()) fail("%s: the scenario noted nothing", form);
        if (notStarted && !started) fail("%s: no command could be started:%n%s", form, transcript);
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

package daemontools.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Counts the checks of a run: for each command and section of the specification, those that were played and those that
 * were skipped. The file {@code target/checks/FORM} is what {@code it-tests/table} makes its table of.
 */
public final class CheckCounter implements TestExecutionListener {
    private static final Path FOLDER = Path.of("target/checks");
    private static final String MIXED = "mixed";
    /** In the display name of a class that is played with some of C's commands in place of ours. */
    private static final String OF_A_MIX = "C's";
    /** What all commands share, and what Debian changed: counted for the commands that a test is about. */
    private static final String SHARED = "1|20|21|22";

    private static final Map<String, String> COMMANDS = Map.ofEntries(
            Map.entry("2", "supervise"),
            Map.entry("3", "svscan"),
            Map.entry("4", "svscanboot"),
            Map.entry("5", "svc"),
            Map.entry("6", "svok"),
            Map.entry("7", "svstat"),
            Map.entry("8", "fghack"),
            Map.entry("9", "pgrphack"),
            Map.entry("10", "readproctitle"),
            Map.entry("11", "multilog"),
            Map.entry("12", "tai64n"),
            Map.entry("13", "tai64nlocal"),
            Map.entry("14", "setuidgid"),
            Map.entry("15", "envuidgid"),
            Map.entry("16", "envdir"),
            Map.entry("17", "softlimit"),
            Map.entry("18", "setlock"));

    private record Row(String command, String section, String form) implements Comparable<Row> {
        @Override
        public int compareTo(Row other) {
            return toString().compareTo(other.toString());
        }

        @Override
        public String toString() {
            return command + "\t" + section + "\t" + form;
        }
    }

    /** Played, skipped. */
    private final Map<Row, int[]> counts = new TreeMap<>();

    private TestPlan plan;

    @Override
    public void testPlanExecutionStarted(TestPlan started) {
        plan = started;
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (test.isTest()) count(test, result.getStatus() == Status.ABORTED);
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        if (test.isTest()) count(test, true);
    }

    private synchronized void count(TestIdentifier test, boolean skipped) {
        Method method = ((MethodSource) test.getSource().orElseThrow()).getJavaMethod();
        Spec ofClass = method.getDeclaringClass().getAnnotation(Spec.class);
        Spec spec = method.isAnnotationPresent(Spec.class) ? method.getAnnotation(Spec.class) : ofClass;
        if (spec == null) return; // of what 0.76 does not have
        TreeSet<String> shared = new TreeSet<>();
        addCommands(spec, shared);
        if (shared.isEmpty() && ofClass != null) addCommands(ofClass, shared);
        String form = isMixed(test) ? MIXED : Commands.SUBJECT.form();
        for (String section : spec.value()) {
            String chapter = chapter(section);
            for (String command : chapter.matches(SHARED) ? shared : Set.of(COMMANDS.get(chapter))) {
                counts.computeIfAbsent(new Row(command, section, form), row -> new int[2])[skipped ? 1 : 0]++;
            }
        }
    }

    private static void addCommands(Spec spec, Set<String> commands) {
        commands.addAll(List.of(spec.commands()));
        for (String section : spec.value()) {
            String command = COMMANDS.get(chapter(section));
            if (command != null) commands.add(command);
        }
    }

    private static String chapter(String section) {
        return section.replaceAll("\\..*", "");
    }

    private boolean isMixed(TestIdentifier test) {
        if (test.getDisplayName().contains(OF_A_MIX)) return true;
        return plan.getParent(test).map(this::isMixed).orElse(false);
    }

    @Override
    public synchronized void testPlanExecutionFinished(TestPlan finished) {
        if (counts.isEmpty()) return; // a run of tests that are no checks leaves the last count
        StringBuilder lines = new StringBuilder();
        counts.forEach((row, count) -> {
            lines.append("%s\t%d\t%d%n".formatted(row, count[0], count[1]));
        });
        try {
            Files.createDirectories(FOLDER);
            Files.writeString(FOLDER.resolve(Commands.SUBJECT.form()), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

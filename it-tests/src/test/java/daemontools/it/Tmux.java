package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A terminal with an interactive shell in it, whose keys are pressed and whose screen is read: tmux. */
final class Tmux implements AutoCloseable {
    private static final String PROGRAM = "/usr/bin/tmux";

    private final Stage stage;

    Tmux(Stage stage, int columns, int rows) throws Exception {
        assumeTrue(Files.exists(Path.of(PROGRAM)), "tmux is not there");
        this.stage = stage;
        tmux("-f", "/dev/null", "new-session", "-d", "-x", "" + columns, "-y", "" + rows, "PS1='$ ' exec sh -i");
        awaitScreen("a prompt", lines -> lines.getFirst().equals("$"));
    }

    private String tmux(String... words) throws Exception {
        List<String> line =
                new ArrayList<>(List.of(PROGRAM, "-u", "-S", stage.path("tmux").toString()));
        line.addAll(List.of(words));
        Result result = stage.run(line.toArray(String[]::new));
        assertThat(result.err()).isEmpty();
        return result.out();
    }

    /** Types a line. */
    void type(String line) throws Exception {
        tmux("send-keys", "-l", line);
        press("Enter");
    }

    /** Presses keys by tmux's names. */
    void press(String... keys) throws Exception {
        List<String> words = new ArrayList<>(List.of("send-keys"));
        words.addAll(List.of(keys));
        tmux(words.toArray(String[]::new));
    }

    void resize(int columns, int rows) throws Exception {
        tmux("resize-window", "-x", "" + columns, "-y", "" + rows);
    }

    /** The lines of the screen, without blanks at their ends and empty lines at its end. */
    List<String> screen() throws Exception {
        return tmux("capture-pane", "-p").stripTrailing().lines().toList();
    }

    /** The same with the sequences that give its looks. */
    String coloured() throws Exception {
        return tmux("capture-pane", "-p", "-e");
    }

    /** Whether a program has the alternate screen, and whether there is a cursor. */
    String state() throws Exception {
        return tmux("display-message", "-p", "alternate #{alternate_on}, cursor #{cursor_flag}, wrap #{wrap_flag}")
                .strip();
    }

    void awaitScreen(String what, Predicate<List<String>> shows) throws Exception {
        List<String> last = new ArrayList<>();
        try {
            Await.until("the screen shows " + what, () -> {
                last.clear();
                last.addAll(screen());
                return !last.isEmpty() && shows.test(last);
            });
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + ", but:\n" + String.join("\n", last), e);
        }
    }

    /** Waits for a line that matches as a whole. */
    void awaitLine(String expression) throws Exception {
        awaitScreen(expression, lines -> lines.stream().anyMatch(line -> line.matches(expression)));
    }

    void awaitNoLine(String expression) throws Exception {
        awaitScreen("no " + expression, lines -> lines.stream().noneMatch(line -> line.matches(expression)));
    }

    @Override
    public void close() {
        try {
            tmux("kill-server");
        } catch (Exception e) {
            throw new AssertionError("unable to end tmux", e);
        }
    }
}

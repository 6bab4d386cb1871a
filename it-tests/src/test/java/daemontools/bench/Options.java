package daemontools.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The command line of {@code bench} and {@code soak}: what is to be done of it all, and options with a value each. */
final class Options {
    private static final int MISUSED = 100;
    private static final int FAILED = 111;

    private final String tool;
    private final List<String> only = new ArrayList<>();
    private final Map<String, String> values = new HashMap<>();
    private boolean quick;

    /**
     * Ends the program where there is nothing to do but to help.
     *
     * @param help what {@code --help} prints
     * @param names what {@code --only} takes
     * @param valued the options that take a value
     */
    Options(String tool, String help, List<String> names, List<String> valued, List<String> words) {
        this.tool = tool;
        Deque<String> left = new ArrayDeque<>(words);
        while (!left.isEmpty()) {
            String word = left.removeFirst();
            if (word.equals("--help")) {
                System.out.print(help);
                System.exit(0);
            } else if (word.equals("--quick")) {
                quick = true;
            } else if (word.equals("--only")) {
                while (!left.isEmpty() && names.contains(left.getFirst())) only.add(left.removeFirst());
                if (only.isEmpty()) throw fatal(MISUSED, "--only takes some of " + String.join(", ", names));
            } else if (valued.contains(word) && !left.isEmpty()) {
                values.put(word, left.removeFirst());
            } else {
                throw fatal(MISUSED, "what is " + word + "? --help tells what there is");
            }
        }
    }

    boolean wants(String name) {
        return only.isEmpty() || only.contains(name);
    }

    boolean quick() {
        return quick;
    }

    int number(String option, int otherwise) {
        String text = values.get(option);
        if (text == null) return otherwise;
        if (!text.matches("[1-9]\\d{0,5}")) throw fatal(MISUSED, option + " takes a number, not " + text);
        return Integer.parseInt(text);
    }

    Path path(String option, Path otherwise) {
        return values.containsKey(option) ? Path.of(values.get(option)) : otherwise;
    }

    /** A folder without whose executables there is nothing to do. */
    Path commands(Path folder, String what) {
        if (Files.isExecutable(folder.resolve("supervise")))
            return folder.toAbsolutePath().normalize();
        throw fatal(FAILED, "no " + what + " in " + folder.normalize());
    }

    private IllegalStateException fatal(int code, String message) {
        System.err.println(tool + ": fatal: " + message);
        System.exit(code);
        return new IllegalStateException(message);
    }
}

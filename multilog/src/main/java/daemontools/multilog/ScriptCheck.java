package daemontools.multilog;

import daemontools.posix.Words;
import org.jspecify.annotations.Nullable;

/** {@code --check}: says what each word of a script means, and which are ignored. Nothing is opened, and no input read. */
final class ScriptCheck {
    private static final String FOLLOWING = ", for the directories that follow";

    private final Words words;
    private final ScriptSettings settings = new ScriptSettings();
    private final StringBuilder report = new StringBuilder();
    private int ignored;

    ScriptCheck(Words words) {
        this.words = words;
        for (int i = 0; i < words.size(); i++) add(i);
    }

    /** A line for each word. */
    String report() {
        return report.toString();
    }

    boolean hasIgnoredWords() {
        return ignored > 0;
    }

    private void add(int index) {
        String word = words.get(index);
        settings.take(word);
        String meaning = word.isEmpty() ? null : meaning(index, word.charAt(0), word.substring(1));
        if (meaning == null) ignored++;
        report.append(word)
                .append(": ")
                .append(meaning == null ? "ignored" : meaning)
                .append('\n');
    }

    /** Null for a word that is ignored. */
    private @Nullable String meaning(int index, char first, String rest) {
        return switch (first) {
            case 't' -> index == 0 ? "each line gets a TAI64N stamp" : null;
            case 'T' -> index == 0 && rest.isEmpty() ? "each line gets the time in UTC as its stamp" : null;
            case '+' -> "lines that match " + quoted(rest) + " are selected";
            case '-' -> "lines that match " + quoted(rest) + " are deselected";
            case 'e' -> "the first 200 bytes of selected lines go to standard error";
            case '1' -> rest.isEmpty() ? "selected lines go to standard output" : null;
            case '2' -> rest.isEmpty() ? "selected lines go to standard error" : null;
            case '=' -> "the last selected line is kept in the file " + rest;
            case '.', '/' -> directory(settings.of(first + rest));
            default -> setting(first, rest, settings.of(""));
        };
    }

    private static @Nullable String setting(char first, String rest, LogSettings now) {
        boolean isNumber = ScriptSettings.isNumber(rest);
        String meaning = switch (first) {
            case 's' -> size(now) + (isNumber ? "" : " (no number: the least)");
            case 'L' -> isNumber ? size(now) : null;
            case 'n' -> "at most " + now.files() + " files" + (isNumber ? "" : " (no number: the least)");
            case 'p' -> "each line gets the prefix " + quoted(rest);
            case 'S' -> isNumber ? oldBytes(now) : null;
            case 'R' -> isNumber ? "a new file at the latest after " + now.seconds() + " seconds" : null;
            case '!' -> processor(rest) + "; logging waits";
            case '&' -> rest.isEmpty() ? null : processor(rest) + "; logging goes on";
            default -> null;
        };
        return meaning == null ? null : meaning + FOLLOWING;
    }

    private static String size(LogSettings now) {
        return "a file has at most " + now.size() + " bytes";
    }

    private static String oldBytes(LogSettings now) {
        String meaning = "old files together have at most " + now.oldBytes() + " bytes";
        return now.oldBytes() < now.size() ? meaning + " (less than one file: each may be removed at once)" : meaning;
    }

    private static String processor(String command) {
        return command.isEmpty() ? "finished files become empty" : "finished files go through " + quoted(command);
    }

    private static String directory(LogSettings now) {
        return "selected lines go to this log directory, in at most " + now.files() + " files of at most " + now.size()
                + " bytes";
    }

    private static String quoted(String text) {
        return "'" + text + "'";
    }
}

package daemontools.doctor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a shell script far enough to tell its commands apart: words and quotes, operators, compound commands,
 * redirections, here-documents. It computes nothing. Where it meets what it does not know, there is no script.
 */
final class ShellReader {
    /** Stands in a word for what only the shell knows; no byte is like it. */
    static final char UNKNOWN = '\uffff';

    /** The words that begin a compound command, and what closes each. */
    private static final Map<String, String> COMPOUND = Map.of(
            "if", "fi", "while", "done", "until", "done", "for", "done", "select", "done", "case", "esac", "{", "}");
    /** Words behind which a command begins. */
    private static final Set<String> BEFORE_COMMAND = Set.of("then", "else", "elif", "do", "!", "time");

    /** A compound command that has begun: what closes it, and the operator before it. */
    private record Open(String closer, String before) {}

    private final ShellWords in;
    private final Deque<Open> open = new ArrayDeque<>();
    private final List<ShellCommand> commands = new ArrayList<>();
    private final Set<String> functions = new HashSet<>();
    private final Set<String> assigned = new HashSet<>();
    private final Set<String> called = new HashSet<>();

    private List<String> words = new ArrayList<>();
    private boolean begun;
    private boolean compound;
    private String before = "";

    private ShellReader(String text) {
        this.in = new ShellWords(text);
    }

    /** The reader cannot go on. */
    static final class NotUnderstood extends RuntimeException {
        NotUnderstood() {
            super("", null, false, false);
        }
    }

    /** The script, or null where it is not understood. */
    static @Nullable ShellScript read(String text) {
        ShellReader reader = new ShellReader(text);
        try {
            reader.readAll();
        } catch (NotUnderstood unknown) {
            return null;
        }
        return new ShellScript(
                reader.commands, reader.functions, reader.assigned, reader.called, reader.in.redirectsErrors());
    }

    private void readAll() {
        for (in.skipBlanks(); !in.atEnd(); in.skipBlanks()) {
            String operator = in.operator();
            if (operator != null) {
                take(operator);
            } else if (in.takesRedirection()) {
                begun = true;
            } else {
                takeWord(in.word());
            }
        }
        end("");
        if (!open.isEmpty()) throw new NotUnderstood();
    }

    private void take(String operator) {
        switch (operator) {
            case "\n", ";" -> end("");
            case "&&", "||", "|", "&" -> end(operator);
            case ";;" -> {
                end("");
                if (open.isEmpty() || !open.peek().closer.equals("esac")) throw new NotUnderstood();
                takePattern();
            }
            case "(" -> takeParenthesis();
            case ")" -> close(")");
            default -> throw new NotUnderstood();
        }
    }

    /** A parenthesis begins a group, or arithmetic, or ends the name of a function. */
    private void takeParenthesis() {
        if (!begun) {
            if (!in.takes("(")) {
                begin(")");
                return;
            }
            in.skipPast("))");
            begun = true;
            compound = true;
        } else if (words.size() == 1 && !compound) {
            functions.add(words.removeFirst());
            takeEndOfFunctionName();
        } else {
            throw new NotUnderstood();
        }
    }

    private void takeEndOfFunctionName() {
        in.skipBlanks();
        if (!in.takes(")")) throw new NotUnderstood();
        in.skipBlanksAndNewlines();
        begun = false;
    }

    private void takeWord(String word) {
        if (compound) throw new NotUnderstood();
        boolean isPlain = words.isEmpty() && !in.wasQuoted();
        if (isPlain && !begun && takeReserved(word)) return;
        if (isPlain && ShellWords.isAssignment(word)) assigned.add(word.substring(0, word.indexOf('=')));
        else words.add(word);
        begun = true;
    }

    /** Takes a word that has a meaning where a command begins; false for any other. */
    private boolean takeReserved(String word) {
        if (BEFORE_COMMAND.contains(word)) return true;
        if (COMPOUND.containsKey(word)) {
            begin(COMPOUND.get(word));
            if (word.equals("for") || word.equals("select")) skipTo("do");
            if (word.equals("case")) {
                skipTo("in");
                takePattern();
            }
            return true;
        }
        if (COMPOUND.containsValue(word)) {
            close(word);
            return true;
        }
        if (word.equals("[[")) {
            in.skipPast("]]");
            words.add(word);
            begun = true;
            return true;
        }
        if (!word.equals("function")) return false;
        in.skipBlanks();
        functions.add(in.word());
        in.skipBlanks();
        if (in.takes("(")) takeEndOfFunctionName();
        return true;
    }

    private void begin(String closer) {
        open.push(new Open(closer, before));
        before = "";
    }

    private void close(String closer) {
        end("");
        if (open.isEmpty() || !open.peek().closer.equals(closer)) throw new NotUnderstood();
        before = open.pop().before;
        begun = true;
        compound = true;
    }

    /** Goes past a word that stands by itself, and all before it. */
    private void skipTo(String word) {
        while (true) {
            in.skipBlanks();
            if (in.atEnd()) throw new NotUnderstood();
            if (in.operator() == null && in.word().equals(word)) return;
        }
    }

    /** Goes past a pattern of a case, or past its end. */
    private void takePattern() {
        in.skipBlanksAndNewlines();
        in.takes("(");
        while (true) {
            in.skipBlanks();
            if (in.takes(")")) return;
            if (in.takes("|")) continue;
            if (in.word().equals("esac") && !in.wasQuoted()) {
                close("esac");
                return;
            }
        }
    }

    /** Ends the command that is being read, if one is. */
    private void end(String operator) {
        if (!begun) {
            // A newline behind && and the like does not end the line.
            if (!operator.isEmpty()) throw new NotUnderstood();
            return;
        }
        if (!words.isEmpty()) called.add(words.getFirst());
        if (open.isEmpty()) commands.add(new ShellCommand(List.copyOf(words), compound, before, operator));
        before = operator.equals("&") ? "" : operator;
        words = new ArrayList<>();
        begun = false;
        compound = false;
    }
}

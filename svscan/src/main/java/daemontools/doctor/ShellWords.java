package daemontools.doctor;

import daemontools.doctor.ShellReader.NotUnderstood;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes a shell script apart into operators, redirections and words. */
final class ShellWords {
    private static final String META = " \t\n;&|<>()";
    private static final String SPECIAL_PARAMETERS = "@*#?-$!";

    private final String text;
    private final List<HereDocument> awaited = new ArrayList<>();
    private int at;
    private boolean quoted;
    private boolean redirectsErrors;

    /** Lines that begin behind the current one, up to one that is the delimiter. */
    private record HereDocument(String delimiter, boolean indented) {}

    ShellWords(String text) {
        this.text = text;
    }

    boolean atEnd() {
        return at >= text.length();
    }

    private char peek(int ahead) {
        return at + ahead < text.length() ? text.charAt(at + ahead) : 0;
    }

    private char next() {
        if (atEnd()) throw new NotUnderstood();
        return text.charAt(at++);
    }

    /** Goes past a text if it comes next. */
    boolean takes(String expected) {
        if (!text.startsWith(expected, at)) return false;
        at += expected.length();
        return true;
    }

    /** Goes past blanks, comments and line ends that are escaped. */
    void skipBlanks() {
        while (peek(0) == ' ' || peek(0) == '\t' || text.startsWith("\\\n", at)) at += peek(0) == '\\' ? 2 : 1;
        if (peek(0) == '#') {
            while (!atEnd() && peek(0) != '\n') at++;
        }
    }

    void skipBlanksAndNewlines() {
        for (skipBlanks(); peek(0) == '\n'; skipBlanks()) at++;
    }

    void skipPast(String end) {
        int found = text.indexOf(end, at);
        if (found < 0) throw new NotUnderstood();
        at = found + end.length();
    }

    /** The operator that comes next, or null; a newline is one. */
    @Nullable
    String operator() {
        char c = peek(0);
        if (c == '\n') {
            at++;
            skipHereDocuments();
            return "\n";
        }
        if ((c == '&' && peek(1) == '>') || META.indexOf(c) < 2 || c == '<' || c == '>') return null;
        for (String operator : new String[] {";;", "&&", "||"}) {
            if (takes(operator)) {
                // bash has ;;& too.
                if (c == ';') takes("&");
                return operator;
            }
        }
        at++;
        if (c == ';' && takes("&")) return ";;";
        if (c == '|' && takes("&")) redirectsErrors = true;
        return String.valueOf(c);
    }

    private void skipHereDocuments() {
        for (HereDocument document : awaited) {
            String line;
            do {
                if (atEnd()) throw new NotUnderstood();
                int end = text.indexOf('\n', at);
                if (end < 0) end = text.length();
                int start = at;
                while (document.indented && start < end && text.charAt(start) == '\t') start++;
                line = text.substring(start, end);
                at = end + 1;
            } while (!line.equals(document.delimiter));
        }
        awaited.clear();
    }

    /** Goes past a redirection if one comes next. */
    boolean takesRedirection() {
        int digits = 0;
        while (isDigit(peek(digits))) digits++;
        boolean both = peek(0) == '&' && peek(1) == '>';
        char direction = both ? '>' : peek(digits);
        if (direction != '<' && direction != '>') return false;
        boolean ofErrors = both || (digits == 1 && peek(0) == '2');
        at += both ? 2 : digits + 1;
        if (direction == '<' && takes("<") && !takes("<")) {
            boolean indented = takes("-");
            skipBlanks();
            awaited.add(new HereDocument(word(), indented));
            return true;
        }
        takes(">");
        takes("|");
        boolean duplicates = takes("&");
        skipBlanks();
        String target = word();
        redirectsErrors |= ofErrors || (direction == '>' && duplicates && !target.equals("1"));
        return true;
    }

    /** Whether descriptor 2 was redirected so far, or another one to where it goes. */
    boolean redirectsErrors() {
        return redirectsErrors;
    }

    /** The word that comes next, without its quotes. */
    String word() {
        StringBuilder word = new StringBuilder();
        int start = at;
        quoted = false;
        if (peek(0) == '~') {
            at++;
            word.append(ShellReader.UNKNOWN);
        }
        while (!atEnd() && META.indexOf(peek(0)) < 0) takePiece(word);
        if (peek(0) == '(' && peek(-1) == '=' && isAssignment(word.toString())) skipPast(")");
        if (at == start) throw new NotUnderstood();
        return word.toString();
    }

    private void takePiece(StringBuilder word) {
        char c = next();
        switch (c) {
            case '\\' -> {
                quoted = true;
                char escaped = next();
                if (escaped != '\n') word.append(escaped);
            }
            case '\'' -> {
                quoted = true;
                int end = text.indexOf('\'', at);
                if (end < 0) throw new NotUnderstood();
                word.append(text, at, end);
                at = end + 1;
            }
            case '"' -> {
                quoted = true;
                takeDoubleQuoted(word);
            }
            case '$', '`' -> takeExpansion(c, word);
            case '*', '?' -> word.append(ShellReader.UNKNOWN);
            default -> word.append(c);
        }
    }

    private void takeDoubleQuoted(StringBuilder word) {
        for (char c = next(); c != '"'; c = next()) {
            if (c == '\\') {
                char escaped = next();
                if ("$`\"\\\n".indexOf(escaped) < 0) word.append(c);
                if (escaped != '\n') word.append(escaped);
            } else if (c == '$' || c == '`') {
                takeExpansion(c, word);
            } else {
                word.append(c);
            }
        }
    }

    /** Goes past what stands for something that only the shell knows. */
    private void takeExpansion(char c, StringBuilder word) {
        char first = peek(0);
        if (c == '`') {
            for (char inside = next(); inside != '`'; inside = next()) {
                if (inside == '\\') next();
            }
        } else if (first == '(' || first == '{') {
            at++;
            skipBalanced(first, first == '(' ? ')' : '}');
        } else if (isNameByte(first) && !isDigit(first)) {
            while (isNameByte(peek(0))) at++;
        } else if (isDigit(first) || (first != 0 && SPECIAL_PARAMETERS.indexOf(first) >= 0)) {
            at++;
        } else if (first == '\'') {
            at++;
            for (char inside = next(); inside != '\''; inside = next()) {
                if (inside == '\\') next();
            }
        } else {
            word.append('$');
            return;
        }
        word.append(ShellReader.UNKNOWN);
    }

    private void skipBalanced(char opening, char closing) {
        for (int depth = 1; depth > 0; ) {
            char c = next();
            if (c == opening) depth++;
            else if (c == closing) depth--;
            else if (c == '\\') next();
            else if (c == '\'' && closing == ')') skipPast("'");
            else if (c == '"') takeDoubleQuoted(new StringBuilder());
            else if (c == '`') takeExpansion(c, new StringBuilder());
        }
    }

    /** Whether a part of the last word was quoted, so that it is no word of the shell's own. */
    boolean wasQuoted() {
        return quoted;
    }

    /** Whether a word sets a variable where a command begins. */
    static boolean isAssignment(String word) {
        int end = 0;
        while (end < word.length() && isNameByte(word.charAt(end))) end++;
        if (end == 0 || isDigit(word.charAt(0))) return false;
        return word.startsWith("=", end) || word.startsWith("+=", end);
    }

    private static boolean isNameByte(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || isDigit(c);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}

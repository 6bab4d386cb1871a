package daemontools.doctor;

import daemontools.common.Invocation;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of a file that supervise executes, as the kernel reads it.
 *
 * @param path where it is
 * @param text its first bytes
 */
record RunFile(String path, String text) {
    /** No run script is longer. */
    private static final int MOST = 65536;

    private static final String[] BYTE_ORDER_MARKS = {"\u00ef\u00bb\u00bf", "\u00ff\u00fe", "\u00fe\u00ff"};
    private static final Set<String> SHELLS = Set.of("sh", "ash", "dash", "bash", "ksh", "mksh", "zsh");

    /** Reads the file; null where there is none, or it cannot be read. */
    static @Nullable RunFile read(Files files, String path) {
        String text = files.read(path, MOST);
        return text == null ? null : new RunFile(path, text);
    }

    boolean hasByteOrderMark() {
        for (String mark : BYTE_ORDER_MARKS) {
            if (text.startsWith(mark)) return true;
        }
        return false;
    }

    /** Whether it is a program, or data that a handler of the kernel's may know: there is a NUL in it. */
    boolean isBinary() {
        return text.indexOf('\0') >= 0;
    }

    boolean isScript() {
        return text.startsWith("#!");
    }

    /** Whether the first line ends with a carriage return; of a shell script any, as others may ignore it there. */
    boolean hasCarriageReturns() {
        int end = text.indexOf('\n');
        boolean first = end < 0 ? text.endsWith("\r") : end > 0 && text.charAt(end - 1) == '\r';
        return first || (isShellScript() && text.contains("\r\n"));
    }

    /** What a script names behind {@code #!}: empty where it is nothing. */
    String interpreter() {
        String line = firstLine();
        int blank = blank(line);
        return blank < 0 ? line : line.substring(0, blank);
    }

    /** What is behind the interpreter, which gets it as one word; empty where there is nothing. */
    String argument() {
        String line = firstLine();
        int blank = blank(line);
        return blank < 0 ? "" : line.substring(blank).strip();
    }

    /** Whether env(1) is to find the interpreter. */
    boolean isRunByEnv() {
        return Invocation.baseName(interpreter()).equals("env")
                && !argument().isEmpty()
                && !argument().startsWith("-")
                && argument().indexOf('=') < 0;
    }

    /** The interpreter, or what env(1) is to find. */
    String language() {
        if (!isRunByEnv()) return interpreter();
        int blank = blank(argument());
        return blank < 0 ? argument() : argument().substring(0, blank);
    }

    boolean isShellScript() {
        return isScript() && isShell(language());
    }

    static boolean isShell(String program) {
        return SHELLS.contains(Invocation.baseName(program));
    }

    private String firstLine() {
        int end = text.indexOf('\n');
        return text.substring(2, end < 0 ? text.length() : end).strip();
    }

    private static int blank(String line) {
        int space = line.indexOf(' ');
        int tab = line.indexOf('\t');
        return space < 0 || (tab >= 0 && tab < space) ? tab : space;
    }
}

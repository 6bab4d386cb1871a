package daemontools.tai64n;

import daemontools.posix.Bytes;
import daemontools.posix.LibC;
import java.util.ArrayList;
import java.util.List;

/** Finds the log directories that a run script names: the words behind {@code multilog} that begin with a dot or a slash. */
final class LogRun {
    private static final String MULTILOG = "multilog";
    /** What the shell would put something else in the place of. */
    private static final String EXPANDED = "$`*?[~";
    /** What ends a command. */
    private static final String ENDS = ";|&\n";

    private static final int LONGEST_SCRIPT = 64 * 1024;

    private final String script;
    private int at;

    private LogRun(String script) {
        this.script = script;
    }

    /**
     * The directories that the script in a directory names, relative to that; empty if there are none, or they cannot be told.
     */
    static List<String> directories(LibC libc, String path) {
        int fd = libc.open(path + "/run", LibC.O_RDONLY | LibC.O_NONBLOCK | LibC.O_CLOEXEC, 0);
        if (fd < 0) return List.of();
        byte[] bytes = new byte[LONGEST_SCRIPT];
        int length = 0;
        int count;
        while ((count = libc.read(fd, bytes, length, bytes.length - length)) > 0) length += count;
        libc.close(fd);
        return new LogRun(Bytes.string(bytes, 0, length)).directories(path);
    }

    private List<String> directories(String path) {
        List<String> directories = new ArrayList<>();
        boolean inMultilog = false;
        boolean isRedirected = false;
        while (at < script.length()) {
            char c = script.charAt(at);
            if (ENDS.indexOf(c) >= 0) {
                inMultilog = false;
                at++;
            } else if (c == '#') {
                skipComment();
            } else if (isBlank()) {
                at++;
            } else {
                String word = word();
                boolean isTarget = isRedirected;
                isRedirected = word.endsWith(">") || word.endsWith("<");
                if (isTarget) continue;
                if (word.equals(MULTILOG) || word.endsWith("/" + MULTILOG)) inMultilog = true;
                else if (inMultilog && word.startsWith("/")) directories.add(word);
                else if (inMultilog && word.startsWith(".")) directories.add(path + "/" + word);
            }
        }
        return directories;
    }

    /** A backslash before a newline makes one line of two. */
    private boolean isBlank() {
        char c = script.charAt(at);
        if (c == '\\' && at + 1 < script.length() && script.charAt(at + 1) == '\n') {
            at++;
            return true;
        }
        return c == ' ' || c == '\t';
    }

    private void skipComment() {
        while (at < script.length() && script.charAt(at) != '\n') at++;
    }

    /** A word as the shell would make it; one that only the shell can make is empty. */
    private String word() {
        StringBuilder word = new StringBuilder();
        char quote = 0;
        boolean isKnown = true;
        for (; at < script.length(); at++) {
            char c = script.charAt(at);
            if (c == quote) {
                quote = 0;
            } else if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
            } else if (quote == 0 && (c == ' ' || c == '\t' || ENDS.indexOf(c) >= 0)) {
                break;
            } else {
                isKnown &= quote == '\'' || EXPANDED.indexOf(c) < 0;
                word.append(c);
            }
        }
        return isKnown ? word.toString() : "";
    }
}

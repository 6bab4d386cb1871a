package daemontools.multilog;

import daemontools.common.Diagnostics;
import daemontools.posix.LibC;
import daemontools.posix.Words;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The words of the command line as what to do with each line (spec 11.1). The first byte of a word says which action it
 * is; words that are none are left out.
 *
 * @param stamps whether lines are stamped
 * @param actions what is done for a line, in order
 * @param logs those of the actions that are log directories
 */
record Script(boolean stamps, List<Action> actions, Logs logs) {
    private static final int DEFAULT_SIZE = 99999;
    private static final int SMALLEST_SIZE = 4096;
    private static final int LARGEST_SIZE = 16777215;
    private static final long DEFAULT_FILES = 10;
    private static final long FEWEST_FILES = 2;

    /** Opens the script's files in 0.76's order: all the status files, then all the log directories. */
    static Script open(LibC libc, Diagnostics say, List<String> list, int startDirectory, int logBuffer) {
        Words words = Words.of(list);
        EndlessRetry retry = new EndlessRetry(libc, say);
        List<StatusFile> statusFiles = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            if (words.byteAt(i, 0) != '=') continue;
            goBack(libc, say, startDirectory);
            statusFiles.add(StatusFile.open(libc, say, retry, words.get(i).substring(1)));
        }

        LogOpener opener = new LogOpener(libc, say, retry, logBuffer);
        Alert alert = new Alert(libc);
        Iterator<StatusFile> nextStatusFile = statusFiles.iterator();
        List<Action> actions = new ArrayList<>();
        List<Log> logs = new ArrayList<>();
        int size = DEFAULT_SIZE;
        long files = DEFAULT_FILES;
        String processor = null;
        for (int i = 0; i < words.size(); i++) {
            switch (words.byteAt(i, 0)) {
                case 's' -> size = size(words.get(i));
                case 'n' -> files = files(words.get(i));
                case '!' -> processor = words.get(i).substring(1);
                case '=' -> actions.add(nextStatusFile.next());
                case 'e' -> actions.add(alert);
                case '+', '-' -> {
                    int end = endOfSelections(words, i);
                    actions.add(new Selections(words, i, end));
                    i = end - 1;
                }
                case '.', '/' -> {
                    goBack(libc, say, startDirectory);
                    Log log = opener.open(new LogSettings(words.get(i), size, files, processor));
                    logs.add(log);
                    actions.add(log);
                }
                default -> {}
            }
        }
        boolean stamps = !words.isEmpty() && words.byteAt(0, 0) == 't';
        return new Script(stamps, actions, new Logs(logs));
    }

    private static int endOfSelections(Words words, int first) {
        int end = first;
        while (end < words.size() && (words.byteAt(end, 0) == '+' || words.byteAt(end, 0) == '-')) end++;
        return end;
    }

    private static void goBack(LibC libc, Diagnostics say, int startDirectory) {
        int error = libc.fchdir(startDirectory);
        if (error < 0) throw say.fatal("unable to switch to starting directory", error);
    }

    private static int size(String word) {
        long number = number(word);
        if (Long.compareUnsigned(number, LARGEST_SIZE) > 0) return LARGEST_SIZE;
        return (int) Math.max(number, SMALLEST_SIZE);
    }

    private static long files(String word) {
        long number = number(word);
        return number < 0 ? Long.MAX_VALUE : Math.max(number, FEWEST_FILES);
    }

    /** The digits behind a word's first byte, as an unsigned number that wraps around like C's. */
    private static long number(String word) {
        long number = 0;
        for (int i = 1; i < word.length(); i++) {
            int digit = word.charAt(i) - '0';
            if (digit < 0 || digit > 9) break;
            number = number * 10 + digit;
        }
        return number;
    }
}

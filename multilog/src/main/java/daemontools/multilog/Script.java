package daemontools.multilog;

import daemontools.common.Diagnostics;
import daemontools.common.IsoStamp;
import daemontools.common.StampFormat;
import daemontools.common.Tai64nStamp;
import daemontools.posix.LibC;
import daemontools.posix.Words;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The words of the command line as what to do with each line (spec 11.1). The first byte of a word says which action it
 * is; words that are none are left out.
 *
 * @param stamp how the stamp before a line looks, null for none
 * @param actions what is done for a line, in order
 * @param logs where lines go: those of the actions that are log directories, standard output or error
 */
record Script(@Nullable StampFormat stamp, List<Action> actions, Logs logs) {
    /** Opens the script's files in 0.76's order: all the status files, then all the log directories. */
    static Script open(LibC libc, Diagnostics say, Words words, Requests requests, int startDirectory, int logBuffer) {
        EndlessRetry retry = new EndlessRetry(libc, say);
        List<StatusFile> statusFiles = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            if (words.byteAt(i, 0) != '=') continue;
            goBack(libc, say, startDirectory);
            statusFiles.add(StatusFile.open(libc, say, retry, words.get(i).substring(1)));
        }

        StampFormat stamp = stamp(words);
        LogOpener opener = new LogOpener(libc, say, retry, requests, stamp == null ? 0 : stamp.length(), logBuffer);
        Alert alert = new Alert(libc);
        Iterator<StatusFile> nextStatusFile = statusFiles.iterator();
        ScriptSettings settings = new ScriptSettings();
        List<Action> actions = new ArrayList<>();
        List<Log> logs = new ArrayList<>();
        List<Stream> streams = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            switch (words.byteAt(i, 0)) {
                case '=' -> actions.add(nextStatusFile.next());
                case 'e' -> actions.add(alert);
                case '1', '2' -> {
                    if (words.length(i) > 1) continue;
                    Stream stream = new Stream(libc, say, words.byteAt(i, 0) - '0', logBuffer);
                    streams.add(stream);
                    actions.add(stream);
                }
                case '+', '-' -> {
                    int end = endOfSelections(words, i);
                    actions.add(new Selections(words, i, end));
                    i = end - 1;
                }
                case '.', '/' -> {
                    goBack(libc, say, startDirectory);
                    Log log = opener.open(settings.of(words.get(i)));
                    logs.add(log);
                    actions.add(log);
                }
                default -> settings.take(words.get(i));
            }
        }
        return new Script(stamp, actions, new Logs(libc, logs, streams));
    }

    /** Whether there is a processor that works in the background. */
    static boolean hasBackground(Words words) {
        for (int i = 0; i < words.size(); i++) {
            if (words.byteAt(i, 0) == '&') return true;
        }
        return false;
    }

    private static @Nullable StampFormat stamp(Words words) {
        if (words.isEmpty()) return null;
        if (words.byteAt(0, 0) == 't') return new Tai64nStamp();
        return words.is(0, "T") ? new IsoStamp() : null;
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
}

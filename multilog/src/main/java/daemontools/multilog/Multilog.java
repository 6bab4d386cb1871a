package daemontools.multilog;

import daemontools.common.Command;
import daemontools.common.Diagnostics;
import daemontools.common.Failure;
import daemontools.common.Invocation;
import daemontools.common.Output;
import daemontools.posix.LibC;
import daemontools.posix.Signals;
import daemontools.posix.Words;

/** {@code multilog [action ...]}: puts the lines of its input into rotated logs (spec 11). */
public final class Multilog implements Command {
    /** What a log holds back at most, as a multiple of what is read at once: a stamp makes lines longer. */
    private static final int GROWTH = 2;

    private static final int SMALLEST_LOG_BUFFER = 4096;

    /** In 0.76 the pattern of a line that nobody prints. */
    private static final String CHECK = "--check";

    private static final int HAS_IGNORED_WORDS = 1;
    private static final int STANDARD_OUTPUT = 1;

    @Override
    public String help() {
        return """
                usage: multilog [--check] [action ...]
                Puts the lines of its input into rotated logs. Each line goes through the actions from left to right, selected at first.
                  t          as the first action: stamp each line
                  -PATTERN   deselect the line if it matches
                  +PATTERN   select the line if it matches
                  e          print the selected line's start on descriptor 2
                  =FILE      keep the selected line's start in a file
                  ./DIR      append the selected line to the log in a directory; also /DIR
                  sSIZE      for the logs that follow: bytes of a file, 4096 to 16777215 (99999)
                  nNUMBER    for the logs that follow: files of a log, 2 or more (10)
                  !COMMAND   for the logs that follow: the processor of finished files
                Words that 0.76 ignores:
                  T          as the first action: stamp each line with the time in UTC
                  1          copy the selected line to standard output
                  2          copy the selected line to standard error
                  pTEXT      for the logs that follow: put a text before each line
                  LSIZE      for the logs that follow: bytes of a file, also more than 16777215
                  SSIZE      for the logs that follow: bytes of all old files together
                  RSECONDS   for the logs that follow: a new file at the latest after so long
                  &COMMAND   for the logs that follow: a processor that works while logging goes on
                As the first word:
                  --check    say what each action means, and which are ignored
                """;
    }

    @Override
    public int run(Invocation invocation) {
        LibC libc = invocation.libc();
        Diagnostics say = new Diagnostics(libc, "multilog");
        Words words = Words.of(invocation.operands());
        if (!words.isEmpty() && words.is(0, CHECK)) return check(libc, words);
        libc.umask(022);
        int startDirectory = libc.open(".", LibC.O_RDONLY | LibC.O_NONBLOCK | LibC.O_CLOEXEC, 0);
        if (startDirectory < 0) throw say.fatal("unable to switch to current directory", startDirectory);
        Requests requests = Requests.open(libc, say, Script.hasBackground(words));
        Input input = Input.open(libc, requests);
        int logBuffer = Math.max(SMALLEST_LOG_BUFFER, GROWTH * input.bytes().length);
        Script script = Script.open(libc, say, words, requests, startDirectory, logBuffer);
        if (script.logs().streams().length > 0) ignoreBrokenPipes(libc);
        log(input, new Lines(libc, script), script.logs());
        return 0;
    }

    private static int check(LibC libc, Words words) {
        ScriptCheck check = new ScriptCheck(Words.of(words.subList(1, words.size())));
        if (Output.writeAll(libc, STANDARD_OUTPUT, check.report()) < 0) return Failure.SYSTEM;
        return check.hasIgnoredWords() ? HAS_IGNORED_WORDS : 0;
    }

    /** A reader of standard output that goes away must not end the logs. Children were prepared before, and know nothing of it. */
    private static void ignoreBrokenPipes(LibC libc) {
        libc.setBlockedSignals(libc.blockedSignals() | Signals.set(Signals.PIPE));
    }

    private static void log(Input input, Lines lines, Logs logs) {
        byte[] bytes = input.bytes();
        while (true) {
            int count = input.read(logs);
            if (count == 0) break;
            for (int from = 0; from < count; from += Input.PIECE) {
                lines.take(bytes, from, Math.min(from + Input.PIECE, count));
                logs.settle();
            }
        }
        lines.end();
        logs.close();
    }
}

package daemontools.multilog;

import daemontools.common.Command;
import daemontools.common.Diagnostics;
import daemontools.common.Invocation;
import daemontools.posix.LibC;
import daemontools.posix.Signals;
import daemontools.posix.Words;

/** {@code multilog [action ...]}: puts the lines of its input into rotated logs (spec 11). */
public final class Multilog implements Command {
    /** What a log holds back at most, as a multiple of what is read at once: a stamp makes lines longer. */
    private static final int GROWTH = 2;

    private static final int SMALLEST_LOG_BUFFER = 4096;

    @Override
    public String help() {
        return """
                usage: multilog [action ...]
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
                """;
    }

    @Override
    public int run(Invocation invocation) {
        LibC libc = invocation.libc();
        Diagnostics say = new Diagnostics(libc, "multilog");
        libc.umask(022);
        int startDirectory = libc.open(".", LibC.O_RDONLY | LibC.O_NONBLOCK | LibC.O_CLOEXEC, 0);
        if (startDirectory < 0) throw say.fatal("unable to switch to current directory", startDirectory);
        Words words = Words.of(invocation.operands());
        Requests requests = Requests.open(libc, say, Script.hasBackground(words));
        Input input = Input.open(libc, requests);
        int logBuffer = Math.max(SMALLEST_LOG_BUFFER, GROWTH * input.bytes().length);
        Script script = Script.open(libc, say, words, requests, startDirectory, logBuffer);
        if (script.logs().streams().length > 0) ignoreBrokenPipes(libc);
        log(input, new Lines(libc, script), script.logs());
        return 0;
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

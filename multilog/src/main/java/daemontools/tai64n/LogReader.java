package daemontools.tai64n;

import daemontools.common.Diagnostics;
import daemontools.common.Invocation;
import daemontools.posix.Errno;
import daemontools.posix.FileStatus;
import daemontools.posix.LibC;
import daemontools.service.ScanDirectory;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/** {@code --log}: shows the lines of log directories in the order of their stamps, and goes on as they come. */
final class LogReader {
    private static final int STANDARD_OUTPUT = 1;
    private static final int TROUBLE = 111;

    private final LibC libc;
    private final Diagnostics say;
    private final LogRequest request;
    private final List<LogSource> sources = new ArrayList<>();
    /** Those with a piece, the one with the smallest moment first. */
    private final PriorityQueue<Integer> waiting = new PriorityQueue<>(this::compare);

    /** How many lines are not shown, because only the last are wanted. */
    private long left;

    private boolean isInTrouble;

    LogReader(LibC libc, Diagnostics say, LogRequest request) {
        this.libc = libc;
        this.say = say;
        this.request = request;
    }

    /** Shows log directories, and those of services; the exit code. */
    int show(List<String> operands) {
        for (String operand : operands) add(operand);
        if (sources.isEmpty()) return TROUBLE;
        LogSource[] all = sources.toArray(new LogSource[0]);
        LogWatch watch = request.follow() ? new LogWatch(libc, all) : null;
        if (watch != null) watch.watchNew();
        LogPrinter printer = printer();
        for (LogSource source : all) start(source);
        left = request.last() == LogRequest.ALL ? 0 : Math.max(left - request.last(), 0);
        print(printer);
        if (watch == null) printRests(printer);
        printer.flush();
        while (watch != null) {
            if (!watch.watchNew()) watch.await();
            print(printer);
            printer.flush();
        }
        for (LogSource source : all) isInTrouble |= source.trail().isInTrouble();
        return isInTrouble ? TROUBLE : 0;
    }

    // ---- what is shown ----

    /** A service stands for the log directories that its logger's run script names; its short name will do. */
    private void add(String operand) {
        String path =
                operand.length() > 1 && operand.endsWith("/") ? operand.substring(0, operand.length() - 1) : operand;
        if (libc.stat(path, new FileStatus()) == -Errno.ENOENT) path = pathOfService(path);
        if (isFile(path + "/log/run")) addService(path, path + "/log");
        else if (isFile(path + "/run"))
            addService(path.endsWith("/log") ? path.substring(0, path.length() - 4) : path, path);
        else addDirectory(path, path);
    }

    private void addService(String service, String logger) {
        List<String> directories = LogRun.directories(libc, logger);
        String name = Invocation.baseName(service);
        if (directories.isEmpty()) {
            say.warn("unable to tell the log directories of ", service, "");
            isInTrouble = true;
        }
        for (String directory : directories) {
            addDirectory(directory, directories.size() > 1 ? name + "/" + Invocation.baseName(directory) : name);
        }
    }

    private void addDirectory(String path, String name) {
        LogFolder folder = new LogFolder(libc, path);
        int error = folder.error();
        if (error < 0) {
            say.warn("unable to read ", path, "", error);
            isInTrouble = true;
        }
        if (error >= 0 || request.follow()) sources.add(new LogSource(new LogTrail(libc, say, folder), name));
    }

    private String pathOfService(String name) {
        String path = ScanDirectory.pathOf(libc, name);
        return path != null && libc.stat(path, new FileStatus()) >= 0 ? path : name;
    }

    private boolean isFile(String path) {
        FileStatus status = new FileStatus();
        return libc.stat(path, status) >= 0 && status.isRegularFile();
    }

    private LogPrinter printer() {
        String[] names = new String[sources.size()];
        for (int i = 0; i < names.length && names.length > 1; i++) {
            names[i] = sources.get(i).name();
        }
        String noColour = libc.getenv("NO_COLOR");
        boolean inColour = (noColour == null || noColour.isEmpty())
                && !"dumb".equals(libc.getenv("TERM"))
                && libc.isatty(STANDARD_OUTPUT);
        return new LogPrinter(libc, request.zone(), names, inColour);
    }

    // ---- where it begins ----

    private void start(LogSource source) {
        LogTrail trail = source.trail();
        String behind = request.since() == LogRequest.EVER ? LogFolder.NO_LABEL : labelBefore(trail.folder());
        trail.startBehind(behind);
        long lines = request.last() == LogRequest.ALL ? 0 : startAtTail(source, behind);
        boolean isLate = request.since() == LogRequest.EVER || !trail.beginsWithStamps();
        while (source.advance() && !isLate && source.moment() < request.since()) {
            if (source.ends()) lines--;
        }
        left += Math.max(lines, 0);
    }

    private long startAtTail(LogSource source, String behind) {
        LogTrail trail = source.trail();
        LogTail tail = new LogTail(libc, trail.folder());
        long lines = tail.find(behind, request.last());
        trail.startBehind(tail.behind());
        trail.next(Long.MIN_VALUE);
        long skipped = tail.goTo(trail.file());
        while (skipped > 0 && source.advance()) {
            if (source.ends()) skipped--;
        }
        return lines;
    }

    /** The label of the last file that was finished before the lines that are wanted. */
    private String labelBefore(LogFolder folder) {
        List<String> names = folder.oldFilesBehind(LogFolder.NO_LABEL);
        String before = LogFolder.NO_LABEL;
        if (names == null) return before;
        String first = LogStamp.label(request.since());
        for (String name : names) {
            if (LogFolder.label(name).compareTo(first) < 0) before = LogFolder.label(name);
        }
        return before;
    }

    // ---- going through the lines ----

    private int compare(int one, int other) {
        int order = Long.compare(sources.get(one).moment(), sources.get(other).moment());
        return order != 0 ? order : Integer.compare(one, other);
    }

    /** Prints all that has come. */
    private void print(LogPrinter printer) {
        for (int i = 0; i < sources.size(); i++) {
            if (sources.get(i).hasPiece() || sources.get(i).advance()) waiting.add(i);
        }
        while (!waiting.isEmpty()) printLine(printer, waiting.remove());
    }

    /** Prints a line, and what belongs to it: the rest of it, and lines without a stamp. */
    private void printLine(LogPrinter printer, int index) {
        LogSource source = sources.get(index);
        boolean isNext;
        do {
            if (left == 0) printer.print(source, index);
            else if (source.ends()) left--;
            isNext = source.advance();
        } while (isNext && !(source.starts() && source.isStamped()));
        if (isNext) waiting.add(index);
    }

    /** At the end, what no newline ends is a line too. */
    private void printRests(LogPrinter printer) {
        for (int i = 0; i < sources.size(); i++) {
            if (sources.get(i).takeRest()) printer.print(sources.get(i), i);
        }
    }
}

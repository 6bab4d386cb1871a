package daemontools.service;

import daemontools.posix.Bytes;
import daemontools.posix.Errno;
import daemontools.posix.FileStatus;
import daemontools.posix.LibC;
import org.jspecify.annotations.Nullable;

/**
 * What supervise tells of its service beyond the status, once it was asked to: {@code supervise/details}, a
 * {@code name value} a line. A line whose value is not known is absent, and lines that we do not know are passed over.
 */
public final class Details {
    /** What there is to know. */
    public enum Fact {
        /** supervise's own pid. */
        SUPERVISE("supervise"),
        /** {@code up}, {@code down}, {@code lingering}, {@code finishing}. */
        STATE("state"),
        PID("pid"),
        /** When the service came into its state. */
        SINCE("since"),
        /** {@code up}, {@code down}, {@code once}. */
        WANT("want"),
        PAUSED("paused"),
        EXITING("exiting"),
        /** It is not started again by itself. */
        FAILED("failed"),
        /** Whether the service can say that it is ready. */
        READINESS("readiness"),
        READY("ready"),
        READY_SINCE("ready-since"),
        /** How often ./run was started, the service became ready, ./run ended, and all of that end was done. */
        STARTS("starts"),
        READIES("readies"),
        ENDS("ends"),
        FINISHES("finishes"),
        /** How ./run last ended: an exit code, or else a signal. */
        EXIT("exit"),
        SIGNAL("signal"),
        ENDED("ended"),
        NEXT_START("next-start"),
        /** How many processes ./run has left behind. */
        LINGERING("lingering");

        /** What stands before the value: the end of the line before, the name, a blank. */
        private final String beginning;

        Fact(String name) {
            beginning = "\n" + name + " ";
        }
    }

    /** What {@link #number} and {@link #nanos} say of what is not known. */
    public static final long UNKNOWN = -1;

    private static final int READ = LibC.O_RDONLY | LibC.O_NONBLOCK | LibC.O_CLOEXEC;
    /** More than all lines together. */
    private static final int SIZE = 4096;

    private static final int DECIMALS = 9;

    /** The lines, with a newline before and behind each: of many services, this takes the least memory. */
    private final String lines;

    private long inode;
    private long changed;

    private Details(String lines) {
        this.lines = lines;
    }

    /** The details in the service directory that we are in; null where there are none that can be read. */
    public static @Nullable Details read(LibC libc) {
        int fd = libc.open(ServiceDirectory.DETAILS, READ, 0);
        if (fd < 0) return null;
        byte[] bytes = new byte[SIZE];
        int length = readAll(libc, fd, bytes);
        FileStatus status = new FileStatus();
        int error = libc.fstat(fd, status);
        libc.close(fd);
        if (length < 0 || error < 0) return null;
        Details details = of(bytes, length);
        details.inode = status.inode();
        details.changed = status.changed();
        return details;
    }

    private static int readAll(LibC libc, int fd, byte[] bytes) {
        int length = 0;
        while (length < bytes.length) {
            int count = libc.read(fd, bytes, length, bytes.length - length);
            if (count == -Errno.EINTR) continue;
            if (count < 0) return count;
            if (count == 0) return length;
            length += count;
        }
        return length;
    }

    /** The details that an array's first {@code length} bytes are. */
    static Details of(byte[] bytes, int length) {
        int end = length;
        while (end > 0 && bytes[end - 1] != '\n') end--;
        return new Details("\n" + Bytes.string(bytes, 0, end));
    }

    /** A fact as it stands there, null where it is not known. */
    public @Nullable String text(Fact fact) {
        int at = lines.indexOf(fact.beginning);
        if (at < 0) return null;
        int value = at + fact.beginning.length();
        return lines.substring(value, lines.indexOf('\n', value));
    }

    /** Whether a fact is this word. */
    public boolean is(Fact fact, String word) {
        return word.equals(text(fact));
    }

    /** Whether a fact that is 1 or 0 is 1. */
    public boolean is(Fact fact) {
        return is(fact, "1");
    }

    public boolean isKnown(Fact fact) {
        return number(fact) != UNKNOWN;
    }

    /** A fact that is a number, or of a moment its whole seconds. */
    public long number(Fact fact) {
        String text = text(fact);
        if (text == null || text.isEmpty()) return UNKNOWN;
        long number = 0;
        for (int i = 0; i < text.length(); i++) {
            char digit = text.charAt(i);
            if (digit == '.' && i > 0) return number;
            if (digit < '0' || digit > '9') return UNKNOWN;
            number = 10 * number + digit - '0';
        }
        return number;
    }

    /** A fact that is a moment, in nanoseconds since the UNIX epoch. */
    public long nanos(Fact fact) {
        String text = text(fact);
        long nanos = number(fact);
        if (text == null || nanos == UNKNOWN) return UNKNOWN;
        int point = text.indexOf('.');
        for (int i = 1; i <= DECIMALS; i++) {
            boolean hasDigit = point >= 0 && point + i < text.length();
            nanos = 10 * nanos + (hasDigit ? Character.digit(text.charAt(point + i), 10) : 0);
        }
        return nanos;
    }

    /** Whether the file is another than it was then, or there was none. */
    boolean isNewerThan(@Nullable Details before) {
        return before == null || inode != before.inode || changed != before.changed;
    }
}

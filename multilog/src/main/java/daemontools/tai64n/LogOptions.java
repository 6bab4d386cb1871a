package daemontools.tai64n;

import daemontools.common.Calendar;
import daemontools.common.Failure;
import daemontools.common.Invocation;
import daemontools.common.LongOptions;
import daemontools.posix.LibC;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The options of tai64nlocal, none of which 0.76 has. */
final class LogOptions {
    private static final String USAGE =
            "tai64nlocal: usage: tai64nlocal [--log [--follow] [--since=when] [--last=number] [--utc] dir ...]";
    private static final LongOptions OPTIONS = new LongOptions(USAGE, "log", "follow", "since=", "last=", "utc");
    private static final long NANOS = 1_000_000_000;
    private static final int MOST_DIGITS = 18;

    private final Invocation invocation;
    private final List<String> operands;
    private boolean log;
    private boolean others;
    private boolean follow;
    private @Nullable String since;
    private @Nullable String last;
    private boolean utc;

    LogOptions(Invocation invocation) {
        this.invocation = invocation;
        this.operands = OPTIONS.read(invocation, this::take);
    }

    private void take(String name, @Nullable String value) {
        switch (name) {
            case "log" -> log = true;
            case "follow" -> follow = true;
            case "since" -> since = value;
            case "last" -> last = value;
            default -> utc = true;
        }
        others |= !name.equals("log");
    }

    /** Whether logs are wanted, and not that the input is copied. */
    boolean wantLogs() {
        if (others && !log) throw new Failure(Failure.USAGE, USAGE);
        return log;
    }

    /** The directories. */
    List<String> operands() {
        if (operands.isEmpty()) throw new Failure(Failure.USAGE, USAGE);
        return operands;
    }

    LogRequest request() {
        LibC libc = invocation.libc();
        Zone zone = utc ? (moment, fields) -> Calendar.localTime(moment, 0, fields) : new SystemZone(libc);
        return new LogRequest(follow, since(libc, zone), last(), zone);
    }

    private long since(LibC libc, Zone zone) {
        if (since == null) return LogRequest.EVER;
        long now = Math.floorDiv(libc.clockGettime(LibC.CLOCK_REALTIME), NANOS);
        Long moment = new When(zone, now).read(since);
        if (moment == null) throw OPTIONS.wrong(invocation, "not a time: " + since, "since");
        return moment;
    }

    private long last() {
        if (last == null) return LogRequest.ALL;
        boolean isNumber = !last.isEmpty() && last.length() <= MOST_DIGITS;
        for (int i = 0; i < last.length(); i++) isNumber &= last.charAt(i) >= '0' && last.charAt(i) <= '9';
        if (!isNumber) throw OPTIONS.wrong(invocation, "not a number: " + last, "last");
        return Long.parseLong(last);
    }
}

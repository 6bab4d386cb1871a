package daemontools.svc;

import daemontools.common.Failure;
import daemontools.common.Invocation;
import daemontools.common.LongOptions;
import daemontools.posix.Bytes;
import daemontools.service.ControlCommand;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the words before svc's operands ask for: commands, each once, in the order in which they first appear, and a goal. */
final class Request {
    static final String USAGE = "svc options: u up, d down, o once, x exit, p pause, c continue,"
            + " h hup, a alarm, i interrupt, t term, k kill";

    static final String SYNOPSIS = "svc [-udopchaitkxq12w] [--restart] [--reload] [--signal=NAME]"
            + " [--wait=GOAL [--timeout=SECONDS]] [dir ...]";

    static final LongOptions LONG_OPTIONS =
            new LongOptions("svc: usage: " + SYNOPSIS, "restart", "reload", "signal=", "wait=", "timeout=");

    private static final int MOST_DIGITS = 9;

    private final Invocation invocation;
    private String commands = "";
    private @Nullable Goal goal;
    private @Nullable String timeout;

    Request(Invocation invocation) {
        this.invocation = invocation;
    }

    void add(char command) {
        if (commands.indexOf(command) < 0) commands += command;
    }

    /** A long option; its value is null where it takes none. */
    void add(String option, @Nullable String given) {
        String value = given == null ? "" : given;
        switch (option) {
            case "restart" -> add(ControlCommand.RESTART);
            case "reload" -> add(ControlCommand.RELOAD);
            case "signal" -> {
                ControlCommand command = ControlCommand.ofSignal(value);
                if (command == null) throw illegal(option, value);
                add(command);
            }
            case "wait" -> {
                goal = Goal.of(value);
                if (goal == null) throw illegal(option, value);
            }
            default -> {
                timeout = value;
                if (nanos(value) < 0) throw illegal(option, value);
            }
        }
    }

    private void add(ControlCommand command) {
        add((char) command.code());
    }

    /** To be called behind the last option. */
    void check() {
        if (timeout != null && goal == null)
            throw LONG_OPTIONS.wrong(invocation, "option is for --wait only", "timeout");
    }

    private Failure illegal(String option, String value) {
        return LONG_OPTIONS.wrong(invocation, "illegal argument", option + "=" + value);
    }

    /** Seconds with or without decimals, negative for what is no such number. */
    private static long nanos(String seconds) {
        int point = seconds.indexOf('.');
        String whole = point < 0 ? seconds : seconds.substring(0, point);
        String decimals = point < 0 ? "" : seconds.substring(point + 1);
        if (whole.length() + decimals.length() == 0 || whole.length() > MOST_DIGITS || decimals.length() > MOST_DIGITS)
            return -1;
        long nanos = 0;
        for (int i = 0; i < whole.length() + MOST_DIGITS; i++) {
            int at = i - whole.length();
            char digit = at < 0 ? whole.charAt(i) : at < decimals.length() ? decimals.charAt(at) : '0';
            if (digit < '0' || digit > '9') return -1;
            nanos = 10 * nanos + digit - '0';
        }
        return nanos;
    }

    byte[] commands() {
        return Bytes.of(commands);
    }

    /** The last place of a command among them, negative where it is not. */
    int indexOf(ControlCommand command) {
        return commands.indexOf(command.code());
    }

    boolean has(ControlCommand command) {
        return indexOf(command) >= 0;
    }

    /** Whether something is waited for. */
    boolean hasGoal() {
        return goal != null;
    }

    /** What is waited for, if anything is. */
    Goal goal() {
        return Objects.requireNonNull(goal);
    }

    /** How long, in nanoseconds; for ever, so to speak, where that was not said. */
    long patience() {
        return timeout == null ? Long.MAX_VALUE / 2 : nanos(timeout);
    }

    /** The same in words. */
    String patienceInWords() {
        return timeout + ("1".equals(timeout) ? " second" : " seconds");
    }
}

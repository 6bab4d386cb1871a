package daemontools.service;

import daemontools.posix.Signals;
import org.jspecify.annotations.Nullable;

/**
 * The commands that supervise reads from its control fifo, a byte each: those of 0.76 (spec 2.4, 5), the four letters
 * that daemontools-encore added, and ours, which are no letters of {@code svc}. A supervise ignores a byte that it does
 * not know.
 */
public enum ControlCommand {
    UP('u', "up: start the service, and again whenever it ends"),
    DOWN('d', "down: send it TERM and CONT, and do not start it again"),
    ONCE('o', "once: start it, but not again"),
    PAUSE('p', "pause: ", Signals.STOP),
    CONTINUE('c', "continue: ", Signals.CONT),
    HANGUP('h', "", Signals.HUP),
    ALARM('a', "", Signals.ALRM),
    INTERRUPT('i', "", Signals.INT),
    TERMINATE('t', "", Signals.TERM),
    KILL('k', "", Signals.KILL),
    EXIT('x', "exit: supervise leaves as soon as the service is down"),

    QUIT('q', "", Signals.QUIT),
    USER_1('1', "", Signals.USR1),
    USER_2('2', "", Signals.USR2),
    WINDOW('w', "", Signals.WINCH),

    /** Ends ./run as {@link #DOWN} does, and starts it again; as {@link #UP} while it is down. */
    RESTART('r'),
    /** Sends the service the signal that it reads its configuration on. */
    RELOAD('l'),
    /** Writes {@code supervise/details} now, and again at each change from now on. */
    DETAILS('?');

    private static final ControlCommand[] ALL = values();

    private final byte code;
    private final @Nullable String effect;
    private final int signal;

    /** A command that is a letter of {@code svc}. */
    ControlCommand(char code, @Nullable String effect) {
        this.code = (byte) code;
        this.effect = effect;
        this.signal = 0;
    }

    /** A letter that sends the service a signal. */
    ControlCommand(char code, String before, int signal) {
        this.code = (byte) code;
        this.effect = before + "send it " + Signals.name(signal);
        this.signal = signal;
    }

    /** A command that only long options send. */
    ControlCommand(char code) {
        this(code, null);
    }

    /** The command that sends a signal, named as {@link Signals#number} takes it; null where none does. */
    public static @Nullable ControlCommand ofSignal(String word) {
        int signal = Signals.number(word);
        for (ControlCommand command : ALL) {
            if (signal > 0 && command.signal == signal) return command;
        }
        return null;
    }

    /** The byte that is written to the control fifo, and the letter of {@code svc} where it is one. */
    public byte code() {
        return code;
    }

    /** The letters of {@code svc}, in the order of its help. */
    public static String letters() {
        StringBuilder letters = new StringBuilder();
        for (ControlCommand command : ALL) {
            if (command.effect != null) letters.append((char) command.code);
        }
        return letters.toString();
    }

    /** A line of help for each letter of {@code svc}. */
    public static String help() {
        StringBuilder help = new StringBuilder();
        for (ControlCommand command : ALL) {
            if (command.effect == null) continue;
            help.append("  -").append((char) command.code);
            help.append("         ").append(command.effect).append('\n');
        }
        return help.toString();
    }

    /** The bytes of several commands, to be written at once. */
    public static byte[] bytes(ControlCommand... commands) {
        byte[] bytes = new byte[commands.length];
        for (int i = 0; i < commands.length; i++) bytes[i] = commands[i].code;
        return bytes;
    }
}

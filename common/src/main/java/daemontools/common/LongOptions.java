package daemontools.common;

import daemontools.posix.Words;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads long options, which 0.76 does not have: {@code --name} and {@code --name=value}, before the first operand. A word
 * {@code --} behind one ends them. What is not read stays what 0.76 makes of it: {@code --} at the beginning, and
 * {@code --help} and {@code --version}, which are options only where they stand alone.
 */
public final class LongOptions {
    /** Is told of each option in the order of the words; {@code value} is null for an option that takes none. */
    public interface Handler {
        void option(String name, @Nullable String value);
    }

    private static final String DASHES = "--";

    private final String[] names;
    private final String usage;

    /**
     * @param usage the whole line that follows the message about a wrong option
     * @param names the names without dashes, those that take a value with a {@code =} behind them
     */
    public LongOptions(String usage, String... names) {
        this.usage = usage;
        this.names = names;
    }

    /**
     * Hands the options to {@code handler} and returns the operands.
     *
     * @throws Failure with exit code 100 at the first option that is unknown, or whose value is missing or too much
     */
    public List<String> read(Invocation invocation, Handler handler) {
        Words words = Words.of(invocation.operands());
        int next = 0;
        while (isOption(words, next)) take(invocation, words.get(next++), handler);
        if (next > 0 && next < words.size() && words.is(next, DASHES)) next++;
        return words.subList(next, words.size());
    }

    /** Whether there is such a word, and it is a long option or tries to be one. */
    static boolean isOption(Words words, int index) {
        return index < words.size()
                && words.byteAt(index, 0) == '-'
                && words.byteAt(index, 1) == '-'
                && words.byteAt(index, 2) != 0
                && !words.is(index, "--help")
                && !words.is(index, "--version");
    }

    /** Hands one on. */
    void take(Invocation invocation, String word, Handler handler) {
        int equals = word.indexOf('=');
        String name = word.substring(DASHES.length(), equals < 0 ? word.length() : equals);
        String value = equals < 0 ? null : word.substring(equals + 1);
        if (isAmong(name + "=")) {
            if (value == null) throw wrong(invocation, "option requires an argument", name);
        } else {
            if (!isAmong(name)) throw wrong(invocation, "illegal option", name);
            if (value != null) throw wrong(invocation, "option takes no argument", name);
        }
        handler.option(name, value);
    }

    private boolean isAmong(String wanted) {
        for (String name : names) {
            if (name.equals(wanted)) return true;
        }
        return false;
    }

    /** Exit 100: what is wrong with an option, in a few words, and the usage. */
    public Failure wrong(Invocation invocation, String what, String option) {
        return new Failure(Failure.USAGE, invocation.baseName() + ": " + what + " -- " + option + "\n" + usage);
    }
}

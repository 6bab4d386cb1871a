package daemontools.common;

import daemontools.posix.Words;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one-letter options as 0.76 does (spec 1.4): clusters, {@code --}, a stop at the first operand, an option's
 * argument taken whatever it looks like. Each byte is looked at once. A command may have {@link LongOptions} among them.
 */
public final class OptionReader {
    /** Is told of each option in the order of the words; {@code argument} is null for an option that takes none. */
    public interface Handler {
        void option(char letter, @Nullable String argument);
    }

    private final String plainLetters;
    private final String argumentLetters;
    private final String usage;
    private final @Nullable LongOptions longOptions;

    /**
     * Without long options: any word that begins with two dashes ends the options.
     *
     * @param plainLetters the options without an argument
     * @param argumentLetters the options with one
     * @param usage the whole line that follows the message about a wrong option
     */
    public OptionReader(String plainLetters, String argumentLetters, String usage) {
        this(plainLetters, argumentLetters, usage, null);
    }

    public OptionReader(String plainLetters, String argumentLetters, String usage, @Nullable LongOptions longOptions) {
        this.plainLetters = plainLetters;
        this.argumentLetters = argumentLetters;
        this.usage = usage;
        this.longOptions = longOptions;
    }

    /**
     * Hands the options to {@code handler} and returns the operands.
     *
     * @throws Failure with exit code 100 at the first option that is unknown or lacks its argument
     */
    public List<String> read(Invocation invocation, Handler handler) {
        return read(invocation, handler, (name, value) -> {});
    }

    /** As {@link #read(Invocation, Handler)}; {@code longHandler} is told of the long options. */
    public List<String> read(Invocation invocation, Handler handler, LongOptions.Handler longHandler) {
        Words words = Words.of(invocation.operands());
        int next = 0;
        while (next < words.size() && words.byteAt(next, 0) == '-' && words.byteAt(next, 1) != 0) {
            int cluster = next++;
            if (words.byteAt(cluster, 1) == '-') {
                if (longOptions == null || !LongOptions.isOption(words, cluster)) break;
                longOptions.take(invocation, words.get(cluster), longHandler);
                continue;
            }
            int open = read(invocation, words, cluster, handler);
            if (open == 0) continue;
            char letter = letter(words, cluster, open);
            if (next == words.size()) throw wrong(invocation, "option requires an argument -- ", letter);
            handler.option(letter, words.get(next++));
        }
        return words.subList(next, words.size());
    }

    /** Hands on a cluster's options; returns where in it the last one is if its argument is the next word, else zero. */
    private int read(Invocation invocation, Words words, int cluster, Handler handler) {
        for (int at = 1; words.byteAt(cluster, at) != 0; at++) {
            char letter = letter(words, cluster, at);
            if (plainLetters.indexOf(letter) >= 0) {
                handler.option(letter, null);
            } else if (argumentLetters.indexOf(letter) < 0) {
                throw wrong(invocation, "illegal option -- ", letter);
            } else if (words.byteAt(cluster, at + 1) == 0) {
                return at;
            } else {
                handler.option(letter, words.get(cluster).substring(at + 1));
                return 0;
            }
        }
        return 0;
    }

    private static char letter(Words words, int cluster, int at) {
        return (char) (words.byteAt(cluster, at) & 0xff);
    }

    private Failure wrong(Invocation invocation, String what, char letter) {
        return new Failure(Failure.USAGE, invocation.baseName() + ": " + what + letter + "\n" + usage);
    }
}

package daemontools.common;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * Reads one-letter options as 0.76 does (spec 1.4): clusters, {@code --}, a stop at the first operand, an option's
 * argument taken whatever it looks like. Everything that picocli would do beyond that is switched off.
 */
public final class OptionReader {
    /** Is told of each option in the order of the words; {@code argument} is null for an option that takes none. */
    public interface Handler {
        void option(char letter, String argument);
    }

    private final String argumentLetters;
    private final String usage;
    private final CommandLine parser;
    /** While {@link #read} reads: whose words these are, and who is told. */
    private Invocation invocation;

    private Handler handler;

    /**
     * Makes the parser: a reader in a static final field has it made when the image is built.
     *
     * @param plainLetters the options without an argument
     * @param argumentLetters the options with one
     * @param usage the whole line that follows the message about a wrong option
     */
    public OptionReader(String plainLetters, String argumentLetters, String usage) {
        this.argumentLetters = argumentLetters;
        this.usage = usage;
        CommandSpec spec = CommandSpec.create();
        spec.parser().separator("");
        plainLetters.chars().forEach(letter -> spec.addOption(plain((char) letter)));
        argumentLetters.chars().forEach(letter -> spec.addOption(withArgument((char) letter)));
        parser = new CommandLine(spec)
                .setOverwrittenOptionsAllowed(true)
                .setExpandAtFiles(false)
                .setTrimQuotes(false)
                .setInterpolateVariables(false);
    }

    /**
     * Hands the options to {@code handler} and returns the operands.
     *
     * @throws Failure with exit code 100 at the first option that is unknown or lacks its argument
     */
    public List<String> read(Invocation invocation, Handler handler) {
        List<String> words = invocation.operands();
        int end = optionWords(words);
        if (end > 0) read(invocation, words.subList(0, end), handler);
        boolean endedByDashes = end < words.size() && words.get(end).startsWith("--");
        return words.subList(endedByDashes ? end + 1 : end, words.size());
    }

    /**
     * How many words belong to the options: 0.76 stops at the first that does not begin with a dash, at a single dash,
     * and at any that begins with two.
     */
    private int optionWords(List<String> words) {
        int count = 0;
        while (count < words.size()) {
            String word = words.get(count);
            if (!word.startsWith("-") || word.equals("-") || word.startsWith("--")) return count;
            count += takesTheNextWord(word) ? 2 : 1;
        }
        return words.size();
    }

    private boolean takesTheNextWord(String word) {
        for (int i = 1; i < word.length(); i++) {
            if (argumentLetters.indexOf(word.charAt(i)) >= 0) return i == word.length() - 1;
        }
        return false;
    }

    private void read(Invocation invocation, List<String> words, Handler handler) {
        this.invocation = invocation;
        this.handler = handler;
        unknownLetters(words).chars().forEach(letter -> parser.getCommandSpec().addOption(unknown((char) letter)));
        try {
            parser.parseArgs(words.toArray(new String[0]));
        } catch (ParameterException wrapped) {
            if (wrapped.getCause() instanceof Failure failure) throw failure;
            throw wrapped;
        }
    }

    /**
     * The bytes in option words that are none of our letters. Each becomes an option that complains, because picocli
     * goes on after an option it does not know, and takes {@code -1} for a number.
     */
    private String unknownLetters(List<String> words) {
        StringBuilder unknown = new StringBuilder();
        for (String word : words) {
            if (!word.startsWith("-")) continue;
            for (int i = 1; i < word.length(); i++) {
                String letter = word.substring(i, i + 1);
                if (parser.getCommandSpec().findOption("-" + letter) == null && unknown.indexOf(letter) < 0)
                    unknown.append(letter);
            }
        }
        return unknown.toString();
    }

    private OptionSpec plain(char letter) {
        return withoutArgument(letter, () -> handler.option(letter, null));
    }

    private OptionSpec unknown(char letter) {
        return withoutArgument(letter, () -> {
            throw wrong("illegal option -- " + letter);
        });
    }

    private static OptionSpec withoutArgument(char letter, Runnable action) {
        return OptionSpec.builder("-" + letter)
                .arity("0")
                .parameterConsumer((rest, self, command) -> action.run())
                .build();
    }

    private OptionSpec withArgument(char letter) {
        return OptionSpec.builder("-" + letter)
                .type(String.class)
                .arity("1")
                .parameterConsumer((rest, self, command) -> {
                    if (rest.isEmpty()) throw wrong("option requires an argument -- " + letter);
                    handler.option(letter, rest.pop());
                })
                .build();
    }

    private Failure wrong(String what) {
        return new Failure(Failure.USAGE, invocation.baseName() + ": " + what + "\n" + usage);
    }
}

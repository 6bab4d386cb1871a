package daemontools.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Random command lines mean to {@link LongOptions} what they mean to picocli. Left out is what is different on purpose: a word
 * {@code --} before any option, which is 0.76's; a value that is a word of its own, which picocli takes too; and a value
 * {@code --}, which picocli refuses.
 */
class LongOptionsBesidePicocliTest {
    private static final int LINES = 3000;
    private static final int MOST_WORDS = 6;
    private static final String REFUSED = "refused";

    private static final String[] NAMES = {"plain", "plainer", "valued=", "other-value="};
    private static final String[] WORDS = {
        "--plain",
        "--plainer",
        "--plai",
        "--plain=",
        "--plain=1",
        "--plain-",
        "--valued=",
        "--valued=1",
        "--valued=a=b",
        "--valued=--plain",
        "--valued= x",
        "--valued=\"q\"",
        "--other-value=@f",
        "--other-value=${x}",
        "--Plain",
        "--unknown",
        "--unknown=1",
        "--=",
        "--=1",
        "---",
        "--",
        "",
        "a",
        "caf\351",
        "@f",
        "=",
        "a=--plain"
    };

    private final LongOptions ours = new LongOptions("usage", NAMES);
    private final CommandLine picocli = picocli();

    /** A command with those options and any number of operands, and with none of what picocli expands. */
    private static CommandLine picocli() {
        CommandSpec spec = CommandSpec.create();
        for (String name : NAMES) {
            boolean takesValue = name.endsWith("=");
            String option = "--" + name.replace("=", "");
            spec.addOption(
                    takesValue
                            ? OptionSpec.builder(option)
                                    .type(List.class)
                                    .auxiliaryTypes(String.class)
                                    .arity("1")
                                    .build()
                            : OptionSpec.builder(option)
                                    .arity("0")
                                    .type(boolean.class)
                                    .build());
        }
        spec.addPositional(PositionalParamSpec.builder()
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("0..*")
                .build());
        return new CommandLine(spec)
                .setStopAtPositional(true)
                .setOverwrittenOptionsAllowed(true)
                .setExpandAtFiles(false)
                .setInterpolateVariables(false)
                .setAllowOptionsAsOptionParameters(true);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void randomLinesMeanTheSame(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < LINES; i++) {
            List<String> line = new ArrayList<>(List.of("--plain"));
            for (int words = random.nextInt(MOST_WORDS); words > 0; words--) {
                line.add(WORDS[random.nextInt(WORDS.length)]);
            }
            assertThat(readByUs(line)).as("%s", line).isEqualTo(readByPicocli(line));
        }
    }

    /** The values of each option, and the operands; or that the line was refused. */
    private String readByUs(List<String> line) {
        List<String> argv = new ArrayList<>(List.of("prog"));
        argv.addAll(line);
        Map<String, List<String>> values = new TreeMap<>();
        try {
            List<String> operands = ours.read(new Invocation(null, argv), (name, value) -> {
                values.computeIfAbsent("--" + name, any -> new ArrayList<>()).add(value == null ? "true" : value);
            });
            return values + " " + List.copyOf(operands);
        } catch (Failure refused) {
            return REFUSED;
        }
    }

    private String readByPicocli(List<String> line) {
        try {
            ParseResult result = picocli.parseArgs(line.toArray(new String[0]));
            Map<String, List<String>> values = new TreeMap<>();
            for (OptionSpec option : result.matchedOptionsSet()) {
                values.put(option.longestName(), option.originalStringValues());
            }
            List<String> operands = new ArrayList<>();
            for (PositionalParamSpec operand : result.matchedPositionals()) operands = operand.originalStringValues();
            return values + " " + operands;
        } catch (ParameterException refused) {
            return REFUSED;
        }
    }
}

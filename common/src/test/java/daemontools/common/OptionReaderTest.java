package daemontools.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionReaderTest {
    private static final OptionReader READER = new OptionReader("dxn", "mo", "usage line");

    private final List<String> options = new ArrayList<>();

    private List<String> read(String... words) {
        List<String> argv = new ArrayList<>(List.of("/command/prog"));
        argv.addAll(List.of(words));
        return READER.read(new Invocation(null, argv), (letter, argument) -> {
            options.add(argument == null ? "" + letter : letter + "=" + argument);
        });
    }

    private Failure failureOf(String... words) {
        return catchThrowableOfType(Failure.class, () -> read(words));
    }

    @Test
    void clustersAreReadLetterByLetter() {
        assertThat(read("-dx", "a")).containsExactly("a");
        assertThat(options).containsExactly("d", "x");
    }

    @Test
    void anOptionMayComeTwice() {
        assertThat(read("-dd", "-d", "-m1", "-m2")).isEmpty();
        assertThat(options).containsExactly("d", "d", "d", "m=1", "m=2");
    }

    @Test
    void theFirstOperandEndsTheOptions() {
        assertThat(read("-d", "a", "-x", "--")).containsExactly("a", "-x", "--");
        assertThat(options).containsExactly("d");
    }

    @Test
    void aSingleDashIsAnOperand() {
        assertThat(read("-d", "-", "-x")).containsExactly("-", "-x");
    }

    @Test
    void anEmptyWordIsAnOperand() {
        assertThat(read("-d", "", "-x")).containsExactly("", "-x");
    }

    @Test
    void aDoubleDashEndsTheOptionsAndIsGone() {
        assertThat(read("-d", "--", "--", "-x")).containsExactly("--", "-x");
    }

    @Test
    void anyWordThatBeginsWithTwoDashesDoesTheSame() {
        assertThat(read("-d", "--help", "-x")).containsExactly("-x");
        assertThat(options).containsExactly("d");
    }

    @Test
    void anArgumentIsTheRestOfItsWordOrTheNextWordWhateverItLooksLike() {
        assertThat(read("-m5d", "-dm", "-x", "-m", "--", "-o", "", "p")).containsExactly("p");
        assertThat(options).containsExactly("m=5d", "d", "m=-x", "m=--", "o=");
    }

    @Test
    void nothingInAWordIsExpandedTrimmedOrSplit() {
        assertThat(read("-m", "'q'", "-o=1,2", "@file", "${env:HOME}", "\"x\""))
                .containsExactly("@file", "${env:HOME}", "\"x\"");
        assertThat(options).containsExactly("m='q'", "o==1,2");
    }

    @Test
    void anUnknownLetterIsReportedWithTheUsageLineAndWhatCameBeforeItHasHappened() {
        Failure failure = failureOf("-dz", "-m");
        assertThat(failure).hasMessage("prog: illegal option -- z\nusage line");
        assertThat(failure.exitCode()).isEqualTo(100);
        assertThat(options).containsExactly("d");
    }

    @Test
    void digitsAndSignsAreUnknownLettersToo() {
        assertThat(failureOf("-1")).hasMessage("prog: illegal option -- 1\nusage line");
        assertThat(failureOf("-=x")).hasMessage("prog: illegal option -- =\nusage line");
        assertThat(failureOf("-d-")).hasMessage("prog: illegal option -- -\nusage line");
        assertThat(failureOf("-\u00e9")).hasMessage("prog: illegal option -- \u00e9\nusage line");
    }

    @Test
    void aMissingArgumentIsReportedWithTheUsageLine() {
        Failure failure = failureOf("-dm");
        assertThat(failure).hasMessage("prog: option requires an argument -- m\nusage line");
        assertThat(failure.exitCode()).isEqualTo(100);
    }

    @Test
    void noWordsMeanNoOptionsAndNoOperands() {
        assertThat(read()).isEmpty();
        assertThat(options).isEmpty();
    }
}

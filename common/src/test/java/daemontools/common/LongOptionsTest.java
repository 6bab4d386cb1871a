package daemontools.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LongOptionsTest {
    private static final LongOptions LONG = new LongOptions("usage line", "plain", "valued=");

    private final List<String> options = new ArrayList<>();

    private static Invocation invocation(String... words) {
        List<String> argv = new ArrayList<>(List.of("/command/prog"));
        argv.addAll(List.of(words));
        return new Invocation(null, argv);
    }

    private List<String> read(String... words) {
        return LONG.read(invocation(words), (name, value) -> options.add(name + "=" + value));
    }

    private List<String> readWithLetters(String... words) {
        OptionReader reader = new OptionReader("dx", "m", "usage line", LONG);
        return reader.read(
                invocation(words),
                (letter, argument) -> options.add(letter + "=" + argument),
                (name, value) -> options.add(name + "=" + value));
    }

    private Failure failureOf(String... words) {
        return catchThrowableOfType(Failure.class, () -> read(words));
    }

    @Test
    void optionsComeBeforeTheFirstOperand() {
        assertThat(read("--plain", "--valued=1", "a", "--plain")).containsExactly("a", "--plain");
        assertThat(options).containsExactly("plain=null", "valued=1");
    }

    @Test
    void aValueIsWhateverFollowsTheFirstEqualsSign() {
        assertThat(read("--valued=a=b", "--valued=", "--valued=-- x")).isEmpty();
        assertThat(options).containsExactly("valued=a=b", "valued=", "valued=-- x");
    }

    @Test
    void aDoubleDashBehindAnOptionEndsThemAndIsGone() {
        assertThat(read("--plain", "--", "--plain", "--")).containsExactly("--plain", "--");
        assertThat(options).containsExactly("plain=null");
    }

    @Test
    void withoutLongOptionsNoWordIsTouched() {
        assertThat(read("--", "--plain")).containsExactly("--", "--plain");
        assertThat(read("-d", "--plain")).containsExactly("-d", "--plain");
        assertThat(read("", "--plain")).containsExactly("", "--plain");
        assertThat(read("-")).containsExactly("-");
        assertThat(read()).isEmpty();
        assertThat(options).isEmpty();
    }

    @Test
    void helpAndVersionBesideOtherWordsAreNoOptions() {
        assertThat(read("--help", "a")).containsExactly("--help", "a");
        assertThat(read("--version", "--plain")).containsExactly("--version", "--plain");
        assertThat(readWithLetters("--help", "-d")).containsExactly("-d");
    }

    @Test
    void anUnknownOptionIsReportedWithTheUsageLine() {
        Failure failure = failureOf("--other", "a");
        assertThat(failure).hasMessage("prog: illegal option -- other\nusage line");
        assertThat(failure.exitCode()).isEqualTo(100);
        assertThat(failureOf("--plain", "--value=1")).hasMessage("prog: illegal option -- value\nusage line");
        assertThat(failureOf("--=1")).hasMessage("prog: illegal option -- \nusage line");
        assertThat(failureOf("---")).hasMessage("prog: illegal option -- -\nusage line");
        assertThat(options).containsExactly("plain=null");
    }

    @Test
    void aValueThatIsMissingOrTooMuchIsReported() {
        assertThat(failureOf("--valued", "1")).hasMessage("prog: option requires an argument -- valued\nusage line");
        assertThat(failureOf("--plain=")).hasMessage("prog: option takes no argument -- plain\nusage line");
    }

    @Test
    void lettersAndLongOptionsMixInAnyOrder() {
        assertThat(readWithLetters("-d", "--plain", "-xm", "--valued=1", "--valued=2", "a", "--plain"))
                .containsExactly("a", "--plain");
        assertThat(options).containsExactly("d=null", "plain=null", "x=null", "m=--valued=1", "valued=2");
    }

    @Test
    void aDoubleDashEndsBothKinds() {
        assertThat(readWithLetters("--plain", "--", "--plain")).containsExactly("--plain");
        assertThat(readWithLetters("--", "--plain")).containsExactly("--plain");
        assertThat(options).containsExactly("plain=null");
    }
}

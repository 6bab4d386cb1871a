package daemontools.multilog;

import static org.assertj.core.api.Assertions.assertThat;

import daemontools.posix.Bytes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatternTest {
    private static boolean matches(String pattern, String text) {
        Line line = new Line();
        line.add(Bytes.of(text), 0, text.length());
        return new Pattern(pattern).matches(line);
    }

    @ParameterizedTest(name = "{0} matches {1}")
    @CsvSource({
        "'',''",
        "*,''",
        "*,x",
        "a,a",
        "a*,a",
        "a*,abc",
        "*ab,ab",
        "*ab,xab",
        "*: *,w: x",
        "**,*",
        "**,a*",
        "*a*b,xaxb"
    })
    void matchesWholeLines(String pattern, String text) {
        assertThat(matches(pattern, text)).isTrue();
    }

    @ParameterizedTest(name = "{0} does not match {1}")
    @CsvSource({"'',x", "a,''", "a,b", "a,aa", "*ab,aab", "*a,ba a", "**,a", "?,x", "*b,aaa", "ab,a"})
    void doesNotMatchPartsNorTryAgain(String pattern, String text) {
        assertThat(matches(pattern, text)).isFalse();
    }
}

package daemontools.multilog;

import static org.assertj.core.api.Assertions.assertThat;

import daemontools.posix.Bytes;
import daemontools.posix.Words;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectionsTest {
    private static boolean isSelected(boolean before, String text, String... script) {
        Line line = new Line();
        line.add(Bytes.of(text), 0, text.length());
        return new Selections(Words.of(List.of(script)), 0, script.length).apply(before, line);
    }

    private static boolean matches(String pattern, String text) {
        return isSelected(false, text, "+" + pattern);
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

    @Test
    void theLastThatMatchesDecides() {
        assertThat(isSelected(true, "a", "-*", "+a")).isTrue();
        assertThat(isSelected(true, "b", "-*", "+a")).isFalse();
        assertThat(isSelected(true, "a", "+a", "-*")).isFalse();
        assertThat(isSelected(false, "", "+", "-a")).isTrue();
    }

    @Test
    void wordsBeforeAndBehindDoNotMatter() {
        Line line = new Line();
        Words words = Words.of(List.of("e", "-", "+", "e"));
        assertThat(new Selections(words, 1, 3).apply(true, line)).isTrue();
        assertThat(new Selections(words, 1, 2).apply(true, line)).isFalse();
    }
}

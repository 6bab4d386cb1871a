package daemontools.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordsTest {
    @Test
    void wordsOfOursHaveBytesAndNoAddress() {
        Words words = Words.of(List.of("one", ""));
        assertThat(words).containsExactly("one", "");
        assertThat(words.length(0)).isEqualTo(3);
        assertThat(words.byteAt(0, 2)).isEqualTo((byte) 'e');
        assertThat(words.byteAt(0, 3)).isZero();
        assertThat(words.byteAt(1, 0)).isZero();
        assertThat(words.address(0)).isZero();
        assertThat(words.is(0, "one")).isTrue();
        assertThat(words.is(0, "ons")).isFalse();
        assertThat(words.is(0, "")).isFalse();
        assertThat(words.is(1, "")).isTrue();
    }

    @Test
    void theyStayAsTheyWere() {
        List<String> list = new ArrayList<>(List.of("one"));
        Words words = Words.of(list);
        list.set(0, "two");
        assertThat(words).containsExactly("one");
        assertThat(Words.of(words)).isSameAs(words);
    }

    @Test
    void wordsOfCHaveTheBytesThatTheirStringsHave() {
        Words words = (Words) new JnaLibC().environment();
        assertThat(words).isNotEmpty();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            assertThat(words.length(i)).isEqualTo(word.length());
            assertThat(words.byteAt(i, word.length())).isZero();
            if (!word.isEmpty()) assertThat(words.byteAt(i, 0)).isEqualTo((byte) word.charAt(0));
            assertThat(words.address(i)).isNotZero();
        }
    }

    @Test
    void theLastWordsOfCsAreCsToo() {
        List<String> all = new JnaLibC().environment();
        List<String> last = all.subList(1, all.size()).subList(0, all.size() - 1);
        assertThat(last).isInstanceOf(Words.class).isEqualTo(new ArrayList<>(all).subList(1, all.size()));
        assertThat(((Words) last).address(0)).isEqualTo(((Words) all).address(1));
        assertThat(all.subList(0, 1)).containsExactly(all.getFirst());
        assertThat(all.subList(all.size(), all.size())).isEmpty();
    }
}

package daemontools.svstat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScrollTest {
    private final Scroll scroll = new Scroll();

    private String after(int rows, int room, Key... keys) {
        scroll.fit(rows, room);
        for (Key key : keys) scroll.move(key);
        List<Integer> all = IntStream.rangeClosed(1, rows).boxed().toList();
        List<Integer> visible = scroll.visible(all);
        if (rows > 0) assertThat(scroll.position()).startsWith(visible.getFirst() + "-" + visible.getLast() + " of ");
        return scroll.position();
    }

    @Test
    void arrowsGoALineAndPageKeysAPage() {
        assertThat(after(100, 10)).isEqualTo("1-10 of 100");
        assertThat(after(100, 10, Key.DOWN, Key.DOWN, Key.UP)).isEqualTo("2-11 of 100");
        assertThat(after(100, 10, Key.PAGE_DOWN, Key.PAGE_DOWN, Key.PAGE_UP)).isEqualTo("12-21 of 100");
    }

    @Test
    void homeAndEndGoToTheFirstAndTheLastPage() {
        assertThat(after(100, 10, Key.END)).isEqualTo("91-100 of 100");
        assertThat(after(100, 10, Key.HOME)).isEqualTo("1-10 of 100");
    }

    @Test
    void thereIsNothingBeyondTheEnds() {
        assertThat(after(12, 10, Key.UP, Key.PAGE_UP)).isEqualTo("1-10 of 12");
        assertThat(after(12, 10, Key.PAGE_DOWN, Key.DOWN)).isEqualTo("3-12 of 12");
        assertThat(after(3, 10, Key.DOWN, Key.END)).isEqualTo("1-3 of 3");
    }

    @Test
    void whatIsSeenStaysFullWhenRowsGoOrTheScreenGrows() {
        after(100, 10, Key.END);
        assertThat(after(50, 10)).isEqualTo("41-50 of 50");
        assertThat(after(50, 20)).isEqualTo("31-50 of 50");
        assertThat(after(0, 20)).isEqualTo("0 of 0");
        assertThat(after(5, -2)).isEqualTo("1-1 of 5");
    }
}

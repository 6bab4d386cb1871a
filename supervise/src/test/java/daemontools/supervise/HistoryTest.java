package daemontools.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import daemontools.posix.Bytes;
import daemontools.posix.ExitStatus;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private final History history = new History();

    private String text() {
        DetailsText text = new DetailsText().begin();
        history.describe(text);
        return Bytes.string(text.bytes(), 0, text.length());
    }

    @Test
    void nothingHasHappenedAtFirst() {
        assertThat(text()).isEqualTo("starts 0\nreadies 0\nends 0\nfinishes 0\n");
    }

    @Test
    void anExitCodeIsToldWithItsTime() {
        history.started(812);
        history.becameReady();
        history.ended(7, 1_764_084_434_009_524_000L);
        assertThat(text()).isEqualTo("starts 1\nreadies 1\nends 1\nfinishes 0\nexit 7\nended 1764084434.009524000\n");
        assertThat(history.operands("dir")).containsExactly("7", "0", "dir", "812");
    }

    @Test
    void aSignalIsTold() {
        history.started(812);
        history.ended(ExitStatus.of(11), 0);
        history.finished();
        assertThat(text()).isEqualTo("starts 1\nreadies 0\nends 1\nfinishes 1\nsignal 11\nended 0.000000000\n");
        assertThat(history.operands("dir")).containsExactly("256", "11", "dir", "812");
    }

    @Test
    void anEndThatNobodySawHasNeither() {
        history.started(812);
        history.ended(ExitStatus.UNKNOWN, 1);
        assertThat(text()).isEqualTo("starts 1\nreadies 0\nends 1\nfinishes 0\nended 0.000000001\n");
        assertThat(history.operands("dir")).containsExactly("256", "0", "dir", "812");
    }
}

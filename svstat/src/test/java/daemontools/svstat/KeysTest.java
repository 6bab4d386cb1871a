package daemontools.svstat;

import static org.assertj.core.api.Assertions.assertThat;

import daemontools.posix.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeysTest {
    private final Keys keys = new Keys();

    private List<Key> pressed(String... pieces) {
        List<Key> pressed = new ArrayList<>();
        for (String piece : pieces) {
            byte[] bytes = Bytes.of(piece);
            keys.add(bytes, bytes.length);
            Key key;
            while ((key = keys.next()) != null) pressed.add(key);
        }
        return pressed;
    }

    @Test
    void eachKeyIsKnownByAllItsSequences() {
        for (Key key : Key.values()) {
            for (String sequence : key.sequences) assertThat(pressed(sequence)).containsExactly(key);
        }
    }

    @Test
    void keysThatComeTogetherAreToldApart() {
        assertThat(pressed("\033[B\033[6~jq")).containsExactly(Key.DOWN, Key.PAGE_DOWN, Key.DOWN, Key.LEAVE);
    }

    @Test
    void aKeyMayComeInPieces() {
        assertThat(pressed("\033", "[", "5", "~")).containsExactly(Key.PAGE_UP);
        assertThat(pressed("\033O", "A")).containsExactly(Key.UP);
    }

    @Test
    void keysWithoutAMeaningAreDroppedAsAWhole() {
        assertThat(pressed("\033[1;5Bx\033[2~\033OP\u00c3\u00a4q")).containsExactly(Key.LEAVE);
    }

    @Test
    void theEscapeKeyDoesNotSwallowTheNextOne() {
        assertThat(pressed("\033", "q")).containsExactly(Key.LEAVE);
        assertThat(pressed("\033", "\033", "[A")).containsExactly(Key.UP);
    }
}

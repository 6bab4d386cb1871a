package daemontools.service;

import static org.assertj.core.api.Assertions.assertThat;

import daemontools.posix.Bytes;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ControlCommandTest {
    @Test
    void theLettersAreThoseOf076AndThenThoseOfDaemontoolsEncore() {
        assertThat(ControlCommand.letters()).isEqualTo("udopchaitkxq12w");
    }

    @Test
    void theHelpHasALineForEachLetterAndNoOther() {
        String[] lines = ControlCommand.help().split("\n");
        assertThat(Arrays.stream(lines).map(line -> line.substring(0, 13)))
                .containsExactly(ControlCommand.letters()
                        .chars()
                        .mapToObj(letter -> "  -" + (char) letter + "         ")
                        .toArray(String[]::new));
    }

    @Test
    void severalCommandsAreTheirBytesInOrder() {
        assertThat(ControlCommand.bytes(
                        ControlCommand.RELOAD, ControlCommand.RESTART, ControlCommand.DETAILS, ControlCommand.WINDOW))
                .isEqualTo(Bytes.of("lr?w"));
    }
}

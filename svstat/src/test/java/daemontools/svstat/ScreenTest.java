package daemontools.svstat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScreenTest {
    private static final int ROWS = 4;
    private static final int COLUMNS = 12;

    private final Screen screen = new Screen(ROWS);

    private static List<Line> lines(String... texts) {
        return Arrays.stream(texts).map(text -> new Line("", text)).toList();
    }

    @Test
    void atFirstTheWholeScreenIsWritten() {
        assertThat(screen.show(lines("a", "", "b"))).isEqualTo("\033[H\033[2J\033[1;1Ha\033[3;1Hb");
    }

    @Test
    void whatStaysAsItIsIsNotWrittenAgain() {
        screen.show(lines("up  41s  pid 7", "down"));
        assertThat(screen.show(lines("up  42s  pid 7", "down"))).isEqualTo("\033[1;6H2");
        assertThat(screen.show(lines("up  42s  pid 7", "down"))).isEmpty();
    }

    @Test
    void theRestOfALineThatGetsShorterIsErased() {
        screen.show(lines("abcdef"));
        assertThat(screen.show(lines("abc"))).isEqualTo("\033[1;4H\033[K");
        assertThat(screen.show(lines())).isEqualTo("\033[1;1H\033[K");
    }

    @Test
    void aPartOfALineIsWrittenInTheLinesColour() {
        screen.show(List.of(new Line(Line.RED, "abc")));
        assertThat(screen.show(List.of(new Line(Line.RED, "axc")))).isEqualTo("\033[1;2H\033[31mx\033[0m");
        assertThat(screen.show(List.of(new Line(Line.GREEN, "axc")))).isEqualTo("\033[1;1H\033[K\033[32maxc\033[0m");
    }

    @Test
    void aLineWhoseColumnsAreNotKnownIsWrittenAsAWhole() {
        screen.show(lines("\u00e4\u00b8\u0080 1s"));
        assertThat(screen.show(lines("\u00e4\u00b8\u0080 2s"))).isEqualTo("\033[1;1H\033[K\u00e4\u00b8\u0080 2s");
    }

    @Test
    void linesBelowTheScreenAreLeftOut() {
        screen.show(lines("1", "2", "3", "4", "5"));
        assertThat(screen.show(lines("1", "2", "3", "4", "6"))).isEmpty();
    }

    @Test
    void aScreenThatMayShowAnythingIsWrittenAnew() {
        screen.show(lines("a"));
        screen.forget();
        assertThat(screen.show(lines("a"))).isEqualTo("\033[H\033[2J\033[1;1Ha");
    }

    /** A terminal that takes what is written and knows no sequences but these. */
    private static final class Terminal {
        final char[][] cells = new char[ROWS][COLUMNS];
        int row;
        int column;

        void write(String bytes) {
            for (int at = 0; at < bytes.length(); at++) {
                if (bytes.charAt(at) != '\033') {
                    cells[row][Math.min(column++, COLUMNS - 1)] = bytes.charAt(at);
                    continue;
                }
                int end = at + 2;
                while (bytes.charAt(end) < '@') end++;
                obey(bytes.substring(at + 2, end), bytes.charAt(end));
                at = end;
            }
        }

        private void obey(String arguments, char command) {
            switch (command) {
                case 'H' -> {
                    String[] place = arguments.isEmpty() ? new String[] {"1", "1"} : arguments.split(";");
                    row = Integer.parseInt(place[0]) - 1;
                    column = Integer.parseInt(place[1]) - 1;
                }
                case 'J' -> {
                    for (char[] line : cells) Arrays.fill(line, ' ');
                }
                case 'K' -> Arrays.fill(cells[row], Math.min(column, COLUMNS - 1), COLUMNS, ' ');
                case 'm' -> {}
                default -> throw new AssertionError("unknown sequence " + arguments + command);
            }
        }

        List<String> lines() {
            return Arrays.stream(cells)
                    .map(line -> new String(line).stripTrailing())
                    .toList();
        }
    }

    @Test
    void theTerminalShowsTheLinesWhateverItShowedBefore() {
        Random random = new Random(1);
        Terminal terminal = new Terminal();
        String[] looks = {"", Line.RED, Line.BOLD};
        for (int i = 0; i < 5000; i++) {
            List<Line> lines = new ArrayList<>();
            for (int row = 0; row < random.nextInt(ROWS + 2); row++) {
                StringBuilder text = new StringBuilder();
                for (int n = random.nextInt(COLUMNS + 1); n > 0; n--) text.append((char) ('a' + random.nextInt(2)));
                lines.add(new Line(looks[random.nextInt(looks.length)], text.toString()));
            }
            terminal.write(screen.show(lines));
            for (int row = 0; row < ROWS; row++) {
                String wanted = row < lines.size() ? lines.get(row).text() : "";
                assertThat(terminal.lines().get(row)).as("frame " + i).isEqualTo(wanted);
            }
        }
    }
}

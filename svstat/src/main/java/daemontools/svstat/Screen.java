package daemontools.svstat;

import java.util.Arrays;
import java.util.List;

/** What a terminal shows: makes the bytes that turn it into something else, for what is different only. */
final class Screen {
    private static final String CLEAR = "\033[H\033[2J";
    private static final String CLEAR_REST = "\033[K";

    private final Line[] shown;
    private final StringBuilder bytes = new StringBuilder();
    private boolean isKnown;

    /** A screen of so many rows, which shows anything. */
    Screen(int rows) {
        shown = new Line[rows];
    }

    /** What to write so that the screen shows these lines and no more; lines that it has no room for are left out. */
    String show(List<Line> lines) {
        bytes.setLength(0);
        if (!isKnown) bytes.append(CLEAR);
        if (!isKnown) Arrays.fill(shown, Line.EMPTY);
        isKnown = true;
        for (int row = 0; row < shown.length; row++) {
            Line line = row < lines.size() ? lines.get(row) : Line.EMPTY;
            if (!line.equals(shown[row])) change(row, shown[row], line);
            shown[row] = line;
        }
        return bytes.toString();
    }

    /** The screen may show anything again. */
    void forget() {
        isKnown = false;
    }

    private void change(int row, Line was, Line is) {
        String text = is.text();
        if (!is.isAscii() || !was.isAscii() || !is.look().equals(was.look())) {
            goTo(row, 0);
            if (!was.text().isEmpty()) bytes.append(CLEAR_REST);
            bytes.append(is.dressed(text));
            return;
        }
        int from = 0;
        int shorter = Math.min(text.length(), was.text().length());
        while (from < shorter && text.charAt(from) == was.text().charAt(from)) from++;
        int to = text.length();
        if (to == was.text().length()) {
            while (to > from && text.charAt(to - 1) == was.text().charAt(to - 1)) to--;
        }
        goTo(row, from);
        if (to > from) bytes.append(is.dressed(text.substring(from, to)));
        if (text.length() < was.text().length()) bytes.append(CLEAR_REST);
    }

    private void goTo(int row, int column) {
        bytes.append("\033[").append(row + 1).append(';').append(column + 1).append('H');
    }
}

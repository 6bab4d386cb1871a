package daemontools.svstat;

import java.util.List;

/** Which rows of many are on the screen. */
final class Scroll {
    private int first;
    private int page = 1;
    private int total;

    /** There are so many rows now, and room for {@code page} of them. */
    void fit(int rows, int room) {
        total = rows;
        page = Math.max(1, room);
        moveTo(first);
    }

    void move(Key key) {
        switch (key) {
            case UP -> moveTo(first - 1);
            case DOWN -> moveTo(first + 1);
            case PAGE_UP -> moveTo(first - page);
            case PAGE_DOWN -> moveTo(first + page);
            case HOME -> moveTo(0);
            case END -> moveTo(total);
            default -> {}
        }
    }

    private void moveTo(int row) {
        first = Math.max(0, Math.min(row, total - page));
    }

    <T> List<T> visible(List<T> rows) {
        return rows.subList(first, Math.min(first + page, rows.size()));
    }

    /** For people: {@code 1-20 of 300}. */
    String position() {
        return total == 0 ? "0 of 0" : first + 1 + "-" + Math.min(first + page, total) + " of " + total;
    }
}

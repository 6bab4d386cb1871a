package daemontools.it;

import java.util.ArrayList;
import java.util.List;

/** Two texts in two columns, line by line, where equal lines stand beside each other and long equal parts are left out. */
final class SideBySide {
    private static final int WIDTH = 75;
    private static final int CONTEXT = 3;
    private static final int MOST_CELLS = 4_000_000;

    private final List<String> left;
    private final List<String> right;
    private final List<String> rows = new ArrayList<>();
    private final List<Boolean> equal = new ArrayList<>();

    private SideBySide(String left, String right) {
        this.left = left.lines().toList();
        this.right = right.lines().toList();
    }

    static String of(String leftTitle, String left, String rightTitle, String right) {
        SideBySide sides = new SideBySide(left, right);
        sides.align();
        return row(leftTitle, ' ', rightTitle) + "\n" + sides.text();
    }

    private void align() {
        int start = 0;
        while (start < left.size() && start < right.size() && left.get(start).equals(right.get(start))) start++;
        int end = 0;
        while (end < left.size() - start
                && end < right.size() - start
                && left.get(left.size() - 1 - end).equals(right.get(right.size() - 1 - end))) end++;
        for (int i = 0; i < start; i++) same(i);
        differing(start, left.size() - end, right.size() - end);
        for (int i = left.size() - end; i < left.size(); i++) same(i);
    }

    /** Goes along the longest common subsequence; parts too long for its table are set beside each other as they come. */
    private void differing(int start, int leftEnd, int rightEnd) {
        int n = leftEnd - start;
        int m = rightEnd - start;
        boolean small = (long) n * m <= MOST_CELLS;
        int[][] common = new int[small ? n + 1 : 1][small ? m + 1 : 1];
        for (int i = n - 1; small && i >= 0; i--) {
            for (int j = m - 1; j >= 0; j--) {
                common[i][j] = left.get(start + i).equals(right.get(start + j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        int i = 0;
        int j = 0;
        while (i < n || j < m) {
            if (i < n && j < m && left.get(start + i).equals(right.get(start + j))) {
                same(start + i);
                i++;
                j++;
            } else if (i < n && j < m && (!small || common[i + 1][j + 1] == common[i][j])) {
                addDiffering(left.get(start + i++), right.get(start + j++));
            } else if (j == m || (i < n && common[i + 1][j] >= common[i][j + 1])) {
                add(left.get(start + i++), '<', "");
            } else {
                add("", '>', right.get(start + j++));
            }
        }
    }

    /** Of long lines that begin alike the part where they begin to differ is shown. */
    private void addDiffering(String leftLine, String rightLine) {
        int alike = 0;
        while (alike < Math.min(leftLine.length(), rightLine.length())
                && leftLine.charAt(alike) == rightLine.charAt(alike)) alike++;
        if (alike < WIDTH / 2) {
            add(leftLine, '|', rightLine);
        } else {
            int from = alike - WIDTH / 3;
            add("..." + leftLine.substring(from), '|', "..." + rightLine.substring(from));
        }
    }

    private void same(int index) {
        add(left.get(index), ' ', left.get(index));
    }

    private void add(String leftLine, char sign, String rightLine) {
        rows.add(row(leftLine, sign, rightLine));
        equal.add(sign == ' ');
    }

    private static String row(String leftLine, char sign, String rightLine) {
        return ("%-" + WIDTH + "s %c %s")
                .formatted(cell(leftLine), sign, cell(rightLine))
                .stripTrailing();
    }

    /** Bytes that a terminal would act on are shown as numbers; of a long line the beginning is shown. */
    private static String cell(String line) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < line.length() && text.length() < WIDTH; i++) {
            char c = line.charAt(i);
            text.append(c >= ' ' && c <= '~' ? String.valueOf(c) : "\\%03o".formatted((int) c));
        }
        return text.length() < WIDTH ? text.toString() : text.substring(0, WIDTH - 3) + "...";
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        boolean leftOut = false;
        for (int i = 0; i < rows.size(); i++) {
            boolean shown = equal.subList(Math.max(0, i - CONTEXT), Math.min(rows.size(), i + CONTEXT + 1))
                    .contains(false);
            if (shown) text.append(rows.get(i)).append('\n');
            if (!shown && !leftOut) text.append("...\n");
            leftOut = !shown;
        }
        return text.toString();
    }
}

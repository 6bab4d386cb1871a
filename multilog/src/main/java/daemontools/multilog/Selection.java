package daemontools.multilog;

/** {@code +PATTERN} and {@code -PATTERN}: lines that match are selected or deselected from here on. */
record Selection(boolean select, Pattern pattern) implements Action {
    @Override
    public boolean apply(boolean selected, Line line) {
        boolean changes = selected != select && pattern.matches(line);
        return changes ? select : selected;
    }
}

package daemontools.multilog;

/** Where lines go that are selected when its turn comes: a log directory, standard output or error. */
abstract class Destination implements Action {
    private boolean selected;

    /** Takes the line, which comes later, or leaves it. */
    @Override
    public final boolean apply(boolean selectedSoFar, Line line) {
        selected = selectedSoFar;
        return selectedSoFar;
    }

    /** Whether the present line goes here. */
    final boolean isSelected() {
        return selected;
    }
}

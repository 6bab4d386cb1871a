package daemontools.multilog;

/** One word of the script, as it is done for each line. */
interface Action {
    /**
     * Does the action for a line.
     *
     * @param selected whether the line is selected at this point of the script
     * @return whether it is from here on
     */
    boolean apply(boolean selected, Line line);
}

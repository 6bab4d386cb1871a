package daemontools.supervise;

/** What there is of a service: the columns of the table in {@link Event}. It follows from what runs, and is kept nowhere. */
enum State {
    DOWN("down"),
    /** ./run runs, or what stands for it. */
    UP("up"),
    /** ./run has ended, and what it left behind has not. */
    LINGERING("lingering"),
    /** ./finish runs. */
    FINISHING("finishing");

    private final String word;

    State(String word) {
        this.word = word;
    }

    /** As {@code supervise/details} says it. */
    String word() {
        return word;
    }
}

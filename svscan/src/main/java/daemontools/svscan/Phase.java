package daemontools.svscan;

/**
 * The end of a service as a table: what the supervise that still runs is told, in bytes of the control fifo, when the
 * phase begins, and whenever svscan is told to stop once more. A log is not taken down: it ends by itself, having read
 * the last line, when no one is left who could write another.
 */
// spotless:off
enum Phase {
    //              beginning  insistence
    GOING_DOWN     ("dx",      "k"),
    READING_TO_END ("x",       "d"),
    GONE           ("",        "");
    // spotless:on

    private final String beginning;
    private final String insistence;

    Phase(String beginning, String insistence) {
        this.beginning = beginning;
        this.insistence = insistence;
    }

    static Phase of(ScannedService service) {
        if (service.main().isRunning()) return GOING_DOWN;
        return service.log().isRunning() ? READING_TO_END : GONE;
    }

    String beginning() {
        return beginning;
    }

    String insistence() {
        return insistence;
    }
}

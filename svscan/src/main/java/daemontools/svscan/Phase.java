package daemontools.svscan;

import daemontools.posix.Bytes;

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

    private static final byte[] NOTHING = {};

    private final byte[] beginning;
    private final byte[] insistence;
    private final byte[] both;

    Phase(String beginning, String insistence) {
        this.beginning = Bytes.of(beginning);
        this.insistence = Bytes.of(insistence);
        this.both = Bytes.of(beginning + insistence);
    }

    static Phase of(ScannedService service) {
        if (service.main().isRunning()) return GOING_DOWN;
        return service.log().isRunning() ? READING_TO_END : GONE;
    }

    /** What is to be said, not a copy. */
    byte[] commands(boolean begins, boolean insists) {
        if (!begins) return insists ? insistence : NOTHING;
        return insists ? both : beginning;
    }
}

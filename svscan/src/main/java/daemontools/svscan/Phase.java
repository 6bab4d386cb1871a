package daemontools.svscan;

import static daemontools.service.ControlCommand.DOWN;
import static daemontools.service.ControlCommand.EXIT;
import static daemontools.service.ControlCommand.KILL;

import daemontools.service.ControlCommand;
import java.util.Arrays;
import java.util.List;

/**
 * The end of a service as a table: what the supervise that still runs is told, in bytes of the control fifo, when the
 * phase begins, and whenever svscan is told to stop once more. A log is not taken down: it ends by itself, having read
 * the last line, when no one is left who could write another.
 */
// spotless:off
enum Phase {
    //              beginning             escalation
    GOING_DOWN     (List.of(DOWN, EXIT),  List.of(KILL)),
    READING_TO_END (List.of(EXIT),        List.of(DOWN)),
    GONE           (List.of(),            List.of());
    // spotless:on

    private static final byte[] NOTHING = {};

    private final byte[] beginning;
    private final byte[] escalation;
    private final byte[] both;

    Phase(List<ControlCommand> beginning, List<ControlCommand> escalation) {
        this.beginning = bytes(beginning);
        this.escalation = bytes(escalation);
        this.both = Arrays.copyOf(this.beginning, beginning.size() + escalation.size());
        System.arraycopy(this.escalation, 0, both, beginning.size(), escalation.size());
    }

    private static byte[] bytes(List<ControlCommand> commands) {
        return ControlCommand.bytes(commands.toArray(new ControlCommand[0]));
    }

    static Phase of(ScannedService service) {
        if (service.main().isRunning()) return GOING_DOWN;
        return service.log().isRunning() ? READING_TO_END : GONE;
    }

    /** What is to be said, not a copy. */
    byte[] commands(boolean begins, boolean escalates) {
        if (!begins) return escalates ? escalation : NOTHING;
        return escalates ? both : beginning;
    }
}

package daemontools.svscan;

import static daemontools.service.ControlCommand.DOWN;
import static daemontools.service.ControlCommand.EXIT;
import static daemontools.service.ControlCommand.KILL;

import daemontools.service.ControlCommand;
import java.util.Arrays;
import java.util.List;

/**
 * The end of a service as a table: the commands that its supervise gets when a phase begins, and each time that svscan gets
 * TERM once more. A log is not taken down: it ends by itself when it has read the last line and nobody is left who could
 * write another.
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

    /** The commands to send. The array is not a copy. */
    byte[] commands(boolean begins, boolean escalates) {
        if (!begins) return escalates ? escalation : NOTHING;
        return escalates ? both : beginning;
    }
}

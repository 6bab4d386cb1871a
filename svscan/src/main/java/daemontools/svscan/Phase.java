package daemontools.svscan;

import static daemontools.service.ControlCommand.DOWN;
import static daemontools.service.ControlCommand.EXIT;
import static daemontools.service.ControlCommand.KILL;

import daemontools.service.ControlCommand;

/**
 * The end of a service as a table: the commands that its supervise, or that of its log, gets when a phase begins, and each
 * time that patience with it is over. A log is not taken down: it ends by itself when it has read the last line and nobody is
 * left who could write another. The catch-all log stays until all others are gone.
 */
// spotless:off
enum Phase {
    //                     beginning             first escalation  second
    GOING_DOWN     (false, on(DOWN, EXIT),       on(KILL)),
    STAYING        (false, on()),
    LOGGING_TO_END (false, on(EXIT),             on(DOWN),         on(KILL)),
    READING_TO_END (true,  on(EXIT),             on(DOWN),         on(KILL)),
    GONE           (true,  on());
    // spotless:on

    private final boolean isOfLog;
    /** What is sent, by the first and the last step. */
    private final byte[][][] commands;

    Phase(boolean isOfLog, ControlCommand[]... steps) {
        this.isOfLog = isOfLog;
        this.commands = new byte[steps.length][steps.length][];
        for (int first = 0; first < steps.length; first++) {
            for (int last = first; last < steps.length; last++) commands[first][last] = bytes(steps, first, last);
        }
    }

    private static ControlCommand[] on(ControlCommand... commands) {
        return commands;
    }

    private static byte[] bytes(ControlCommand[][] steps, int first, int last) {
        int count = 0;
        for (int i = first; i <= last; i++) count += steps[i].length;
        ControlCommand[] all = new ControlCommand[count];
        for (int i = last; i >= first; i--) {
            count -= steps[i].length;
            System.arraycopy(steps[i], 0, all, count, steps[i].length);
        }
        return ControlCommand.bytes(all);
    }

    static Phase of(ScannedService service) {
        if (service.main().isRunning()) return service.isCatchAll() ? ofCatchAll(service) : GOING_DOWN;
        return service.log().isRunning() ? READING_TO_END : GONE;
    }

    private static Phase ofCatchAll(ScannedService service) {
        return service.isLeaving() ? LOGGING_TO_END : STAYING;
    }

    /** Whether the service itself has ended, and what is told its log. */
    boolean isOfLog() {
        return isOfLog;
    }

    /** The number of the last step: after so many escalations. */
    int lastStep() {
        return commands.length - 1;
    }

    /** The commands of some steps, to be sent at once. The array is not a copy. */
    byte[] commands(int firstStep, int lastStep) {
        return commands[firstStep][lastStep];
    }
}

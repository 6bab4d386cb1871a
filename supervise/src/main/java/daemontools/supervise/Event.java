package daemontools.supervise;

import static daemontools.supervise.Action.*;

import daemontools.service.ControlCommand;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The state machine of supervise as a table: what follows, in this order, from each event in each {@link State}. The
 * first events are the commands that {@code svc} sends, one byte each (spec 2.4); the others come from the service's
 * processes, and from {@link Deadline}s.
 */
// spotless:off
enum Event {
    //                                    while down                        while up                                                   while lingering                  while finishing
    UP             (ControlCommand.UP,          on(WANT_UP, WRITE, START),        on(WANT_UP, WRITE),                                        on(WANT_UP, WRITE),              on(WANT_UP, WRITE)),
    DOWN           (ControlCommand.DOWN,        on(WANT_DOWN, WRITE),             on(WANT_DOWN, SIGNAL_DOWN, SIGNAL_CONT, CONTINUED, WRITE), on(WANT_DOWN, WRITE),            on(WANT_DOWN, WRITE)),
    ONCE           (ControlCommand.ONCE,        on(WANT_NEITHER, WRITE, START),   on(WANT_NEITHER, WRITE),                                   on(WANT_NEITHER, START_AFTERWARDS, WRITE), on(WANT_NEITHER, START_AFTERWARDS, WRITE)),
    PAUSE          (ControlCommand.PAUSE,       on(PAUSED, WRITE),                on(PAUSED, SHOWS_NOTHING, WRITE, SIGNAL_STOP),             on(PAUSED, WRITE),               on(PAUSED, WRITE)),
    CONTINUE       (ControlCommand.CONTINUE,    on(CONTINUED, WRITE),             on(CONTINUED, SHOWS_AGAIN, WRITE, SIGNAL_CONT),            on(CONTINUED, WRITE),            on(CONTINUED, WRITE)),
    HANGUP         (ControlCommand.HANGUP,      on(),                             on(SIGNAL_HUP),                                            on(),                            on()),
    ALARM          (ControlCommand.ALARM,       on(),                             on(SIGNAL_ALRM),                                           on(),                            on()),
    INTERRUPT      (ControlCommand.INTERRUPT,   on(),                             on(SIGNAL_INT),                                            on(),                            on()),
    TERMINATE      (ControlCommand.TERMINATE,   on(),                             on(SIGNAL_TERM),                                           on(),                            on()),
    KILL           (ControlCommand.KILL,        on(),                             on(SIGNAL_KILL),                                           on(KILL_ALL),                    on(KILL_ALL)),
    EXIT           (ControlCommand.EXIT,        on(EXIT_WHEN_DOWN, WRITE),        on(EXIT_WHEN_DOWN, WRITE),                                 on(EXIT_WHEN_DOWN, WRITE),       on(EXIT_WHEN_DOWN, WRITE)),
    QUIT           (ControlCommand.QUIT,        on(),                             on(SIGNAL_QUIT),                                           on(),                            on()),
    USER_1         (ControlCommand.USER_1,      on(),                             on(SIGNAL_USR1),                                           on(),                            on()),
    USER_2         (ControlCommand.USER_2,      on(),                             on(SIGNAL_USR2),                                           on(),                            on()),
    WINDOW         (ControlCommand.WINDOW,      on(),                             on(SIGNAL_WINCH),                                          on(),                            on()),
    RESTART        (ControlCommand.RESTART,     on(WANT_UP, WRITE, START),        on(WANT_RESTART, SIGNAL_DOWN, SIGNAL_CONT, CONTINUED, WRITE), on(WANT_UP, WRITE),           on(WANT_UP, WRITE)),
    RELOAD         (ControlCommand.RELOAD,      on(),                             on(SIGNAL_RELOAD),                                         on(),                            on()),
    DETAILS        (ControlCommand.DETAILS,     on(KEEP_DETAILS, WRITE_DETAILS),                 on(KEEP_DETAILS, WRITE_DETAILS),                                          on(KEEP_DETAILS, WRITE_DETAILS),                on(KEEP_DETAILS, WRITE_DETAILS)),

    RUN_ENDED      (null,                       on(),                             on(MARK_DOWN, WRITE_STATUS, END_WHAT_IS_LEFT, FINISH, WRITE_DETAILS, START_IF_WANTED), on(),                       on()),
    LEFT_A_DAEMON  (null,                       on(),                             on(TAKE_OLDEST, WRITE),                                    on(),                            on()),
    LESS_IS_LEFT   (null,                       on(),                             on(),                                                      on(WRITE_DETAILS),               on()),
    NOTHING_IS_LEFT(null,                       on(),                             on(),                                                      on(MARK_CLEAN, FINISH, WRITE_DETAILS, START_IF_WANTED), on()),
    FINISH_ENDED   (null,                       on(),                             on(),                                                      on(),                            on(MARK_FINISHED, WRITE, START_IF_WANTED)),
    BECAME_READY   (null,                       on(),                             on(READY, WRITE_DETAILS),                                  on(),                            on()),
    IS_STOPPING    (null,                       on(),                             on(NOT_READY, WRITE_DETAILS),                              on(),                            on()),
    IS_ALIVE       (null,                       on(),                             on(ALIVE),                                                 on(),                            on()),
    HAS_FAILED     (null,                       on(),                             on(CHECK_FAILED),                                          on(),                            on()),
    IS_STUCK       (null,                       on(),                             on(SAY_STUCK, START_AFTERWARDS, SIGNAL_DOWN, SIGNAL_CONT, CONTINUED, WRITE), on(),            on()),

    START_DUE      (null,                       on(START_NOW),                    on(),                                                      on(),                            on()),
    KILL_DUE       (null,                       on(),                             on(KILL_ALL),                                              on(KILL_ALL),                    on(KILL_ALL)),
    CHECK_DUE      (null,                       on(),                             on(CHECK),                                                 on(),                            on()),
    CHECK_IS_LATE  (null,                       on(KILL_CHECK),                   on(KILL_CHECK),                                            on(KILL_CHECK),                  on(KILL_CHECK)),
    NOTHING        (null,                       on(),                             on(),                                                      on(),                            on());
    // spotless:on

    /** Arrays, here and below: a list's iterator, or a copy by values(), would be garbage at every event. */
    private static final Event[] ALL = values();

    private final @Nullable ControlCommand command;
    private final Map<State, Action[]> reactions = new EnumMap<>(State.class);

    Event(
            @Nullable ControlCommand command,
            Action[] whileDown,
            Action[] whileUp,
            Action[] whileLingering,
            Action[] whileFinishing) {
        this.command = command;
        reactions.put(State.DOWN, whileDown);
        reactions.put(State.UP, whileUp);
        reactions.put(State.LINGERING, whileLingering);
        reactions.put(State.FINISHING, whileFinishing);
    }

    private static Action[] on(Action... actions) {
        return actions;
    }

    /** What a byte of the control fifo asks for; bytes that mean nothing are ignored. */
    static Event ofCommand(byte command) {
        for (Event event : ALL) {
            if (event.command != null && event.command.code() == command) return event;
        }
        return NOTHING;
    }

    void happenTo(Service service) {
        for (Action action : Objects.requireNonNull(reactions.get(service.state()))) action.apply(service);
    }
}

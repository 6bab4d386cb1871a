package daemontools.supervise;

import static daemontools.supervise.Action.*;

import java.util.List;

/**
 * The state machine of supervise as a table (spec 2.4): what follows, in this order, from each event while the service
 * is down, and while it is up. Events are the commands that {@code svc} sends, one byte each, and the service's death.
 */
// spotless:off
enum Event {
    //         byte  while down                             while up
    UP        ('u',  List.of(WANT_UP, WRITE, START),        List.of(WANT_UP, WRITE)),
    DOWN      ('d',  List.of(WANT_DOWN, WRITE),             List.of(WANT_DOWN, SIGNAL_TERM, SIGNAL_CONT, CONTINUED, WRITE)),
    ONCE      ('o',  List.of(WANT_NEITHER, WRITE, START),   List.of(WANT_NEITHER, WRITE)),
    PAUSE     ('p',  List.of(PAUSED, WRITE),                List.of(PAUSED, WRITE, SIGNAL_STOP)),
    CONTINUE  ('c',  List.of(CONTINUED, WRITE),             List.of(CONTINUED, WRITE, SIGNAL_CONT)),
    HANGUP    ('h',  List.of(),                             List.of(SIGNAL_HUP)),
    ALARM     ('a',  List.of(),                             List.of(SIGNAL_ALRM)),
    INTERRUPT ('i',  List.of(),                             List.of(SIGNAL_INT)),
    TERMINATE ('t',  List.of(),                             List.of(SIGNAL_TERM)),
    KILL      ('k',  List.of(),                             List.of(SIGNAL_KILL)),
    EXIT      ('x',  List.of(EXIT_WHEN_DOWN, WRITE),        List.of(EXIT_WHEN_DOWN, WRITE)),
    DEATH     (0,    List.of(),                             List.of(MARK_DOWN, WRITE, START_IF_WANTED)),
    NOTHING   (-1,   List.of(),                             List.of());
    // spotless:on

    /** Arrays, here and below: a list's iterator, or a copy by values(), would be garbage at every event. */
    private static final Event[] ALL = values();

    private final int command;
    private final Action[] whileDown;
    private final Action[] whileUp;

    Event(int command, List<Action> whileDown, List<Action> whileUp) {
        this.command = command;
        this.whileDown = whileDown.toArray(new Action[0]);
        this.whileUp = whileUp.toArray(new Action[0]);
    }

    /** What a byte of the control fifo asks for; bytes that mean nothing are ignored. */
    static Event ofCommand(byte command) {
        for (Event event : ALL) {
            if (event.command == command && event != DEATH) return event;
        }
        return NOTHING;
    }

    void happenTo(Service service) {
        for (Action action : service.isUp() ? whileUp : whileDown) action.apply(service);
    }
}

package daemontools.supervise;

import daemontools.posix.Signals;

/** What signals mean to a supervise that is alone: a stop, or a signal for the service. */
// spotless:off
enum ForwardedSignal {
    TERM (Signals.TERM,  Event.DOWN, Event.EXIT),
    INT  (Signals.INT,   Event.DOWN, Event.EXIT),
    HUP  (Signals.HUP,   Event.HANGUP),
    QUIT (Signals.QUIT,  Event.QUIT),
    USR1 (Signals.USR1,  Event.USER_1),
    USR2 (Signals.USR2,  Event.USER_2),
    WINCH(Signals.WINCH, Event.WINDOW);
    // spotless:on

    /** As a set of {@link Signals}. */
    static final long SET = Signals.set(
            Signals.TERM, Signals.INT, Signals.HUP, Signals.QUIT, Signals.USR1, Signals.USR2, Signals.WINCH);

    /** An array: a copy by values() would be garbage at every signal. */
    private static final ForwardedSignal[] ALL = values();

    private final int number;
    private final Event[] events;

    ForwardedSignal(int number, Event... events) {
        this.number = number;
        this.events = events;
    }

    /** Does what a signal asks for; the others are none of ours. */
    static void arrive(int number, Service service) {
        for (ForwardedSignal signal : ALL) {
            if (signal.number != number) continue;
            for (Event event : signal.events) event.happenTo(service);
        }
    }
}

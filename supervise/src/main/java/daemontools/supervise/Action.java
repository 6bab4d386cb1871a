package daemontools.supervise;

import daemontools.posix.Signals;
import daemontools.service.Want;
import java.util.function.Consumer;

/** The single things that supervise does to its service: the cells of the table in {@link Event} are made of them. */
enum Action {
    WANT_UP(service -> service.want(Want.UP)),
    WANT_DOWN(service -> service.want(Want.DOWN)),
    WANT_NEITHER(service -> service.want(Want.NEITHER)),
    EXIT_WHEN_DOWN(Service::exitWhenDown),
    PAUSED(service -> service.markPaused(true)),
    CONTINUED(service -> service.markPaused(false)),
    MARK_DOWN(Service::markDown),
    WRITE(Service::writeStatus),
    START(Service::start),
    START_IF_WANTED(Service::startIfWanted),
    SIGNAL_HUP(service -> service.signal(Signals.HUP)),
    SIGNAL_INT(service -> service.signal(Signals.INT)),
    SIGNAL_KILL(service -> service.signal(Signals.KILL)),
    SIGNAL_ALRM(service -> service.signal(Signals.ALRM)),
    SIGNAL_TERM(service -> service.signal(Signals.TERM)),
    SIGNAL_CONT(service -> service.signal(Signals.CONT)),
    SIGNAL_STOP(service -> service.signal(Signals.STOP));

    private final Consumer<Service> effect;

    Action(Consumer<Service> effect) {
        this.effect = effect;
    }

    void apply(Service service) {
        effect.accept(service);
    }
}

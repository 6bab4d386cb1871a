package daemontools.supervise;

import daemontools.posix.Signals;
import daemontools.service.Want;
import java.util.function.Consumer;

/** The single things that supervise does to its service: the cells of the table in {@link Event} are made of them. */
enum Action {
    WANT_UP(service -> service.wish().want(Want.UP)),
    WANT_DOWN(service -> service.wish().want(Want.DOWN)),
    WANT_NEITHER(service -> service.wish().want(Want.NEITHER)),
    WANT_RESTART(service -> service.wish().restart()),
    EXIT_WHEN_DOWN(service -> service.wish().exitWhenDown()),
    PAUSED(service -> service.shown().pause(true)),
    CONTINUED(service -> service.shown().pause(false)),
    WRITE(Service::write),
    WRITE_STATUS(Service::writeStatus),
    WRITE_DETAILS(Service::writeDetails),
    KEEP_DETAILS(service -> service.shown().keepDetails()),

    START(Service::start),
    START_IF_WANTED(Service::startIfWanted),
    START_NOW(Service::startNow),
    START_AFTERWARDS(service -> service.wish().startAfterwards()),
    TAKE_OLDEST(Service::takeOldest),
    MARK_DOWN(Service::markDown),
    END_WHAT_IS_LEFT(Service::endWhatIsLeft),
    MARK_CLEAN(Service::markClean),
    FINISH(Service::startFinish),
    MARK_FINISHED(Service::markFinished),

    READY(Service::markReady),
    NOT_READY(service -> service.readiness().stops()),
    ALIVE(service -> service.readiness().isAlive()),
    CHECK(service -> service.readiness().check()),
    KILL_CHECK(service -> service.processes().check().kill()),
    CHECK_FAILED(Service::markCheckFailed),
    SAY_STUCK(service -> service.readiness().sayThatItIsStuck()),

    SIGNAL_DOWN(Service::signalDown),
    SIGNAL_RELOAD(Service::signalReload),
    KILL_ALL(Service::killAll),
    SIGNAL_HUP(service -> service.signal(Signals.HUP)),
    SIGNAL_INT(service -> service.signal(Signals.INT)),
    SIGNAL_QUIT(service -> service.signal(Signals.QUIT)),
    SIGNAL_KILL(service -> service.signal(Signals.KILL)),
    SIGNAL_USR1(service -> service.signal(Signals.USR1)),
    SIGNAL_USR2(service -> service.signal(Signals.USR2)),
    SIGNAL_ALRM(service -> service.signal(Signals.ALRM)),
    SIGNAL_WINCH(service -> service.signal(Signals.WINCH)),
    SIGNAL_CONT(service -> service.signal(Signals.CONT)),
    SIGNAL_TERM(service -> service.signal(Signals.TERM)),
    SIGNAL_STOP(service -> service.signal(Signals.STOP));

    private final Consumer<Service> effect;

    Action(Consumer<Service> effect) {
        this.effect = effect;
    }

    void apply(Service service) {
        effect.accept(service);
    }
}

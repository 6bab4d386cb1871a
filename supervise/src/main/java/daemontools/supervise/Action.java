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
    SHOWS_NOTHING(service -> service.readiness().pause()),
    SHOWS_AGAIN(service -> service.readiness().goOn()),
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
    END_WHAT_IS_LEFT(service -> service.signalling().endWhatIsLeft()),
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

    SIGNAL_DOWN(service -> service.signalling().sendDown()),
    SIGNAL_RELOAD(service -> service.signalling().sendReload()),
    KILL_ALL(service -> service.signalling().killAll()),
    SIGNAL_HUP(service -> service.signalling().send(Signals.HUP)),
    SIGNAL_INT(service -> service.signalling().send(Signals.INT)),
    SIGNAL_QUIT(service -> service.signalling().send(Signals.QUIT)),
    SIGNAL_KILL(service -> service.signalling().send(Signals.KILL)),
    SIGNAL_USR1(service -> service.signalling().send(Signals.USR1)),
    SIGNAL_USR2(service -> service.signalling().send(Signals.USR2)),
    SIGNAL_ALRM(service -> service.signalling().send(Signals.ALRM)),
    SIGNAL_WINCH(service -> service.signalling().send(Signals.WINCH)),
    SIGNAL_CONT(service -> service.signalling().send(Signals.CONT)),
    SIGNAL_TERM(service -> service.signalling().send(Signals.TERM)),
    SIGNAL_STOP(service -> service.signalling().send(Signals.STOP));

    private final Consumer<Service> effect;

    Action(Consumer<Service> effect) {
        this.effect = effect;
    }

    void apply(Service service) {
        effect.accept(service);
    }
}

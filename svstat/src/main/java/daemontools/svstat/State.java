package daemontools.svstat;

import daemontools.service.Details;
import daemontools.service.Details.Fact;
import daemontools.service.ObservedService;

/** What a service is doing, as the long options of svstat say it; those that want a look most come first. */
enum State {
    FAILED("failed"),
    UNREADABLE("unreadable"),
    UNSUPERVISED("unsupervised"),
    BACKING_OFF("backing-off"),
    LINGERING("lingering"),
    FINISHING("finishing"),
    STARTING("starting"),
    DOWN("down"),
    UP("up"),
    READY("ready");

    private final String word;

    State(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    boolean isUp() {
        return this == UP || this == READY || this == STARTING;
    }

    static State of(ObservedService service) {
        if (service.isUnsupervised()) return UNSUPERVISED;
        if (service.status() == null) return UNREADABLE;
        Details details = service.details();
        if (details == null) return service.status().isUp() ? UP : DOWN;
        if (details.is(Fact.STATE, "up")) {
            if (!details.is(Fact.READINESS)) return UP;
            return details.is(Fact.READY) ? READY : STARTING;
        }
        if (details.is(Fact.STATE, "lingering")) return LINGERING;
        if (details.is(Fact.STATE, "finishing")) return FINISHING;
        if (details.is(Fact.FAILED)) return FAILED;
        return details.isKnown(Fact.NEXT_START) ? BACKING_OFF : DOWN;
    }
}

package daemontools.svstat;

import daemontools.service.Details;
import daemontools.service.Details.Fact;
import daemontools.service.ObservedService;
import daemontools.service.Status;
import daemontools.service.Want;
import org.jspecify.annotations.Nullable;

/** A service in the terms of svstat's long options. */
final class Service {
    private static final String LOG = "log";
    private static final String LOGS = "/" + LOG;

    private final ObservedService observed;
    private final String name;
    private State state;
    private boolean isAsWanted;

    /** @param observed who has been looked at */
    Service(ObservedService observed) {
        this.observed = observed;
        this.name = name(observed.directory());
        refresh();
    }

    /** Takes in what the last look has told, and returns whether the service is in another state. */
    boolean refresh() {
        State former = state;
        boolean wasAsWanted = isAsWanted;
        state = State.of(observed);
        isAsWanted = isAsWanted(observed.status());
        return state != former || isAsWanted != wasAsWanted;
    }

    ObservedService observed() {
        return observed;
    }

    /** The last part of the directory's path; of a log, the last two. */
    private static String name(String directory) {
        int end = directory.length();
        while (end > 1 && directory.charAt(end - 1) == '/') end--;
        String path = directory.substring(0, end);
        int slash = path.lastIndexOf('/');
        if (slash > 0 && path.endsWith(LOGS)) slash = path.lastIndexOf('/', slash - 1);
        return slash == end - 1 ? path : path.substring(slash + 1);
    }

    String name() {
        return name;
    }

    boolean isLog() {
        return name.equals(LOG) || name.endsWith(LOGS);
    }

    State state() {
        return state;
    }

    /** The pid of ./run, zero where there is none or it is not known. */
    long pid() {
        return observed.status() == null
                ? 0
                : Integer.toUnsignedLong(observed.status().pid());
    }

    /** A fact that supervise tells, or {@link Details#UNKNOWN}. */
    long number(Fact fact) {
        return observed.details() == null ? Details.UNKNOWN : observed.details().number(fact);
    }

    /** A moment that supervise tells, in nanoseconds since the UNIX epoch, or {@link Details#UNKNOWN}. */
    long nanos(Fact fact) {
        return observed.details() == null ? Details.UNKNOWN : observed.details().nanos(fact);
    }

    /** What supervise is to keep it: {@code up}, {@code down} or {@code once}; null where that is not known. */
    @Nullable
    String wanted() {
        return observed.status() == null ? null : word(observed.status().want());
    }

    /** The word for what supervise is to keep a service. */
    static String word(Want want) {
        return want == Want.UP ? "up" : want == Want.DOWN ? "down" : "once";
    }

    boolean isPaused() {
        return observed.status() != null
                && observed.status().isUp()
                && observed.status().paused();
    }

    /** Whether it is what it is wanted to be. */
    boolean isAsWanted() {
        return isAsWanted;
    }

    private boolean isAsWanted(@Nullable Status status) {
        if (status == null || state == State.FAILED || isPaused()) return false;
        return switch (status.want()) {
            case UP -> state.isUp();
            case DOWN -> !state.isUp();
            case NEITHER -> true;
        };
    }
}

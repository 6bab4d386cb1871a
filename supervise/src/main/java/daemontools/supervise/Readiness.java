package daemontools.supervise;

import daemontools.posix.LibC;
import daemontools.service.Setting;
import daemontools.service.Settings;

/** Whether the service is ready, and whether it still shows that it lives. */
final class Readiness {
    private static final long CHECK_MILLIS = 1000;
    private static final int MOST_FAILURES = 3;

    private final Context context;
    private final Settings settings;
    private final Deadlines deadlines;
    private final Check check;
    private boolean ready;
    /** In nanoseconds since the UNIX epoch. */
    private long since;

    private int failures;
    private boolean isPaused;

    Readiness(Context context, Settings settings, Deadlines deadlines, Check check) {
        this.context = context;
        this.settings = settings;
        this.deadlines = deadlines;
        this.check = check;
    }

    boolean isReady() {
        return ready;
    }

    /** ./run was started. */
    void begin() {
        failures = 0;
        if (settings.has(Setting.CHECK)) deadlines.check.setIn(0);
    }

    /** ./run has ended. */
    void end() {
        ready = false;
        beAtRest();
    }

    /** The service was told to end: what it shows until then does not matter. */
    void beAtRest() {
        isPaused = false;
        check.abandon();
        deadlines.check.unset();
        deadlines.watchdog.unset();
    }

    /** The service is paused: it cannot show anything. */
    void pause() {
        beAtRest();
        isPaused = true;
    }

    /** The same no longer, unless it was told to end meanwhile. */
    void goOn() {
        if (!isPaused) return;
        isPaused = false;
        failures = 0;
        isAlive();
        if (!settings.has(Setting.CHECK)) return;
        if (!ready) deadlines.check.setIn(0);
        else if (liveness() > 0) deadlines.check.setIn(liveness());
    }

    /** Whether it was not so before. */
    boolean begins() {
        failures = 0;
        if (ready) return false;
        isSince(context.libc().clockGettime(LibC.CLOCK_REALTIME));
        return true;
    }

    /** @param moment when it became ready, in nanoseconds since the UNIX epoch */
    void isSince(long moment) {
        ready = true;
        since = moment;
        isAlive();
        if (liveness() == 0) deadlines.check.unset();
        else if (deadlines.check.isSet()) deadlines.check.setIn(liveness());
    }

    void stops() {
        ready = false;
        beAtRest();
    }

    /** The service has shown that it lives. */
    void isAlive() {
        if (ready && liveness() > 0 && settings.has(Setting.NOTIFICATION_SOCKET)) deadlines.watchdog.setIn(liveness());
    }

    /** Starts ./check, and sees to the next one. */
    void check() {
        check.start();
        deadlines.check.setIn(ready ? liveness() : CHECK_MILLIS);
    }

    /** Whether a ready service has failed as often as is too much. */
    boolean failsForGood() {
        return ready && ++failures == MOST_FAILURES;
    }

    void sayThatItIsStuck() {
        ready = false;
        context.say().warn("", context.directory(), " does not show that it lives: restarting it");
    }

    private long liveness() {
        return settings.value(Setting.LIVENESS, 0);
    }

    /** Adds the lines of {@code supervise/details} that are about it. */
    void describe(DetailsText text) {
        boolean canBe = settings.has(Setting.NOTIFICATION_FD)
                || settings.has(Setting.NOTIFICATION_SOCKET)
                || settings.has(Setting.CHECK);
        text.add("readiness", canBe).add("ready", ready);
        if (ready) text.addTime("ready-since", since);
    }
}

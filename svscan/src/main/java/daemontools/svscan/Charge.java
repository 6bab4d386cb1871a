package daemontools.svscan;

import daemontools.common.Diagnostics;
import daemontools.posix.Errno;
import daemontools.posix.LibC;
import daemontools.service.DirectoryWatch;
import org.jspecify.annotations.Nullable;

/**
 * svscan in charge of a tree: it looks at the directory when something has changed there, and rests while nothing does. Where
 * it cannot rest it makes a pass every five seconds, as 0.76 does.
 *
 * <p>It rests when a pass left nothing to do, all directories that the pass depended on are watched, and none of them has
 * changed since.
 */
final class Charge {
    /** For so long the directory must be quiet before it is looked at: changes come in groups. */
    private static final long QUIET_NANOS = 200_000_000;

    private static final long NANOS_BETWEEN_PASSES = 5_000_000_000L;
    private static final long NANOS_BETWEEN_TRIES = 1_000_000_000;
    private static final long NANOS_BETWEEN_QUESTIONS = 100_000_000;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long NEVER = Long.MAX_VALUE;
    private static final String HERE = ".";

    private static final int WATCH = 1;
    private static final int MOUNTS = 2;
    private static final int OBSERVATIONS = 3;

    private final LibC libc;
    private final Diagnostics say;
    private final Scanner scanner;
    private final SignalQueue signals;
    private final Departure departure;
    private final Observations observations;
    private final @Nullable Manager manager;
    private final int[] descriptors = new int[4];
    private final boolean[] ready = new boolean[4];
    private DirectoryWatch watch;
    private int here;
    private boolean saidThatItIsBlind;
    private long lastPass;
    /** When the next pass is due, and when one is because the directory has changed. */
    private long due;

    private long changeDue = NEVER;
    private long reportDue = NEVER;
    private long firstChange = NEVER;
    private boolean commandsAreUnsent;

    /** @param manager null where nobody wants to know how the services are */
    Charge(
            LibC libc,
            Diagnostics say,
            Scanner scanner,
            SignalQueue signals,
            Departure departure,
            Observations observations,
            @Nullable Manager manager) {
        this.libc = libc;
        this.say = say;
        this.scanner = scanner;
        this.signals = signals;
        this.departure = departure;
        this.observations = observations;
        this.manager = manager;
        descriptors[0] = signals.descriptor();
        descriptors[MOUNTS] = -1;
        watchAnew();
        due = now();
    }

    private void watchAnew() {
        if (watch != null) watch.close();
        watch = new DirectoryWatch(libc);
        here = watch.addForAll(HERE);
        descriptors[WATCH] = watch.descriptor();
    }

    /** Returns when svscan is to end. */
    void run() {
        while (!signals.stopCame() && !observations.essentialHasEnded()) {
            if (now() >= Math.min(due, changeDue)) pass();
            else if (observations.arePending()) observations.askTheNew();
            if (scanner.someLeave()) advanceTheLeaving();
            if (manager != null) reportDue = manager.report(now());
            await();
        }
        if (manager != null) manager.tellOfEnd();
    }

    private void pass() {
        changeDue = NEVER;
        firstChange = NEVER;
        scanner.pass();
        observations.askTheNew();
        if (observations.isBlind()) observations.look(DirectoryWatch.ANY);
        lastPass = now();
        due = nextPass();
    }

    private long nextPass() {
        try {
            if (scanner.footprint().isBlind()) sayThatItIsBlind();
            if (!scanner.isSettled() || observations.isBlind()) return lastPass + NANOS_BETWEEN_PASSES;
            // Anew, because what earlier passes depended on does not matter any more.
            watchAnew();
            descriptors[MOUNTS] = scanner.footprint().mountsDescriptor();
            if (here != DirectoryWatch.NONE && scanner.footprint().watch(watch)) {
                return scanner.isSettled() ? NEVER : lastPass + QUIET_NANOS;
            }
            sayThatItIsBlind();
        } catch (OutOfMemoryError lacking) {
            say.warn("unable to watch the directory, pausing", -Errno.ENOMEM);
        }
        return lastPass + NANOS_BETWEEN_PASSES;
    }

    private void sayThatItIsBlind() {
        if (!saidThatItIsBlind) say.warn("unable to watch the directory for changes: looking at it every five seconds");
        saidThatItIsBlind = true;
    }

    private void advanceTheLeaving() {
        KnownServices services = scanner.services();
        commandsAreUnsent = false;
        for (int i = 0; i < services.count(); i++) {
            ScannedService service = services.get(i);
            if (!service.isLeaving()) continue;
            departure.advance(service, now());
            commandsAreUnsent |= service.ending().isUnsent();
        }
    }

    private void await() {
        descriptors[OBSERVATIONS] = observations.descriptor();
        int count = libc.poll(descriptors, ready, millisUntil(next()));
        signals.take();
        if (signals.hangUpCame()) lookAtOnce();
        if (scanner.supervisesHaveEnded()) passAtThePace();
        if (count <= 0) return;
        if (ready[MOUNTS]) {
            scanner.footprint().distrust();
            passAtThePace();
        }
        if (ready[WATCH]) takeChanges();
        if (ready[OBSERVATIONS]) observations.takeChanges();
    }

    /** When there is something to do, if nothing happens before. */
    private long next() {
        long next = Math.min(Math.min(due, changeDue), reportDue);
        if (scanner.someLeave() && commandsAreUnsent) next = Math.min(next, now() + NANOS_BETWEEN_TRIES);
        if (observations.arePending()) next = Math.min(next, now() + NANOS_BETWEEN_QUESTIONS);
        return next;
    }

    /** Waits a part of a millisecond too long rather than too short. */
    private int millisUntil(long moment) {
        if (moment == NEVER) return SignalQueue.FOR_EVER;
        return (int) Math.max(0, (moment - now() + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI);
    }

    private void lookAtOnce() {
        scanner.footprint().distrust();
        due = now();
    }

    private void passAtThePace() {
        due = Math.min(due, lastPass + NANOS_BETWEEN_PASSES);
    }

    private void takeChanges() {
        for (int changed = watch.next(); changed != DirectoryWatch.NONE; changed = watch.next()) {
            if (changed != here && changed != DirectoryWatch.ANY) passAtThePace();
            else if (!watch.isOfHiddenFile()) lookSoon();
        }
    }

    /** A directory that does not become quiet is looked at all the same. */
    private void lookSoon() {
        long now = now();
        if (firstChange == NEVER) firstChange = now;
        changeDue = Math.min(now + QUIET_NANOS, firstChange + NANOS_BETWEEN_PASSES);
    }

    private long now() {
        return libc.clockGettime(LibC.CLOCK_MONOTONIC);
    }
}

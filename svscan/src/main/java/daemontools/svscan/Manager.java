package daemontools.svscan;

import daemontools.posix.Bytes;
import daemontools.posix.LibC;

/**
 * The service manager that has started svscan and wants to know how the services are: systemd, or what speaks as it does,
 * sd_notify(3). It is told when all are up, and how many are; not more than once a second.
 */
final class Manager {
    static final String SOCKET = "NOTIFY_SOCKET";

    private static final long NANOS_BETWEEN_REPORTS = 1_000_000_000;
    /** After so long it is told that svscan is ready, also if a service is not: the machine's start shall go on. */
    private static final long PATIENCE_NANOS = 60_000_000_000L;

    private static final long NEVER = Long.MAX_VALUE;

    /** More than there are services: numbers of them share a long. */
    private static final int BITS = 16;

    private final LibC libc;
    private final String socket;
    private final KnownServices services;
    private final long start;
    private long counts;
    private long told = -1;
    private boolean toldReady;
    private long lastReport;

    Manager(LibC libc, String socket, KnownServices services) {
        this.libc = libc;
        this.socket = socket;
        this.services = services;
        this.start = libc.clockGettime(LibC.CLOCK_MONOTONIC);
        this.lastReport = start - NANOS_BETWEEN_REPORTS;
    }

    /** Tells what has changed; returns when it is to be called again, at the latest. */
    long report(long now) {
        boolean becomesReady = count() || now - start >= PATIENCE_NANOS;
        becomesReady &= !toldReady;
        if (becomesReady || counts != told) {
            if (now - lastReport < NANOS_BETWEEN_REPORTS) return lastReport + NANOS_BETWEEN_REPORTS;
            send((becomesReady ? "READY=1\n" : "") + "STATUS=" + status());
            toldReady |= becomesReady;
            lastReport = now;
            told = counts;
        }
        return toldReady ? NEVER : start + PATIENCE_NANOS;
    }

    /** Counts the services by their state; whether all that are normally up are. */
    private boolean count() {
        counts = 0;
        boolean areUp = true;
        for (int i = 0; i < services.count(); i++) {
            Observation observation = services.get(i).observation();
            Observation.State state = observation == null ? Observation.State.DOWN : observation.state();
            counts += 1L << shift(state);
            areUp &= state == Observation.State.UP || (observation != null && !observation.isNormallyUp());
        }
        return areUp;
    }

    private static int shift(Observation.State state) {
        return switch (state) {
            case UP -> 0;
            case STARTING -> BITS;
            case DOWN -> 2 * BITS;
            case FAILED -> 3 * BITS;
        };
    }

    private String status() {
        return "services: " + count(Observation.State.UP) + " up"
                + also(Observation.State.STARTING, " starting")
                + also(Observation.State.DOWN, " down")
                + also(Observation.State.FAILED, " failed");
    }

    private String also(Observation.State state, String word) {
        return count(state) == 0 ? "" : ", " + count(state) + word;
    }

    private int count(Observation.State state) {
        return (int) (counts >>> shift(state)) & ((1 << BITS) - 1);
    }

    void tellOfEnd() {
        send("STOPPING=1\nSTATUS=ending the services");
    }

    /** Nobody may be there any more: that is no trouble of ours. */
    private void send(String message) {
        libc.sendTo(socket, Bytes.of(message));
    }
}

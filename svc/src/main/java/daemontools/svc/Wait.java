package daemontools.svc;

import daemontools.common.StartDirectory;
import daemontools.posix.LibC;
import daemontools.service.DirectoryWatch;
import daemontools.service.Inquiry;
import daemontools.service.ObservedService;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** {@code svc --wait}: tells services what is asked for, and waits until each is where it should get. */
final class Wait {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int MOST_MILLIS = Integer.MAX_VALUE - 1;
    /** What {@link LibC#poll} takes, but for the watch. */
    private static final int MOST_CONTROLS = 15;

    /** A supervise is deaf for a second at most, as a rule. Nothing tells when it has read its commands. */
    private static final int MILLIS_UNTIL_OBEYED = 20;
    /** How often it is seen that a supervise is alive, where there are too many to hear of their ends. */
    private static final int MILLIS_BETWEEN_ROUNDS = 1000;

    private final LibC libc;
    private final Sender sender;
    private final DirectoryWatch watch;
    private final long deadline;
    private final List<ObservedService> observed = new ArrayList<>();
    private final List<WaitedService> services = new ArrayList<>();
    private final StartDirectory start;
    private final int[] descriptors;
    private final boolean[] ready;

    Wait(LibC libc, StartDirectory start, Sender sender, Request request, List<String> directories) {
        this.libc = libc;
        this.start = start;
        this.sender = sender;
        this.watch = new DirectoryWatch(libc);
        this.deadline = now() + request.patience();
        for (String directory : directories) {
            ObservedService service = new ObservedService(libc, directory);
            observed.add(service);
            services.add(new WaitedService(libc, start, request, service));
        }
        this.descriptors = new int[1 + Math.min(services.size(), MOST_CONTROLS)];
        this.ready = new boolean[descriptors.length];
    }

    private long now() {
        return libc.clockGettime(LibC.CLOCK_MONOTONIC);
    }

    /** Returns the exit code of the service that is worst off. */
    int run() {
        Inquiry.about(observed, libc, start);
        for (WaitedService service : services) service.tell(sender, watch);
        check(service -> true);
        while (isAnyWaiting()) {
            long left = deadline - now();
            if (left <= 0) return timeOut();
            await(left);
        }
        return worst();
    }

    private void check(Predicate<WaitedService> which) {
        for (WaitedService service : services) {
            if (service.isWaiting() && which.test(service)) service.check();
        }
    }

    private boolean isAnyWaiting() {
        for (WaitedService service : services) {
            if (service.isWaiting()) return true;
        }
        return false;
    }

    /** Waits until something has happened to a service, and looks at it. */
    private void await(long nanos) {
        int millis = watch.patience((int) Math.min(nanos / NANOS_PER_MILLI + 1, patience()));
        fillDescriptors();
        if (libc.poll(descriptors, ready, millis) <= 0) {
            check(service -> !service.isObeyed() || service.control() < 0 || services.size() > MOST_CONTROLS);
        }
        for (int i = 1; i < descriptors.length; i++) {
            if (ready[i]) checkWithoutControl(services.get(i - 1));
        }
        int changed;
        while ((changed = watch.next()) != DirectoryWatch.NONE) {
            int number = changed;
            check(service -> number == DirectoryWatch.ANY || service.watched() == number);
        }
    }

    private int patience() {
        boolean isRound = services.size() > MOST_CONTROLS;
        for (WaitedService service : services) {
            if (service.isWaiting() && !service.isObeyed()) return MILLIS_UNTIL_OBEYED;
            isRound |= service.isWaiting() && service.control() < 0;
        }
        return isRound ? MILLIS_BETWEEN_ROUNDS : MOST_MILLIS;
    }

    private void fillDescriptors() {
        descriptors[0] = watch.descriptor();
        for (int i = 1; i < descriptors.length; i++) {
            WaitedService service = services.get(i - 1);
            descriptors[i] = service.isWaiting() ? service.control() : -1;
        }
    }

    /** One whose fifo has lost its reader, and that goes on all the same, is looked at now and then. */
    private static void checkWithoutControl(WaitedService service) {
        if (!service.isWaiting()) return;
        service.check();
        service.ignoreControl();
    }

    private int timeOut() {
        for (WaitedService service : services) {
            if (service.isWaiting()) service.timeOut();
        }
        return worst();
    }

    private int worst() {
        int worst = 0;
        for (WaitedService service : services) worst = Math.max(worst, service.outcome());
        return worst;
    }
}

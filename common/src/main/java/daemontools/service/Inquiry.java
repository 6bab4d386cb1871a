package daemontools.service;

import daemontools.common.StartDirectory;
import daemontools.posix.LibC;
import java.util.ArrayList;
import java.util.List;

/**
 * A close look at services, for which supervises that do not yet keep details are asked to. All are asked at once; who
 * does not answer within a second and a half, being no supervise of ours, or too busy, is not waited for.
 */
public final class Inquiry {
    private static final long PATIENCE_NANOS = 1_500_000_000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final LibC libc;
    private final StartDirectory start;
    private final DirectoryWatch watch;
    private final List<Asked> asked = new ArrayList<>();

    /** Who has not answered yet, and the number of its directory. */
    private record Asked(ObservedService service, int number) {}

    private Inquiry(LibC libc, StartDirectory start) {
        this.libc = libc;
        this.start = start;
        this.watch = new DirectoryWatch(libc);
    }

    /** Looks at all, relative to the directory that we are in. */
    public static void about(List<ObservedService> services, LibC libc, StartDirectory start) {
        Inquiry inquiry = new Inquiry(libc, start);
        for (ObservedService service : services) inquiry.ask(service);
        inquiry.awaitAnswers();
        inquiry.watch.close();
    }

    private void ask(ObservedService service) {
        service.lookClosely();
        if (service.status() != null && service.details() == null) {
            int number = watch.add(ServiceDirectory.SUPERVISE);
            if (service.ask()) asked.add(new Asked(service, number));
        }
        start.goBack();
    }

    private void awaitAnswers() {
        long deadline = libc.clockGettime(LibC.CLOCK_MONOTONIC) + PATIENCE_NANOS;
        int[] descriptors = {watch.descriptor()};
        boolean[] ready = new boolean[1];
        while (!asked.isEmpty()) {
            long left = deadline - libc.clockGettime(LibC.CLOCK_MONOTONIC);
            if (left <= 0) return;
            libc.poll(descriptors, ready, watch.patience((int) (left / NANOS_PER_MILLI) + 1));
            int changed;
            while ((changed = watch.next()) != DirectoryWatch.NONE) lookAgain(changed);
        }
    }

    private void lookAgain(int changed) {
        boolean any = changed == DirectoryWatch.ANY;
        asked.removeIf(one -> (any || one.number == changed) && hasAnswered(one.service));
    }

    private boolean hasAnswered(ObservedService service) {
        service.lookClosely();
        start.goBack();
        return service.details() != null || service.isAnswered() || service.status() == null;
    }
}

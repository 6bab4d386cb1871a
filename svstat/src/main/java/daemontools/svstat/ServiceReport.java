package daemontools.svstat;

import daemontools.common.Tai64n;
import daemontools.posix.LibC;
import daemontools.service.ObservedService;
import daemontools.service.Status;
import daemontools.service.Want;

/** What svstat says of one service. */
final class ServiceReport {
    private ServiceReport() {}

    /** Goes to the service directory and describes the service; the first thing that fails is the report. */
    static String of(LibC libc, String directory) {
        ObservedService service = new ObservedService(libc, directory);
        service.look();
        Status status = service.status();
        return status == null
                ? String.valueOf(service.trouble())
                : describe(status, service.hasDownFile(), Tai64n.now(libc));
    }

    static String describe(Status status, boolean downFile, Tai64n now) {
        StringBuilder report = new StringBuilder();
        if (status.isUp()) {
            report.append("up (pid ")
                    .append(Integer.toUnsignedString(status.pid()))
                    .append(") ");
        } else {
            report.append("down ");
        }
        report.append(age(status.since(), now)).append(" seconds");
        if (status.isUp() && downFile) report.append(", normally down");
        if (!status.isUp() && !downFile) report.append(", normally up");
        if (status.isUp() && status.paused()) report.append(", paused");
        if (!status.isUp() && status.want() == Want.UP) report.append(", want up");
        if (status.isUp() && status.want() == Want.DOWN) report.append(", want down");
        return report.toString();
    }

    /** Whole seconds since a label, 0 when it lies in the future; 0.76 computes them as a double. */
    static String age(Tai64n since, Tai64n now) {
        boolean future = Long.compareUnsigned(now.seconds(), since.seconds()) < 0;
        double seconds = future ? 0 : now.seconds() - since.seconds();
        return Long.toUnsignedString((long) seconds);
    }
}

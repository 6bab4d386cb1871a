package daemontools.service;

import daemontools.posix.Errno;
import daemontools.posix.FileStatus;
import daemontools.posix.LibC;
import daemontools.service.Details.Fact;
import org.jspecify.annotations.Nullable;

/**
 * A service as its clients see it: what its directory tells at the last look. A look goes to the directory, relative
 * to the one that we are in, and stays there; who looks goes back.
 */
public final class ObservedService {
    private static final String NOT_RUNNING = "supervise not running";
    private static final byte[] ASK = ControlCommand.bytes(ControlCommand.DETAILS);

    private final LibC libc;
    private final String directory;
    private final FileStatus file = new FileStatus();
    private final StatusReader reader;

    private boolean isThere;
    private boolean hasSupervise;
    private boolean isUnsupervised;
    private boolean hasDownFile;
    private @Nullable String trouble;
    private @Nullable Status status;
    private @Nullable Details details;

    /** The file as it was at the last look, whether it is true or not. */
    private @Nullable Details newest;
    /** The same when supervise was asked. */
    private @Nullable Details beforeAsking;

    private boolean asked;
    private boolean isToSayThatItIsReady;

    /** @param directory the service directory, or the short name of one in SVDIR */
    public ObservedService(LibC libc, String directory) {
        this.libc = libc;
        this.directory = directory;
        this.reader = new StatusReader(libc);
    }

    /** The service directory as it was named. */
    public String directory() {
        return directory;
    }

    /** Sees what 0.76's clients see. */
    public void look() {
        isThere = false;
        hasSupervise = false;
        isUnsupervised = false;
        status = null;
        details = null;
        int error = ServiceDirectory.enter(libc, directory);
        isThere = error == 0;
        trouble = isThere ? troubleHere() : unableTo("chdir", error);
    }

    /** The first thing that fails; null when nothing does. */
    private @Nullable String troubleHere() {
        int down = libc.stat(ServiceDirectory.DOWN, file);
        if (down < 0 && down != -Errno.ENOENT) return unableTo("stat down", down);
        hasDownFile = down == 0;

        int ok = ServiceDirectory.openFifo(libc, ServiceDirectory.OK);
        isUnsupervised = ok == ServiceDirectory.NO_SUPERVISE || ok == -Errno.ENOENT;
        if (ok == ServiceDirectory.NO_SUPERVISE) return NOT_RUNNING;
        if (ok < 0) return unableTo("open " + ServiceDirectory.OK, ok);
        libc.close(ok);
        hasSupervise = true;

        status = reader.read();
        return status == null ? reader.trouble() : null;
    }

    private static String unableTo(String what, int error) {
        return "unable to " + what + ": " + Errno.text(error);
    }

    /** Sees the details too, where they are there and true. */
    public void lookClosely() {
        look();
        if (status == null) return;
        newest = Details.read(libc);
        if (newest != null && isTrue(newest, status)) details = newest;
        else
            isToSayThatItIsReady =
                    isHere(Setting.NOTIFICATION_FD) || isHere(Setting.NOTIFICATION_SOCKET) || isHere(Setting.CHECK);
    }

    /** Those of an earlier supervise are not: it has gone, or the service has changed since. */
    private boolean isTrue(Details found, Status now) {
        boolean isOfNow = found.number(Fact.PID) == Integer.toUnsignedLong(now.pid()) && isAsOld(found, now);
        return isOfNow && (isAnswered() || isAlive(found.number(Fact.SUPERVISE)));
    }

    /** A label holds whole microseconds. */
    private static boolean isAsOld(Details found, Status now) {
        return now.since().isOf(found.nanos(Fact.SINCE));
    }

    private boolean isAlive(long pid) {
        return pid > 0 && pid <= Integer.MAX_VALUE && libc.kill((int) pid, 0) != -Errno.ESRCH;
    }

    /**
     * Asks supervise to keep details, if they are not there: after a look, in the directory.
     *
     * @return whether an answer may come; a supervise that is not ours gives none
     */
    public boolean ask() {
        if (status == null || details != null) return false;
        int control = ServiceDirectory.openFifo(libc, ServiceDirectory.CONTROL);
        if (control < 0) return false;
        beforeAsking = newest;
        asked = libc.write(control, ASK, 0, ASK.length) == ASK.length;
        libc.close(control);
        return asked;
    }

    /** Whether supervise has written details since it was asked. */
    public boolean isAnswered() {
        return asked && newest != null && newest.isNewerThan(beforeAsking);
    }

    /** Whether the directory is there. */
    public boolean isThere() {
        return isThere;
    }

    public boolean hasSupervise() {
        return hasSupervise;
    }

    /** Whether no supervise runs, or ever ran, in a directory that is there. */
    public boolean isUnsupervised() {
        return isUnsupervised;
    }

    /** Whether the service is normally down. */
    public boolean hasDownFile() {
        return hasDownFile;
    }

    /** Why there is no status, in svstat's words; null where there is one. */
    public @Nullable String trouble() {
        return trouble;
    }

    /** Null where there is {@link #trouble}. */
    public @Nullable Status status() {
        return status;
    }

    /** Null where they are not known, and after a {@link #look}. */
    public @Nullable Details details() {
        return details;
    }

    /** Whether the service is up and, if it can say so, ready; after a close look. */
    public boolean isReady() {
        if (status == null || !status.isUp()) return false;
        // A supervise that tells no details does not hear it.
        if (details == null) return !isToSayThatItIsReady;
        return details.is(Fact.READY) || !details.is(Fact.READINESS);
    }

    private boolean isHere(Setting setting) {
        return libc.stat(setting.file(), file) == 0;
    }
}

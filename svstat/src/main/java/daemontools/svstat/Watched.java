package daemontools.svstat;

import daemontools.common.StartDirectory;
import daemontools.posix.Inotify;
import daemontools.posix.LibC;
import daemontools.service.ObservedService;
import daemontools.service.ServiceDirectory;

/** A service that is looked at again whenever something in its supervise directory has changed. */
final class Watched {
    private static final int NONE = -1;
    /** Files are renamed into place, and the lock is closed when its supervise ends. */
    private static final int CHANGES = LibC.IN_MOVED_TO
            | LibC.IN_DELETE
            | LibC.IN_CLOSE_WRITE
            | LibC.IN_DELETE_SELF
            | LibC.IN_MOVE_SELF
            | LibC.IN_ONLYDIR;

    private static final String LOCK = "lock";

    private final Service service;
    private int watch = NONE;
    private int error;

    Watched(LibC libc, String directory) {
        service = new Service(new ObservedService(libc, directory));
    }

    /** Whether an event in a supervise directory means that something has changed: we close fifos there ourselves. */
    static boolean isChange(Inotify event) {
        return !event.is(LibC.IN_CLOSE_WRITE) || event.isAbout(LOCK);
    }

    Service service() {
        return service;
    }

    /** The number of the watch, negative where there is none: {@link #error} says why. */
    int watch() {
        return watch;
    }

    int error() {
        return error;
    }

    /**
     * Watches whatever directory is there now, looks at it, and asks its supervise for details where there are none.
     *
     * @return whether it is in another state, or is watched now, or no more
     */
    boolean look(LibC libc, Inotify inotify, StartDirectory start) {
        ObservedService observed = service.observed();
        int former = watch;
        watch(inotify, ServiceDirectory.enter(libc, observed.directory()) == 0);
        start.goBack();
        observed.lookClosely();
        observed.ask();
        start.goBack();
        return service.refresh() || former < 0 != watch < 0;
    }

    private void watch(Inotify inotify, boolean isThere) {
        int former = watch;
        error = isThere ? inotify.add(ServiceDirectory.SUPERVISE, CHANGES) : NONE;
        watch = Math.max(error, NONE);
        if (former >= 0 && former != watch) inotify.remove(former);
    }

    void leave(Inotify inotify) {
        if (watch >= 0) inotify.remove(watch);
        watch = NONE;
    }
}

package daemontools.tai64n;

import daemontools.posix.LibC;

/** Waits until something happens in log directories: by inotify, and each second while it cannot be told by that. */
final class LogWatch {
    private static final int EVENTS = LibC.IN_MODIFY
            | LibC.IN_CREATE
            | LibC.IN_DELETE
            | LibC.IN_MOVED_FROM
            | LibC.IN_MOVED_TO
            | LibC.IN_DELETE_SELF
            | LibC.IN_MOVE_SELF
            | LibC.IN_ONLYDIR;
    private static final int O_NONBLOCK_CLOEXEC = LibC.O_NONBLOCK | LibC.O_CLOEXEC;
    private static final int FOREVER = -1;
    private static final int A_SECOND = 1000;

    private final LibC libc;
    private final LogSource[] sources;
    private final int[] generations;
    private final int[] descriptors;
    private final boolean[] ready = new boolean[1];
    private final byte[] events = new byte[4096];
    /** Whether there are directories that cannot be watched. */
    private boolean lacksWatches;

    LogWatch(LibC libc, LogSource[] sources) {
        this.libc = libc;
        this.sources = sources;
        this.generations = new int[sources.length];
        this.descriptors = new int[] {libc.inotifyInit(O_NONBLOCK_CLOEXEC)};
    }

    /** Watches directories that have come since; true if there are any, which are to be looked at again. */
    boolean watchNew() {
        boolean isNew = false;
        for (int i = 0; i < sources.length; i++) {
            LogTrail trail = sources[i].trail();
            if (generations[i] == trail.generation()) continue;
            generations[i] = trail.generation();
            if (!trail.folder().exists()) continue;
            isNew = true;
            lacksWatches |= libc.inotifyAddWatch(descriptors[0], trail.folder().path(), EVENTS) < 0;
        }
        return isNew;
    }

    /** Waits for something to happen; what it is, the directories tell. */
    void await() {
        boolean tellsAll = !lacksWatches;
        for (LogSource source : sources) tellsAll &= source.trail().folder().exists();
        libc.poll(descriptors, ready, tellsAll ? FOREVER : A_SECOND);
        while (descriptors[0] >= 0 && libc.read(descriptors[0], events, 0, events.length) > 0) {}
    }
}

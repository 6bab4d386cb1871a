package daemontools.svstat;

import daemontools.common.StartDirectory;
import daemontools.posix.Errno;
import daemontools.posix.Inotify;
import daemontools.posix.LibC;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The services that are watched, as rows. What changes is told by the kernel; what it does not tell is looked at in turns.
 */
final class Roster {
    private static final int ENTRIES = LibC.IN_CREATE
            | LibC.IN_DELETE
            | LibC.IN_MOVED_FROM
            | LibC.IN_MOVED_TO
            | LibC.IN_DELETE_SELF
            | LibC.IN_MOVE_SELF
            | LibC.IN_ONLYDIR;

    /** So many are looked at each second though they are watched: only that shows that a path leads elsewhere. */
    private static final int A_SECOND = 20;
    /** Where so many are not watched, each is looked at each second; where there are more, only so often. */
    private static final int FEW = 100;

    private static final int SECONDS_FOR_MANY = 5;
    /** How many seconds pass between two looks at a directory that is watched: a service may get a log. */
    private static final int SECONDS_FOR_DIRECTORY = 60;

    private static final String NO_MORE_WATCHES =
            "the kernel watches no more directories (fs.inotify): the others are looked at each ";

    private final LibC libc;
    private final StartDirectory start;
    private final Inotify inotify;
    /** Null where the services were named. */
    private final @Nullable String directory;

    private Map<String, Watched> services = new LinkedHashMap<>();
    private List<Row> rows = new ArrayList<>();

    /** The watch of the directory, and why the directory cannot be read. */
    private int watch = -1;

    private int error;
    private boolean isListOld = true;
    private boolean isAnyOld;
    /** How many seconds pass between two looks at a service that is not watched. */
    private int period = 1;
    /** The watches that have told of something since the last look. */
    private final Set<Integer> changed = new HashSet<>();

    /** All services of a directory, and their logs. */
    Roster(LibC libc, StartDirectory start, @Nullable String directory) {
        this.libc = libc;
        this.start = start;
        this.inotify = new Inotify(libc);
        this.directory = directory;
    }

    /** Services that have names. */
    Roster(LibC libc, StartDirectory start, List<String> directories) {
        this(libc, start, (@Nullable String) null);
        replace(directories);
    }

    /** What {@link LibC#poll} finds ready when {@link #hear} is to be called. */
    int descriptor() {
        return inotify.descriptor();
    }

    @Nullable
    String directory() {
        return directory;
    }

    /** Why the directory cannot be read: an errno number as {@link LibC} returns them, or zero. */
    int error() {
        return error;
    }

    /** Sorted, troubles first. */
    List<Row> rows() {
        return rows;
    }

    /** What users should know, null for nothing. */
    @Nullable
    String message() {
        if (error < 0) return "unable to read directory: " + Errno.text(error);
        boolean isShort = inotify.descriptor() < 0;
        for (Watched one : services.values()) isShort |= one.error() == -Errno.ENOSPC;
        if (!isShort) return null;
        return NO_MORE_WATCHES + (period == 1 ? "second" : period + " seconds");
    }

    /** Takes in what has changed, and returns whether there is something to {@link #look} at. */
    boolean hear() {
        while (inotify.next()) {
            int number = inotify.watch();
            if (number == Inotify.ANY) isListOld = isAnyOld = true;
            else if (number == watch) hearOfDirectory();
            else if (Watched.isChange(inotify)) changed.add(number);
        }
        return isListOld || isAnyOld || !changed.isEmpty();
    }

    /** A name in it may lead elsewhere now. */
    private void hearOfDirectory() {
        isListOld = isAnyOld = true;
        if (inotify.isEnd()) watch = -1;
    }

    /** Looks at what has changed. */
    void look() {
        if (isListOld) list();
        isListOld = false;
        for (Watched one : services.values()) {
            if (isAnyOld || changed.contains(one.watch())) one.look(libc, inotify, start);
        }
        isAnyOld = false;
        changed.clear();
        rows.sort(Row::compareTo);
    }

    /** Looks at what this second's turn is. */
    void lookInTurn(long second) {
        if (second % (watch < 0 ? SECONDS_FOR_MANY : SECONDS_FOR_DIRECTORY) == 0) list();
        int notWatched = 0;
        for (Watched one : services.values()) notWatched += one.watch() < 0 ? 1 : 0;
        period = notWatched > FEW ? SECONDS_FOR_MANY : 1;
        int longPeriod = Math.max(SECONDS_FOR_MANY, services.size() / A_SECOND);
        long turn = second;
        for (Watched one : services.values()) {
            if (turn++ % (one.watch() < 0 ? period : longPeriod) == 0) one.look(libc, inotify, start);
        }
        rows.sort(Row::compareTo);
    }

    private void list() {
        if (directory == null) return;
        int former = watch;
        watch = inotify.add(directory, ENTRIES);
        if (former >= 0 && former != watch) inotify.remove(former);
        List<String> found = new ArrayList<>();
        error = ScannedServices.list(libc, directory, found);
        if (error == 0) replace(found);
    }

    private void replace(List<String> directories) {
        Map<String, Watched> former = services;
        services = new LinkedHashMap<>();
        for (String name : directories) {
            Watched one = former.remove(name);
            if (one == null) {
                one = new Watched(libc, name);
                one.look(libc, inotify, start);
            }
            services.put(name, one);
        }
        for (Watched gone : former.values()) gone.leave(inotify);
        List<Service> all = new ArrayList<>(services.size());
        for (Watched one : services.values()) all.add(one.service());
        rows = Row.of(all);
    }
}

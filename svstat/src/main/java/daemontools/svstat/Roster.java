package daemontools.svstat;

import daemontools.common.StartDirectory;
import daemontools.posix.Errno;
import daemontools.posix.Inotify;
import daemontools.posix.LibC;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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

    /** So many are looked at each second, be they watched or not: only that shows that a path leads elsewhere. */
    private static final int IN_TURN = 20;
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

    private final Map<String, Watched> services = new HashMap<>();
    private final List<Watched> inOrder = new ArrayList<>();
    private final List<Watched> notWatched = new ArrayList<>();
    private List<Row> rows = new ArrayList<>();
    private String title = "";
    private @Nullable String message;
    /** Whether the rows' order, and what is said of all of them, are to be made anew. */
    private boolean isOutOfOrder;

    private int turn;

    /** The watch of the directory, and why the directory cannot be read. */
    private int watch = -1;

    private int error;
    private boolean isListOld = true;
    private boolean isAnyOld;
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

    /** What can be said of all together. */
    String title() {
        return title;
    }

    /** What users should know, null for nothing. */
    @Nullable
    String message() {
        return error < 0 ? "unable to read directory: " + Errno.text(error) : message;
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
        for (Watched one : inOrder) {
            if (isAnyOld || changed.contains(one.watch())) look(one);
        }
        isAnyOld = false;
        changed.clear();
        arrange();
    }

    private void look(Watched one) {
        isOutOfOrder |= one.look(libc, inotify, start);
    }

    /** Looks at what this second's turn is. Where nothing changes, this costs no more for many services than for a few. */
    void lookInTurn(long second) {
        if (second % (watch < 0 ? SECONDS_FOR_MANY : SECONDS_FOR_DIRECTORY) == 0) list();
        int step = step();
        for (int i = (int) (second % step); i < notWatched.size(); i += step) look(notWatched.get(i));
        for (int i = Math.min(IN_TURN, inOrder.size()); i > 0; i--) look(inOrder.get(turn++ % inOrder.size()));
        arrange();
    }

    /** How many seconds pass between two looks at a service that is not watched. */
    private int step() {
        return notWatched.size() > FEW ? SECONDS_FOR_MANY : 1;
    }

    private void arrange() {
        if (!isOutOfOrder) return;
        isOutOfOrder = false;
        rows.sort(Row::compareTo);
        title = Frame.title(directory, rows);
        boolean isShort = inotify.descriptor() < 0;
        notWatched.clear();
        for (Watched one : inOrder) {
            if (one.watch() < 0) notWatched.add(one);
            isShort |= one.error() == -Errno.ENOSPC;
        }
        message = isShort ? NO_MORE_WATCHES + (step() == 1 ? "second" : step() + " seconds") : null;
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
        Map<String, Watched> former = new HashMap<>(services);
        services.clear();
        inOrder.clear();
        List<Service> all = new ArrayList<>(directories.size());
        for (String name : directories) {
            Watched one = former.remove(name);
            if (one == null) {
                one = new Watched(libc, name);
                look(one);
            }
            services.put(name, one);
            inOrder.add(one);
            all.add(one.service());
        }
        for (Watched gone : former.values()) gone.leave(inotify);
        rows = Row.of(all);
        isOutOfOrder = true;
    }
}

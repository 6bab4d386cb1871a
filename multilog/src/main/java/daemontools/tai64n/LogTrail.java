package daemontools.tai64n;

import daemontools.common.Diagnostics;
import daemontools.common.Newlines;
import daemontools.posix.Errno;
import daemontools.posix.LibC;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the files of a log directory in their order, while multilog may be rotating them. What was opened as
 * {@code current} stays open when it gets another name; which file follows it is found by what its inode is called then. Only
 * what was removed in the meantime is missed.
 */
final class LogTrail {
    /** What {@link #read} returns at the end for now. */
    private static final int NOTHING_YET = -1;
    /** A rotation is over after a few looks; more are needed only where somebody plays tricks. */
    private static final int MOST_LOOKS = 1000;

    private static final int HEAD = 4096;

    private final LibC libc;
    private final Diagnostics say;
    private final LogFolder folder;
    /** Old files that are known to follow the present one, in order. */
    private final Deque<String> following = new ArrayDeque<>();

    /** The present file, null before the first. */
    private @Nullable LogFile file;
    /** What it was opened as. */
    private String present = LogFolder.CURRENT;
    /** The label of its name; null while it has none, or where that is not known. */
    private @Nullable String label;
    /** No old file with a later label lies before it. */
    private String before = LogFolder.NO_LABEL;
    /** Whether multilog has finished it. */
    private boolean isComplete;
    /** How many directories of that name there have been. */
    private int generation;

    private boolean isInTrouble;

    LogTrail(LibC libc, Diagnostics say, LogFolder folder) {
        this.libc = libc;
        this.say = say;
        this.folder = folder;
        look();
    }

    LogFolder folder() {
        return folder;
    }

    /** The present file, null before the first. */
    @Nullable
    LogFile file() {
        return file;
    }

    /** Another number when there is another directory. */
    int generation() {
        return generation;
    }

    /** Begins behind the old files up to a label. */
    void startBehind(String last) {
        before = last;
    }

    /** The number of bytes read, zero when the present file has come to its end, -1 when it has not but there is no more yet. */
    int read(byte[] buffer, int offset, int count) {
        if (file == null) return 0;
        int result = read(file, buffer, offset, count);
        if (result != 0 || isComplete) return result;
        if (folder.inode(LogFolder.CURRENT) == file.inode()) return NOTHING_YET;
        // It was written to until it was renamed.
        isComplete = true;
        return read(file, buffer, offset, count);
    }

    private int read(LogFile from, byte[] buffer, int offset, int count) {
        int result = from.read(buffer, offset, count);
        if (result >= 0) return result;
        String what = from.isCompressed() ? "unable to run " + from.tool() + " for " : "unable to read ";
        say.warn(what, folder.path() + "/" + present, "", result);
        isComplete = true;
        isInTrouble = true;
        return 0;
    }

    /** Whether the file to begin with has stamps, as far as can be seen at its beginning. */
    boolean beginsWithStamps() {
        if (file == null) next(Long.MIN_VALUE);
        return file != null && firstMoment(present) != Long.MAX_VALUE;
    }

    /** Whether something could not be read. */
    boolean isInTrouble() {
        return isInTrouble;
    }

    /**
     * Goes to the next file; false where there is none yet.
     *
     * @param moment that of the last line that was read
     */
    boolean next(long moment) {
        look();
        if (!folder.exists()) return false;
        for (int looks = 0; looks < MOST_LOOKS; looks++) {
            if (following.isEmpty()) findFollowing(moment);
            if (!following.isEmpty()) {
                if (openFollowing()) return true;
                continue;
            }
            String name = liveName(moment);
            if (name == null) return false;
            int fd = folder.open(name);
            if (fd == -Errno.ENOENT) continue;
            if (fd < 0) return sayUnlessSaid(name, fd);
            LogFile live = LogFile.of(libc, fd);
            if (follows(live, name)) return true;
            live.close();
        }
        return false;
    }

    /** Where another directory has taken the name, all begins anew. */
    private void look() {
        if (!folder.isAnother()) return;
        generation++;
        following.clear();
        if (file != null) file.close();
        file = null;
        label = null;
        before = LogFolder.NO_LABEL;
    }

    private String bound() {
        return label == null ? before : label;
    }

    private void findFollowing(long moment) {
        List<String> names = folder.oldFilesBehind(bound());
        if (names == null) {
            isInTrouble = true;
            return;
        }
        if (file != null && label == null) names = behindUnnamed(file, names, moment);
        following.addAll(names);
    }

    /** Which of the names follow the present file, which had none when it was opened. */
    private List<String> behindUnnamed(LogFile unnamed, List<String> names, long moment) {
        long inode = unnamed.inode();
        for (int i = 0; i < names.size(); i++) {
            if (folder.inode(names.get(i)) != inode) continue;
            label = LogFolder.label(names.get(i));
            return names.subList(i + 1, names.size());
        }
        if (unnamed.isRemoved()) {
            // Too old, or a processor has made another file of it: then that has lines which we have read.
            int first = 0;
            while (first < names.size() && firstMoment(names.get(first)) < moment) first++;
            if (first < names.size() && isLike(unnamed, head(names.get(first)), moment)) first++;
            if (first > 0) before = LogFolder.label(names.get(first - 1));
            return names.subList(first, names.size());
        }
        // It has no such name yet, so they are older.
        if (!names.isEmpty()) before = LogFolder.label(names.getLast());
        return List.of();
    }

    /** Whether a file begins as the one with that head does, where both have no line of another moment up to there. */
    private boolean isLike(LogFile other, byte[] head, long moment) {
        if (firstMoment(head) != moment) return false;
        other.seek(0);
        boolean isLike = Arrays.equals(head, head(other));
        other.seek(other.size());
        return isLike;
    }

    private boolean openFollowing() {
        String name = following.remove();
        int fd = folder.open(name);
        if (fd >= 0) {
            take(LogFile.of(libc, fd), name, LogFolder.label(name));
            return true;
        }
        following.clear();
        if (fd == -Errno.ENOENT && isProcessed(name)) return false;
        say.warn("unable to read ", folder.path() + "/" + name, "", fd);
        isInTrouble = true;
        // From here on, as if it had been read.
        label = LogFolder.label(name);
        return false;
    }

    /** Whether a file has got another name, as a processor gives it. */
    private boolean isProcessed(String name) {
        List<String> names = folder.oldFilesBehind(bound());
        return names != null
                && !names.isEmpty()
                && LogFolder.label(names.getFirst()).equals(LogFolder.label(name));
    }

    /** Which of {@code previous}, {@code processed} and {@code current} may be the next file, null for none. */
    private @Nullable String liveName(long moment) {
        long own = file == null ? 0 : file.inode();
        long previous = folder.inode(LogFolder.PREVIOUS);
        if (previous != 0 && previous != own) return LogFolder.PREVIOUS;
        if (previous == 0
                && folder.isFinished(LogFolder.PROCESSED)
                && (file == null || label != null || !file.isRemoved())
                && firstMoment(LogFolder.PROCESSED) >= moment) {
            return LogFolder.PROCESSED;
        }
        long current = folder.inode(LogFolder.CURRENT);
        return current == 0 || current == own ? null : LogFolder.CURRENT;
    }

    private boolean sayUnlessSaid(String name, int error) {
        if (!isInTrouble) {
            say.warn("unable to read ", folder.path() + "/" + name, "", error);
            isInTrouble = true;
        }
        return false;
    }

    /** Goes to a file that was just opened, if none lies between the present one and that. */
    private boolean follows(LogFile live, String liveName) {
        long own = file == null ? 0 : file.inode();
        long inode = live.inode();
        long previous = folder.inode(LogFolder.PREVIOUS);
        if (previous != 0 && previous != own && previous != inode) return false;
        List<String> names = folder.oldFilesBehind(bound());
        if (names == null) return false;
        String liveLabel = null;
        for (String name : names) {
            long old = folder.inode(name);
            if (old == inode) liveLabel = LogFolder.label(name);
            else if (old == own) label = LogFolder.label(name);
            else return false;
        }
        take(live, liveName, liveLabel);
        return true;
    }

    private void take(LogFile taken, String name, @Nullable String itsLabel) {
        before = bound();
        if (file != null) file.close();
        file = taken;
        present = name;
        label = itsLabel;
        isComplete = itsLabel != null;
    }

    /** The moment of the first line with a stamp, or of no line if there is none near a file's beginning. */
    private long firstMoment(String name) {
        return firstMoment(head(name));
    }

    private static long firstMoment(byte[] head) {
        LogStamp stamp = new LogStamp();
        for (int at = 0; at < head.length; ) {
            if (stamp.read(head, at, head.length)) return stamp.moment();
            int newline = Newlines.first(head, at, head.length);
            at = newline < 0 ? head.length : newline + 1;
        }
        return Long.MAX_VALUE;
    }

    private byte[] head(String name) {
        int fd = folder.open(name);
        if (fd < 0) return new byte[0];
        LogFile looked = LogFile.of(libc, fd);
        byte[] head = head(looked);
        looked.close();
        return head;
    }

    private static byte[] head(LogFile looked) {
        byte[] head = new byte[HEAD];
        int count = 0;
        int read;
        while (count < HEAD && (read = looked.read(head, count, HEAD - count)) > 0) count += read;
        return Arrays.copyOf(head, count);
    }
}

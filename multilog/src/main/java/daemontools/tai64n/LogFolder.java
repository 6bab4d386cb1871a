package daemontools.tai64n;

import daemontools.common.LineStamp;
import daemontools.posix.DirectoryReader;
import daemontools.posix.FileStatus;
import daemontools.posix.LibC;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files of a log directory, by their names. Multilog may rotate it at any moment. */
final class LogFolder {
    static final String CURRENT = "current";
    static final String PREVIOUS = "previous";
    static final String PROCESSED = "processed";

    /** Sorts before the label of any old file. */
    static final String NO_LABEL = "";

    private static final int LABEL_LENGTH = LineStamp.LENGTH - 1;
    private static final int READ = LibC.O_RDONLY | LibC.O_NONBLOCK | LibC.O_CLOEXEC;

    private final LibC libc;
    private final String path;
    private final DirectoryReader entries;
    private final FileStatus status = new FileStatus();
    private long inode;

    LogFolder(LibC libc, String path) {
        this.libc = libc;
        this.path = path;
        this.entries = new DirectoryReader(libc);
    }

    String path() {
        return path;
    }

    /** The label that the name of an old file begins with: when the file was finished. */
    static String label(String name) {
        return name.substring(0, LABEL_LENGTH);
    }

    /** Whether another directory has taken the place of the one that the last call saw, or the first has come, or it is gone. */
    boolean isAnother() {
        long before = inode;
        inode = libc.stat(path, status) < 0 || !status.isDirectory() ? 0 : status.inode();
        return inode != before;
    }

    /** Whether the last {@link #isAnother} saw one. */
    boolean exists() {
        return inode != 0;
    }

    /** A descriptor of one of the files, or the negative errno number. */
    int open(String name) {
        return libc.open(path + "/" + name, READ, 0);
    }

    /** The file's inode, zero where there is none. */
    long inode(String name) {
        return libc.stat(path + "/" + name, status) < 0 ? 0 : status.inode();
    }

    /** Whether a file is there and has multilog's mark of being safe on disk. */
    boolean isFinished(String name) {
        return libc.stat(path + "/" + name, status) >= 0 && status.isExecutableByOwner();
    }

    /**
     * The names of all old files with a label behind another, in order; of a file that was processed right now, which may
     * have two, the processed one. Null where the directory cannot be read.
     */
    @Nullable
    List<String> oldFilesBehind(String label) {
        List<String> names = list(label);
        if (names == null || names.isEmpty()) return names;
        // While the directory was read, one may have been missed before one that was seen; not so in a second look.
        String last = label(names.getLast());
        names = list(label);
        if (names == null) return null;
        names.removeIf(name -> label(name).compareTo(last) > 0);
        return names;
    }

    /** How the directory could not be read: the negative errno number. */
    int error() {
        int error = entries.open(path);
        if (error >= 0) entries.close();
        return Math.min(error, 0);
    }

    private @Nullable List<String> list(String label) {
        if (entries.open(path) < 0) return null;
        List<String> names = new ArrayList<>();
        while (entries.next() > 0) {
            if (entries.nameByte(0) != '@' || entries.nameLength() < LABEL_LENGTH) continue;
            String name = entries.name();
            if (label(name).compareTo(label) > 0) names.add(name);
        }
        entries.close();
        Collections.sort(names);
        for (int i = names.size() - 1; i > 0; i--) {
            if (label(names.get(i)).equals(label(names.get(i - 1)))) names.remove(i);
        }
        return names;
    }
}

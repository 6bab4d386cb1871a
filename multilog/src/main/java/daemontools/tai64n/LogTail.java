package daemontools.tai64n;

import daemontools.common.Newlines;
import daemontools.posix.LibC;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds where the last lines of a log directory begin: from the end, so that it takes no longer where there is more before. */
final class LogTail {
    private static final int BLOCK = 32 * 1024;

    private final LibC libc;
    private final LogFolder folder;
    private final byte[] block = new byte[BLOCK];

    /** How many lines have been found. */
    private long lines;
    /** The label behind which the file lies that they begin in, and its inode. */
    private String behind = "";

    private long inode;
    /** Where in it they begin, and how many lines from there on are to be left out. */
    private long offset;

    private long skipped;

    LogTail(LibC libc, LogFolder folder) {
        this.libc = libc;
        this.folder = folder;
    }

    /** Looks for the last {@code wanted} lines in the files behind a label; returns how many there are. */
    long find(String label, long wanted) {
        List<String> names = folder.oldFilesBehind(label);
        if (names == null) names = List.of();
        behind = names.isEmpty() ? label : LogFolder.label(names.getLast());
        lookAt(LogFolder.CURRENT, wanted);
        if (folder.inode(LogFolder.PREVIOUS) != 0) lookAtPrevious(wanted);
        for (int i = names.size() - 1; i >= 0 && lines < wanted; i--) {
            lookAt(names.get(i), wanted);
            behind = i == 0 ? label : LogFolder.label(names.get(i - 1));
        }
        return lines;
    }

    /** Which old files a trail is to start behind. */
    String behind() {
        return behind;
    }

    /** Goes to where the lines begin, in the file that the trail has started with; returns how many lines are to be left out. */
    long goTo(@Nullable LogFile file) {
        if (file == null || file.inode() != inode) return 0;
        if (offset > 0) file.seek(offset);
        return skipped;
    }

    /** There is no label to start behind that would leave it out. */
    private void lookAtPrevious(long wanted) {
        long before = skipped;
        if (lines >= wanted && offset > 0) before = linesUpTo(LogFolder.CURRENT, offset);
        boolean isNeeded = lines < wanted;
        lookAt(LogFolder.PREVIOUS, wanted);
        if (!isNeeded) skipped = before;
    }

    private void lookAt(String name, long wanted) {
        int fd = folder.open(name);
        if (fd < 0) return;
        LogFile file = LogFile.of(libc, fd);
        inode = file.inode();
        skipped = 0;
        offset = 0;
        if (file.isCompressed()) {
            long all = count(file, Long.MAX_VALUE);
            long taken = Math.min(all, wanted - lines);
            lines += taken;
            skipped = all - taken;
        } else {
            lookBack(file, wanted);
        }
        file.close();
    }

    /** Block by block from the end; a newline there ends the last line and begins none. */
    private void lookBack(LogFile file, long wanted) {
        long size = file.size();
        offset = size;
        for (long end = size; end > 0; ) {
            int length = (int) Math.min(end, BLOCK);
            long start = end - length;
            file.seek(start);
            if (!fill(file, length)) return;
            for (int at = Newlines.last(block, 0, length); at >= 0; at = Newlines.last(block, 0, at)) {
                if (start + at + 1 == size) continue;
                if (lines == wanted) return;
                lines++;
                offset = start + at + 1;
            }
            end = start;
        }
        if (lines == wanted || size == 0) return;
        lines++;
        offset = 0;
    }

    private boolean fill(LogFile file, int length) {
        int done = 0;
        while (done < length) {
            int count = file.read(block, done, length - done);
            if (count <= 0) return false;
            done += count;
        }
        return true;
    }

    private long linesUpTo(String name, long end) {
        int fd = folder.open(name);
        if (fd < 0) return 0;
        LogFile file = LogFile.of(libc, fd);
        long count = count(file, end);
        file.close();
        return count;
    }

    /** The lines in a file's beginning, an unfinished last one too. */
    private long count(LogFile file, long end) {
        long count = 0;
        long done = 0;
        boolean isOpen = false;
        while (done < end) {
            int read = file.read(block, 0, (int) Math.min(BLOCK, end - done));
            if (read <= 0) break;
            done += read;
            for (int at = Newlines.first(block, 0, read); at >= 0; at = Newlines.first(block, at + 1, read)) count++;
            isOpen = block[read - 1] != '\n';
        }
        return isOpen ? count + 1 : count;
    }
}

package daemontools.multilog;

import daemontools.posix.DirectoryReader;
import daemontools.posix.FileStatus;
import daemontools.posix.LibC;

/**
 * The finished files in the current directory: each has the time in its name. Others may add and remove files at any time,
 * so nothing is remembered: the directory is read each time, without a text for an entry.
 */
final class OldFiles {
    private final LibC libc;
    private final DirectoryReader directory;
    private final FileStatus status = new FileStatus();
    private final byte[] name = new byte[DirectoryReader.NAME_SIZE];

    // What the last look at the directory found.
    private long count;
    private long bytes;
    private final byte[] oldest = new byte[DirectoryReader.NAME_SIZE];
    /** Empty where no name has a label that a clock may have shown. */
    private final byte[] newest = new byte[DirectoryReader.NAME_SIZE];

    OldFiles(LibC libc) {
        this.libc = libc;
        this.directory = new DirectoryReader(libc);
    }

    /** Looks at the directory: zero or the negative errno number. */
    int look() {
        return look(false);
    }

    /** The same, and at the sizes of the files. */
    int lookAtSizes() {
        return look(true);
    }

    long count() {
        return count;
    }

    /** The sum of the sizes, where they were looked at. */
    long bytes() {
        return bytes;
    }

    /** The name with the smallest label, if there are any: what follows the label does not count, and of equals the first. */
    byte[] oldest() {
        return oldest;
    }

    int oldestLength() {
        int length = 0;
        while (oldest[length] != 0) length++;
        return length;
    }

    /** Lets a name be one behind all that were found. */
    void putBehind(StampedName stamped) {
        if (newest[0] != 0) stamped.setBehind(newest);
    }

    private int look(boolean sizes) {
        int result = directory.open(".");
        if (result < 0) return result;
        count = 0;
        bytes = 0;
        newest[0] = 0;
        while ((result = directory.next()) > 0) {
            if (directory.nameByte(0) != '@' || directory.nameLength() < StampedName.LABEL) continue;
            directory.copyName(name);
            if (count == 0 || StampedName.compare(name, oldest) < 0) directory.copyName(oldest);
            if (StampedName.hasLabel(name) && StampedName.compare(name, newest) > 0) directory.copyName(newest);
            count++;
            // One that is gone by now has no size.
            if (sizes && libc.stat(name, status) >= 0) bytes += status.size();
        }
        directory.close();
        return result;
    }
}

package daemontools.multilog;

import daemontools.common.LineStamp;
import daemontools.common.Message;
import daemontools.posix.DirectoryReader;
import daemontools.posix.LibC;

/**
 * The finished files in the current directory: each has the time in its name, and the oldest go when there are too many.
 * Others may add and remove files at any time, so nothing is remembered: the directory is read each time, without a text
 * for an entry.
 */
final class OldFiles {
    private static final int LABEL_LENGTH = LineStamp.LENGTH - 1;
    /** A label, a dot, a letter. */
    private static final int NAME_LENGTH = LABEL_LENGTH + 2;
    /** The longest name that there may be, and a NUL. */
    private static final int NAME_SIZE = 256;

    private final LibC libc;
    private final LineStamp stamp;
    private final DirectoryReader directory;
    private final byte[] newest = new byte[NAME_LENGTH + 1];
    private final byte[] oldest = new byte[NAME_SIZE];

    OldFiles(LibC libc) {
        this.libc = libc;
        this.stamp = new LineStamp(libc);
        this.directory = new DirectoryReader(libc);
    }

    /** Gives a file a second name, that of an old file from now on. */
    int link(String name, char code) {
        stamp.expire();
        System.arraycopy(stamp.text(), 0, newest, 0, LABEL_LENGTH);
        newest[LABEL_LENGTH] = '.';
        newest[LABEL_LENGTH + 1] = (byte) code;
        return libc.link(name, newest);
    }

    /** Adds the name that the last {@link #link} gave, or was to give, to a message. */
    Message addNewest(Message message) {
        return message.add(newest, NAME_LENGTH);
    }

    /** Removes the oldest until fewer than {@code limit} are left. */
    int trim(long limit) {
        while (true) {
            long count = count();
            if (count < limit) return (int) Math.min(count, 0);
            int error = libc.unlink(oldest);
            if (error < 0) return error;
        }
    }

    /** Counts the old files and finds the oldest, or returns the negative errno number. */
    private long count() {
        int result = directory.open(".");
        if (result < 0) return result;
        long count = 0;
        while ((result = directory.next()) > 0) {
            if (!isOld()) continue;
            if (count == 0 || isOlder()) directory.copyName(oldest);
            count++;
        }
        directory.close();
        return result < 0 ? result : count;
    }

    private boolean isOld() {
        return directory.nameByte(0) == '@' && directory.nameLength() >= LABEL_LENGTH;
    }

    /** Whether the label is smaller: what follows it does not count, and of equals the first is the oldest. */
    private boolean isOlder() {
        int at = 0;
        while (at < LABEL_LENGTH && directory.nameByte(at) == (oldest[at] & 0xff)) at++;
        return at < LABEL_LENGTH && directory.nameByte(at) < (oldest[at] & 0xff);
    }
}

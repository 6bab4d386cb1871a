package daemontools.multilog;

import daemontools.common.Newlines;
import daemontools.posix.Bytes;
import daemontools.posix.LibC;

/**
 * What goes into a log directory: decides where its files end, and writes. A file ends at a newline among its last
 * {@link #LATE} bytes, if there is one in one of 0.76's writes (spec 11.8). So this counts as if there were 0.76's small
 * buffer between the lines and the file; what has left that buffer is settled, and goes to the kernel in large pieces.
 */
final class Log extends Destination {
    private static final int SMALL_BUFFER = 512;
    private static final int LATE = 2000;

    private final LibC libc;
    private final LogDirectory directory;
    private final Rotation rotation;
    private final long size;
    private final byte[] prefix;
    private final int stampLength;
    private final FileAge age;
    private final byte[] buffer;

    private int current;
    /** The current file's bytes, those in the buffer that are settled included. */
    private long count;
    /** How many bytes of the buffer belong to the current file; what follows is in 0.76's small buffer still. */
    private int settled;
    /** How many bytes of the buffer are in use. */
    private int length;

    private boolean rotated;

    /**
     * @param stampLength the length of the stamp that each line begins with
     * @param bufferSize the most bytes that are held back, prefixes not counted
     * @param current a descriptor of the current file
     * @param count its bytes
     */
    Log(
            LibC libc,
            LogDirectory directory,
            Rotation rotation,
            int stampLength,
            int bufferSize,
            int current,
            long count) {
        this.libc = libc;
        this.directory = directory;
        this.rotation = rotation;
        this.size = directory.settings().size();
        this.age = new FileAge(directory.settings().seconds());
        this.prefix = Bytes.of(directory.settings().prefix());
        this.stampLength = stampLength;
        this.buffer = new byte[bufferSize + prefix.length];
        this.current = current;
        this.count = count;
    }

    /** Adds a stamp, a text and the newline that lies behind it in {@code from}: at most {@link Line#MAXIMUM} bytes and one. */
    void addLine(byte[] stamp, int stampLength, byte[] from, int offset, int textLength) {
        int piece = stampLength + textLength;
        prepare(piece);
        System.arraycopy(stamp, 0, buffer, length, stampLength);
        System.arraycopy(from, offset, buffer, length + stampLength, textLength);
        added(piece);
        addNewline();
    }

    /** Whether there has been a rotation since the last call. */
    boolean hasJustRotated() {
        boolean hasJustRotated = rotated;
        rotated = false;
        return hasJustRotated;
    }

    boolean hasPrefix() {
        return prefix.length > 0;
    }

    /** Adds the beginning of a line; the prefix goes behind its stamp. */
    void add(Line line) {
        int piece = line.length() + prefix.length;
        prepare(piece);
        if (prefix.length == 0) {
            System.arraycopy(line.bytes(), 0, buffer, length, line.length());
        } else {
            int text = length + stampLength + prefix.length;
            System.arraycopy(line.bytes(), 0, buffer, length, stampLength);
            System.arraycopy(prefix, 0, buffer, length + stampLength, prefix.length);
            System.arraycopy(line.bytes(), stampLength, buffer, text, line.length() - stampLength);
        }
        added(piece);
    }

    /** Adds bytes of a line that follow its beginning: 0.76 takes them one by one. */
    void addRest(byte[] from, int offset, int byteCount) {
        int done = 0;
        while (done < byteCount) {
            prepare(1);
            int room = SMALL_BUFFER - (length - settled);
            int n = Math.min(room, byteCount - done);
            makeRoom(n);
            System.arraycopy(from, offset + done, buffer, length, n);
            length += n;
            done += n;
        }
    }

    void addNewline() {
        prepare(1);
        buffer[length++] = '\n';
    }

    /** Settles all that has been added, as 0.76 does before it reads on. */
    void settle() {
        while (settled < length) {
            if (count >= size) rotate();
            int n = (int) Math.min(length - settled, size - count);
            if (count + n >= size - LATE) {
                int newline = Newlines.last(buffer, settled, settled + n);
                if (newline >= 0) n = newline + 1 - settled;
            }
            settled += n;
            count += n;
            if (count >= size - LATE && buffer[settled - 1] == '\n') rotate();
        }
    }

    /** Hands all that has been added to the kernel. */
    void flush() {
        settle();
        write();
    }

    /** Starts a new file, unless the current one is empty. */
    void rotateUnlessEmpty() {
        if (count > 0) rotate();
    }

    /** Whether there is something to be done by the clock. */
    boolean isTimed() {
        return age.hasLimit() || rotation.background() != null;
    }

    /** Starts a new file if the current one is old enough, and works on old files; returns when there is more to do. */
    long doWhatIsDue(long now) {
        if (count > 0 && age.end(now) <= now) rotate();
        long end = count > 0 ? age.end(now) : FileAge.NEVER;
        return rotation.background() == null
                ? end
                : Math.min(end, rotation.background().work(now));
    }

    /** Brings all to disk and marks it as safe there. */
    void close() {
        flush();
        rotation.leave(current);
    }

    /** Waits, if not for long, for what still works on old files. */
    void finishProcessing() {
        if (rotation.background() != null) rotation.background().finish();
    }

    /** Before a piece is added: it goes into the small buffer if it fits beside what is there. */
    private void prepare(int piece) {
        if (piece > SMALL_BUFFER - (length - settled)) settle();
        makeRoom(piece);
    }

    /** After a piece was added: one that is larger than the small buffer goes past it. */
    private void added(int piece) {
        length += piece;
        if (piece > SMALL_BUFFER) settle();
    }

    private void makeRoom(int byteCount) {
        if (byteCount > buffer.length - length) write();
    }

    private void rotate() {
        write();
        current = rotation.rotate(current);
        count = 0;
        rotated = true;
        age.reset();
    }

    /** Writes what is settled, and moves the rest to the buffer's start. */
    private void write() {
        int done = 0;
        while (done < settled) {
            int written = libc.write(current, buffer, done, settled - done);
            if (written > 0) {
                done += written;
            } else {
                directory.pause("unable to write to ", LogDirectory.CURRENT, written);
            }
        }
        System.arraycopy(buffer, settled, buffer, 0, length - settled);
        length -= settled;
        settled = 0;
    }
}

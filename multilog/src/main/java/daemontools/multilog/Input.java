package daemontools.multilog;

import daemontools.posix.Errno;
import daemontools.posix.FileStatus;
import daemontools.posix.LibC;

/**
 * Standard input, and the signals, which are taken only where 0.76 takes them: before a read. TERM ends the input at the
 * next end of a line and leaves the rest unread; ALRM asks for a rotation.
 *
 * <p>What is read but not written yet would be lost if multilog were killed, and a pipe has no second copy of it. So a
 * pipe is read in 0.76's small pieces, and only a file, which can be read again, in large ones.
 */
final class Input {
    /** What 0.76 reads at once. */
    static final int PIECE = 1024;

    private static final int STANDARD_INPUT = 0;
    private static final int LARGE = 16 * PIECE;

    private final LibC libc;
    private final byte[] bytes;
    private final int[] descriptors;
    private final boolean[] ready = new boolean[2];
    private final Requests requests;
    private boolean atLineEnd = true;

    private Input(LibC libc, int size, Requests requests) {
        this.libc = libc;
        this.bytes = new byte[size];
        this.requests = requests;
        this.descriptors = new int[] {requests.descriptor(), STANDARD_INPUT};
    }

    static Input open(LibC libc, Requests requests) {
        FileStatus status = new FileStatus();
        boolean isFile = libc.fstat(STANDARD_INPUT, status) >= 0 && status.isRegularFile();
        return new Input(libc, isFile ? LARGE : PIECE, requests);
    }

    /** What {@link #read} reads into. */
    byte[] bytes() {
        return bytes;
    }

    /**
     * The number of bytes read, zero at the end of the input; an error is the end too. Before it may have to wait, all
     * that came before is written.
     */
    int read(Logs logs) {
        while (true) {
            logs.flush();
            if (requests.takesRotation()) logs.rotate();
            if (requests.isEndAsked() && atLineEnd) return 0;
            libc.poll(descriptors, ready, logs.doWhatIsDue());
            if (ready[0]) requests.take();
            if (ready[0] || !ready[1]) continue;
            int count = libc.read(STANDARD_INPUT, bytes, 0, requests.isEndAsked() ? 1 : bytes.length);
            if (count == -Errno.EINTR) continue;
            if (count <= 0) return 0;
            atLineEnd = bytes[count - 1] == '\n';
            return count;
        }
    }
}

package daemontools.supervise;

import daemontools.common.Diagnostics;
import daemontools.posix.Bytes;
import daemontools.posix.Errno;
import daemontools.posix.LibC;
import daemontools.posix.ProcessStat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file in {@code supervise/} that says which process a program of the service is, so that a supervise which comes after
 * a killed one knows it: its pid, when it started, and during which run of the machine. The child writes it before it
 * executes the program. As long as that has not happened the child has the lock too, because flock(2)'s locks are of open
 * files, which it shares: no other supervise can begin in between and find no record. It is written in place, in one
 * piece: on a full disk there is room for that once it is there.
 */
final class ProcessRecord {
    private static final String BOOT_ID = "/proc/sys/kernel/random/boot_id";
    private static final byte[] NOTHING = {};
    private static final int LONGEST = 128;
    /** As long as any line will be. */
    private static final byte[] NOBODY = Bytes.of("0" + " ".repeat(LONGEST - 2) + "\n");

    private static final int MODE = 0644;
    private static final int READ = LibC.O_RDONLY | LibC.O_CLOEXEC;
    private static final int WRITE = LibC.O_WRONLY | LibC.O_CREAT | LibC.O_NONBLOCK | LibC.O_CLOEXEC;

    private final LibC libc;
    private final Diagnostics say;
    private final String directory;
    private final String path;
    /** Null until it is needed. So long those below take no memory either. */
    private @Nullable ProcessStat stat;

    private byte[] bytes = NOTHING;
    private String boot = "";

    /** @param name the file's name in {@code supervise/} */
    ProcessRecord(Context context, String name) {
        this.libc = context.libc();
        this.say = context.say();
        this.directory = context.directory();
        this.path = "supervise/" + name;
    }

    /** Reads what only the parent should: then the child has it. */
    void prepare() {
        if (stat == null) {
            stat = new ProcessStat(libc);
            bytes = new byte[LONGEST];
        }
        if (boot.isEmpty()) boot = text(BOOT_ID).strip();
    }

    /** Makes room for it, while there may be some. */
    void reserve() {
        prepare();
        if (text(path).isEmpty()) write(NOBODY);
    }

    /** Notes a process that runs. Where it cannot be noted, no other supervise can take it over: that is said. */
    void write(int pid) {
        if (boot.isEmpty() || !stat().read(pid)) {
            say.warn("unable to read /proc for ", directory, "/" + path);
            return;
        }
        int error = write(Bytes.of(line(pid)));
        if (error < 0) say.warn("unable to write ", directory, "/" + path, error);
    }

    private int write(byte[] line) {
        int fd = libc.open(path, WRITE, MODE);
        if (fd < 0) return fd;
        int written = libc.write(fd, line, 0, line.length);
        libc.close(fd);
        return written < 0 || written == line.length ? written : -Errno.ENOSPC;
    }

    /** The pid of the noted process, if it runs still; else zero. */
    int running() {
        prepare();
        String record = text(path);
        // What is behind is left of a longer one.
        String line = record.substring(0, record.indexOf('\n') + 1);
        int space = line.indexOf(' ');
        if (space <= 0 || space > 9) return 0;
        int pid = 0;
        for (int i = 0; i < space; i++) pid = 10 * pid + line.charAt(i) - '0';
        return pid > 0 && stat().read(pid) && line.equals(line(pid)) ? pid : 0;
    }

    private String line(int pid) {
        return pid + " " + stat().start() + " " + boot + "\n";
    }

    private String text(String name) {
        int fd = libc.open(name, READ, 0);
        if (fd < 0) return "";
        int length = libc.read(fd, bytes, 0, LONGEST);
        libc.close(fd);
        return Bytes.string(bytes, 0, Math.max(length, 0));
    }

    private ProcessStat stat() {
        return Objects.requireNonNull(stat);
    }
}

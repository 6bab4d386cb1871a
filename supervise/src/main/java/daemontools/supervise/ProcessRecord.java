package daemontools.supervise;

import daemontools.posix.Bytes;
import daemontools.posix.LibC;
import daemontools.posix.ProcessStat;
import daemontools.service.ReplacedFile;

/**
 * A file in {@code supervise/} that says which process a program of the service is, so that a supervise which comes after
 * a killed one knows it: its pid, when it started, and during which run of the machine. The child writes it before it
 * executes the program. As long as that has not happened the child has the lock too, because flock(2)'s locks are of open
 * files, which it shares: no other supervise can begin in between and find no record.
 */
final class ProcessRecord {
    private static final String BOOT_ID = "/proc/sys/kernel/random/boot_id";
    private static final int LONGEST = 128;
    private static final int READ = LibC.O_RDONLY | LibC.O_CLOEXEC;

    private final LibC libc;
    private final String path;
    private final ReplacedFile file;
    /** Null until it is needed, as those below. */
    private ProcessStat stat;

    private byte[] bytes;
    private String boot;

    /** @param name the file's name in {@code supervise/} */
    ProcessRecord(Context context, String name) {
        this.libc = context.libc();
        this.path = "supervise/" + name;
        this.file = new ReplacedFile(libc, context.say(), context.directory(), name);
    }

    /** Reads what only the parent should: then the child has it. */
    void prepare() {
        if (boot != null) return;
        stat = new ProcessStat(libc);
        bytes = new byte[LONGEST];
        boot = text(BOOT_ID).strip();
    }

    /** Notes a process that runs. */
    void write(int pid) {
        if (!stat.read(pid)) return;
        byte[] line = Bytes.of(line(pid));
        file.write(line, line.length, true);
    }

    /** The pid of the noted process, if it runs still; else zero. */
    int running() {
        prepare();
        String line = text(path);
        int space = line.indexOf(' ');
        if (space <= 0 || space > 9) return 0;
        int pid = 0;
        for (int i = 0; i < space; i++) pid = 10 * pid + line.charAt(i) - '0';
        return pid > 0 && stat.read(pid) && line.equals(line(pid)) ? pid : 0;
    }

    private String line(int pid) {
        return pid + " " + stat.start() + " " + boot + "\n";
    }

    private String text(String name) {
        int fd = libc.open(name, READ, 0);
        if (fd < 0) return "";
        int length = libc.read(fd, bytes, 0, LONGEST);
        libc.close(fd);
        return Bytes.string(bytes, 0, Math.max(length, 0));
    }
}

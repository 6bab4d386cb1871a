package daemontools.it;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the kernel tells of a process that belongs to a scenario. */
final class Kernel {
    /** poll, as x86-64 numbers it, of some descriptors, C's two or ours: where supervise waits when there is nothing to do. */
    private static final String POLL = "7 0x\\p{XDigit}+ 0x[1-9] .*\n";

    private static final String POLL_FOR_EVER = "7 0x\\p{XDigit}+ 0x[1-9] 0x(ffffffff){1,2} .*\n";

    /** Of a shell: it prints when it was forked, however long it then had to wait for a processor. */
    static final String TELL_START = "sed 's/.*) //' /proc/$$/stat | cut -d' ' -f20";

    static final long TICKS_PER_SECOND = 100;

    private Kernel() {}

    static void signal(long pid, String name) throws Exception {
        int code = new ProcessBuilder("/bin/kill", "-" + name, String.valueOf(pid))
                .redirectErrorStream(true)
                .start()
                .waitFor();
        if (code != 0) throw new AssertionError("no signal " + name + " to " + pid);
    }

    /** From now on a process has no more memory than it has just now, until it is allowed to grow again. */
    static void forbidGrowth(long pid) throws Exception {
        String status = read(Path.of("/proc/" + pid + "/status"));
        long kilobytes = Long.parseLong(status.replaceFirst("(?s).*VmSize:\\s+(\\d+) kB.*", "$1"));
        limitMemory(pid, String.valueOf(1024 * kilobytes));
    }

    static void allowGrowth(long pid) throws Exception {
        limitMemory(pid, "unlimited");
    }

    private static void limitMemory(long pid, String softLimit) throws Exception {
        int code = new ProcessBuilder("prlimit", "--as=" + softLimit + ":", "--pid", String.valueOf(pid))
                .start()
                .waitFor();
        if (code != 0) throw new AssertionError("no limit for " + pid);
    }

    /** The letter for the state of a process as ps shows it: S sleeps, T is stopped; - is no more. */
    static char state(long pid) {
        String stat = read(Path.of("/proc/" + pid + "/stat"));
        return stat.isEmpty() ? '-' : stat.charAt(stat.lastIndexOf(')') + 2);
    }

    /** The name of a process as ps shows it, also when it has ended and was not waited for. */
    static String name(long pid) {
        return read(Path.of("/proc/" + pid + "/comm")).trim();
    }

    /** Whether nothing will happen to a process unless something from outside happens. */
    static boolean isAtRest(long pid) {
        String status = read(Path.of("/proc/" + pid + "/status"));
        boolean nothingPending =
                status.contains("SigPnd:\t0000000000000000") && status.contains("ShdPnd:\t0000000000000000");
        return status.contains("State:\tT") || (status.contains("State:\tS") && nothingPending);
    }

    /**
     * Whether supervise has done all it was asked for and waits for more; a JVM waits in one of its threads. One that is
     * being woken is still said to be in its call, but no longer to sleep.
     */
    static boolean isIdleSupervise(long pid) {
        return waitsIn(POLL, pid);
    }

    /** Whether a process of ours makes no system call before something from outside happens. */
    static boolean waitsForEver(long pid) {
        return waitsIn(POLL_FOR_EVER, pid);
    }

    private static boolean waitsIn(String call, long pid) {
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
            for (Path thread : threads) {
                boolean asleep = read(thread.resolve("stat")).contains(") S ");
                if (asleep && read(thread.resolve("syscall")).matches(call)) return true;
            }
        } catch (IOException | DirectoryIteratorException gone) {
            return false;
        }
        return false;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException gone) {
            return "";
        }
    }
}

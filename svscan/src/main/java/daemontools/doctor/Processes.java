package daemontools.doctor;

import daemontools.posix.FileStatus;
import daemontools.posix.LibC;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The processes of svscan and supervise that run on this machine, as /proc tells. */
final class Processes {
    private static final String SVSCAN = "svscan";
    private static final String SUPERVISE = "supervise";
    private static final int LONGEST_STATUS = 4096;
    private static final int LONGEST_WORDS = 65536;

    /** One of them. */
    record Entry(int pid, int parent) {}

    private final Files files;
    /** By their name and their working directory. */
    private final Map<String, List<Entry>> all = new HashMap<>();

    Processes(LibC libc, Files files) {
        this.files = files;
        List<String> names = files.names("/proc");
        if (names == null) return;
        for (String name : names) {
            int pid = number(name);
            if (pid > 0 && pid != libc.getpid()) add(pid);
        }
    }

    private void add(int pid) {
        String stat = files.read("/proc/" + pid + "/stat", LONGEST_STATUS);
        if (stat == null) return;
        int start = stat.indexOf('(');
        int end = stat.lastIndexOf(") ");
        if (start < 0 || end < start) return;
        String name = stat.substring(start + 1, end);
        if (!name.equals(SVSCAN) && !name.equals(SUPERVISE)) return;
        // Behind the name: the state, one letter, and the parent.
        int parentEnd = stat.indexOf(' ', end + 4);
        FileStatus directory = files.status("/proc/" + pid + "/cwd");
        if (parentEnd < 0 || directory == null || isChecking(pid)) return;
        int parent = number(stat.substring(end + 4, parentEnd));
        all.computeIfAbsent(key(name, directory), none -> new ArrayList<>()).add(new Entry(pid, parent));
    }

    /** Whether it is a svscan like us, which starts nothing. */
    private boolean isChecking(int pid) {
        return words(pid).contains(" --check");
    }

    private static String key(String name, FileStatus directory) {
        return name + " " + directory.device() + " " + directory.inode();
    }

    /** The svscans that look at a directory. */
    List<Entry> svscans(FileStatus directory) {
        return all.getOrDefault(key(SVSCAN, directory), List.of());
    }

    /** The supervises of a service directory. */
    List<Entry> supervises(FileStatus directory) {
        return all.getOrDefault(key(SUPERVISE, directory), List.of());
    }

    /** The command line of a process, its words with a blank between them; empty where it cannot be read. */
    String words(int pid) {
        String words = files.read("/proc/" + pid + "/cmdline", LONGEST_WORDS);
        return words == null ? "" : words.replace('\0', ' ').strip();
    }

    /** The value of PATH that a process was started with; null where it had none, or it cannot be read. */
    @Nullable
    String path(int pid) {
        String environment = files.read("/proc/" + pid + "/environ", LONGEST_WORDS);
        if (environment == null) return null;
        String entry = "\0PATH=";
        int start = ("\0" + environment).indexOf(entry);
        if (start < 0) return null;
        int end = environment.indexOf('\0', start + entry.length() - 1);
        return environment.substring(start + entry.length() - 1, end < 0 ? environment.length() : end);
    }

    /** The effective user of a process, -1 where it is not known. */
    int user(int pid) {
        FileStatus status = files.status("/proc/" + pid);
        return status == null ? -1 : status.owner();
    }

    /** How many descriptors a process may have open, -1 where that is not known, or without limit. */
    int descriptors(int pid) {
        String limits = files.read("/proc/" + pid + "/limits", LONGEST_STATUS);
        if (limits == null) return -1;
        String name = "Max open files";
        int start = limits.indexOf(name);
        if (start < 0) return -1;
        start += name.length();
        while (limits.charAt(start) == ' ') start++;
        return number(limits.substring(start, limits.indexOf(' ', start)));
    }

    /** The number that a text is, -1 if it is none. */
    static int number(String text) {
        if (text.isEmpty() || text.length() > 9) return -1;
        int number = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) return -1;
            number = 10 * number + digit;
        }
        return number;
    }
}

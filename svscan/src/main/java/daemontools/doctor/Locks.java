package daemontools.doctor;

import daemontools.posix.FileStatus;
import java.util.HashMap;
import java.util.Map;

/** Who holds the locks of flock(2), as /proc/locks tells: no lock is taken to find out. */
final class Locks {
    private static final int MOST = 1 << 20;
    private static final int KIND = 1;
    private static final int HOLDER = 4;
    private static final int FILE = 5;

    private final Map<String, Integer> holders = new HashMap<>();

    Locks(Files files) {
        String table = files.read("/proc/locks", MOST);
        int start = 0;
        while (table != null && start < table.length()) {
            int end = table.indexOf('\n', start);
            if (end < 0) end = table.length();
            String[] fields = fields(table.substring(start, end));
            if (fields[KIND].equals("FLOCK")) holders.putIfAbsent(fields[FILE], Processes.number(fields[HOLDER]));
            start = end + 1;
        }
    }

    /** The pid of the process that holds a file's lock; zero where none does, or it is not known. */
    int holder(FileStatus file) {
        String key = hex(file.device() >>> 32) + ":" + hex(file.device() & 0xffffffffL) + ":" + file.inode();
        return Math.max(0, holders.getOrDefault(key, 0));
    }

    /** The first fields of a line; a waiting process has an arrow in the second one, and is none of those that we look for. */
    private static String[] fields(String line) {
        String[] fields = new String[FILE + 1];
        int at = 0;
        for (int i = 0; i < fields.length; i++) {
            while (at < line.length() && line.charAt(at) == ' ') at++;
            int end = line.indexOf(' ', at);
            if (end < 0) end = line.length();
            fields[i] = line.substring(at, end);
            at = end;
        }
        return fields;
    }

    private static String hex(long number) {
        String hex = Long.toHexString(number);
        return hex.length() < 2 ? "0" + hex : hex;
    }
}

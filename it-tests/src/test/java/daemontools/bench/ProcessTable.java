package daemontools.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The processes that work in a folder, and those that have ended there and are not collected, as /proc shows them now. */
final class ProcessTable {
    /**
     * A process.
     *
     * @param name what ps calls it
     * @param directory where it works; null of a zombie
     */
    record Entry(int pid, String name, int parent, char state, Path directory) {}

    private final Map<Integer, Entry> all = new HashMap<>();
    private final Path folder;

    private ProcessTable(Path folder) {
        this.folder = folder;
    }

    static ProcessTable of(Path folder) throws IOException {
        ProcessTable table = new ProcessTable(folder);
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) table.add(process);
        }
        return table;
    }

    private void add(Path process) {
        try {
            String stat = Files.readString(process.resolve("stat"));
            int end = stat.lastIndexOf(')');
            String[] fields = stat.substring(end + 2).split(" ", 3);
            char state = fields[0].charAt(0);
            Path directory = state == 'Z' ? null : Files.readSymbolicLink(process.resolve("cwd"));
            if (directory != null && !directory.startsWith(folder)) return;
            int pid = Integer.parseInt(process.getFileName().toString());
            String name = stat.substring(stat.indexOf('(') + 1, end);
            all.put(pid, new Entry(pid, name, Integer.parseInt(fields[1]), state, directory));
        } catch (IOException gone) {
            // It has ended, or is another user's.
        }
    }

    /** Those that work in a directory. */
    List<Entry> in(Path directory) {
        return all.values().stream()
                .filter(entry -> directory.equals(entry.directory()))
                .toList();
    }

    /** Those with a name that are no child of another with it, which would be one that is about to become its program. */
    List<Entry> named(String name) {
        return all.values().stream()
                .filter(entry -> entry.state() != 'Z' && entry.name().equals(name))
                .filter(entry -> !isNamed(entry.parent(), name))
                .toList();
    }

    private boolean isNamed(int pid, String name) {
        Entry entry = all.get(pid);
        return entry != null && entry.name().equals(name);
    }

    /** The pids of children of these that have ended and are not collected. */
    List<Integer> zombiesOf(String parent) {
        List<Integer> zombies = new ArrayList<>();
        for (Entry entry : all.values()) {
            if (entry.state() == 'Z' && isNamed(entry.parent(), parent)) zombies.add(entry.pid());
        }
        return zombies;
    }

    boolean isEmpty() {
        return all.values().stream().allMatch(entry -> entry.state() == 'Z');
    }

    List<Entry> alive() {
        return all.values().stream().filter(entry -> entry.state() != 'Z').toList();
    }
}

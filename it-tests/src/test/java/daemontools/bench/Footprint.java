package daemontools.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a process holds.
 *
 * @param proportional its memory, with pages that it shares with others divided among them (PSS)
 * @param dirty the pages that it has written (Private_Dirty, and those that a child still has in common with it): what
 *     one more of it costs
 * @param resident all pages that are in memory (RSS), its own and shared ones
 * @param descriptors the number of its open descriptors
 * @param threads the number of its threads
 */
record Footprint(int proportional, int dirty, int resident, int descriptors, int threads) {
    static Footprint of(int pid) throws IOException {
        Path process = Path.of("/proc/" + pid);
        List<String> memory = Files.readAllLines(process.resolve("smaps_rollup"));
        List<String> status = Files.readAllLines(process.resolve("status"));
        try (Stream<Path> descriptors = Files.list(process.resolve("fd"))) {
            return new Footprint(
                    value(memory, "Pss:"),
                    value(memory, "Private_Dirty:") + value(memory, "Shared_Dirty:"),
                    value(memory, "Rss:"),
                    (int) descriptors.count(),
                    value(status, "Threads:"));
        }
    }

    /** Whether a process does nothing until something comes. */
    static boolean isAsleep(int pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/status")).contains("\nState:\tS");
        } catch (IOException e) {
            return false;
        }
    }

    private static int value(List<String> lines, String key) {
        for (String line : lines) {
            if (line.startsWith(key)) return Integer.parseInt(line.replaceAll("\\D", ""));
        }
        throw new IllegalStateException("no " + key);
    }

    @Override
    public String toString() {
        return "PSS %5d kB, dirty %5d kB, RSS %5d kB, %d descriptors, %d threads"
                .formatted(proportional, dirty, resident, descriptors, threads);
    }
}

package daemontools.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Looks from outside whether all that {@link Chaos} promises holds, as often as it is asked to. */
final class ChaosWitness {
    /** Longer than what is between two passes of svscan. */
    private static final long MOST_NANOS = 8_000_000_000L;

    private final Path folder;
    private final List<ChaosService> services;
    private final Set<String> faults = new LinkedHashSet<>();
    /** What is odd, and when that was first seen: it is a fault if it lasts, as it may be on its way to be right. */
    private Map<String, Long> odd = new HashMap<>();

    private Map<String, Long> oddNow = new HashMap<>();
    private long looks;

    ChaosWitness(Path folder, List<ChaosService> services) {
        this.folder = folder;
        this.services = services;
    }

    long looks() {
        return looks;
    }

    Set<String> faults() {
        return faults;
    }

    void fault(String what) {
        if (faults.add(what)) System.out.println("FAULT: " + what);
    }

    void look() throws IOException {
        looks++;
        oddNow = new HashMap<>();
        ProcessTable table = ProcessTable.of(folder);
        oneSuperviseEach(table);
        for (int zombie : table.zombiesOf("supervise")) seemsOdd("supervise does not collect process " + zombie);
        for (int zombie : table.zombiesOf("svscan")) seemsOdd("svscan does not collect process " + zombie);
        for (ChaosService service : services) {
            String wrong = service.wrong();
            if (wrong != null) fault(service + ": " + wrong);
        }
        odd = oddNow;
    }

    /** Looks until all that is odd now would be a fault. */
    void lookForLong() throws Exception {
        long end = System.nanoTime() + MOST_NANOS + MOST_NANOS / 10;
        do {
            look();
            Thread.sleep(500);
            Posix.reap();
        } while (!odd.isEmpty() && System.nanoTime() < end);
    }

    private void seemsOdd(String what) {
        long now = System.nanoTime();
        long since = odd.getOrDefault(what, now);
        if (now - since > MOST_NANOS) fault(what);
        oddNow.put(what, since);
    }

    /** Of the supervises in a directory, only that with the lock opens the fifo. */
    private void oneSuperviseEach(ProcessTable table) {
        Map<Path, List<Integer>> working = new HashMap<>();
        for (ProcessTable.Entry supervise : table.named("supervise")) {
            if (!hasFifo(supervise)) continue;
            working.computeIfAbsent(supervise.directory(), none -> new ArrayList<>())
                    .add(supervise.pid());
        }
        working.forEach((directory, pids) -> {
            if (pids.size() > 1) seemsOdd(directory.getFileName() + " has the supervises " + pids);
        });
    }

    private static boolean hasFifo(ProcessTable.Entry supervise) {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + supervise.pid() + "/fd"))) {
            for (Path descriptor : descriptors.toList()) {
                if (Files.readSymbolicLink(descriptor).endsWith("supervise/control")) return true;
            }
        } catch (IOException gone) {
            return false;
        }
        return false;
    }
}

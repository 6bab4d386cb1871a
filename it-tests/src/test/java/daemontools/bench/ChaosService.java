package daemontools.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A service of {@link Chaos}: where it is, and what can be told of it from outside. */
final class ChaosService {
    private static final int STATUS_BYTES = 18;
    private static final int PID = 12;
    /** The lines that details always have, the first and the last of them at their places. */
    private static final List<String> ALWAYS = List.of(
            "supervise ",
            "\nstate ",
            "\npid ",
            "\nsince ",
            "\nwant ",
            "\npaused ",
            "\nfailed ",
            "\nstarts ",
            "\nends ");

    final ChaosKind kind;
    final Path directory;
    /** In the directory that svscan looks at. */
    final Path link;
    /** How often its multilog was killed. */
    int killsOfLog;

    ChaosService(ChaosKind kind, Path directory, Path link) {
        this.kind = kind;
        this.directory = directory;
        this.link = link;
    }

    Path log() {
        return directory.resolve("log");
    }

    void appear() throws IOException {
        if (!Files.isSymbolicLink(link)) Files.createSymbolicLink(link, directory);
    }

    void vanish() throws IOException {
        Files.deleteIfExists(link);
    }

    /** The pid that the status names; 0 while the service is down, or was never supervised. */
    int pid() throws IOException {
        byte[] status = status();
        if (status.length != STATUS_BYTES) return 0;
        int pid = 0;
        for (int i = PID + 3; i >= PID; i--) pid = (pid << 8) | (status[i] & 0xff);
        return pid;
    }

    private byte[] status() throws IOException {
        try {
            return Files.readAllBytes(directory.resolve("supervise/status"));
        } catch (NoSuchFileException notYet) {
            return new byte[0];
        }
    }

    /** What is wrong with the files that others read; null where nothing is. */
    String wrong() throws IOException {
        int bytes = status().length;
        if (bytes != 0 && bytes != STATUS_BYTES) return "supervise/status has " + bytes + " bytes";
        Path file = directory.resolve("supervise/details");
        if (!Files.exists(file)) return null;
        String details = Files.readString(file);
        boolean isWhole = details.endsWith("\n") && ALWAYS.stream().allMatch(details::contains);
        return isWhole ? null : "supervise/details is not whole: " + details;
    }

    /** How often one ./run found another. */
    long twice() throws IOException {
        Path marks = directory.resolve("twice");
        return Files.exists(marks) ? Files.size(marks) : 0;
    }

    // ---- the log ----

    /**
     * The bytes of lines that are in no file of its log. Each run of the service numbers its lines, so that a line is
     * missing where the next but one follows; what a run wrote last may still be on its way.
     */
    long lostBytes() throws IOException {
        Map<String, Integer> last = new HashMap<>();
        long lost = 0;
        for (Path file : logFiles()) {
            for (String line : Files.readString(file).split("\n", -1)) {
                String[] words = line.split(" ", -1);
                if (words.length != 2 || !words[1].matches("\\d{1,9}")) continue;
                int number = Integer.parseInt(words[1]);
                int before = last.getOrDefault(words[0], 0);
                if (number > before + 1) lost += (long) (number - before - 1) * (line.length() + 1);
                last.merge(words[0], number, Math::max);
            }
        }
        return lost;
    }

    private List<Path> logFiles() throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(log().resolve("main"))) {
            all.filter(file -> file.getFileName().toString().startsWith("@"))
                    .sorted(Comparator.comparing(file -> file.getFileName().toString()))
                    .forEach(files::add);
        }
        for (String newest : List.of("previous", "current")) {
            if (Files.exists(log().resolve("main").resolve(newest)))
                files.add(log().resolve("main").resolve(newest));
        }
        return files;
    }

    @Override
    public String toString() {
        return directory.getFileName().toString();
    }
}

package daemontools.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/**
 * Hostile hands on services of every kind, and a witness who looks from outside whether what README promises still
 * holds: {@code it-tests/chaos} starts it.
 */
final class Chaos {
    /** A file system of this size or less is there for us alone, and may be filled. */
    static final long MOST_OF_A_DISK_OF_OUR_OWN = 1L << 30;

    private static final String HELP = """
            usage: it-tests/chaos [--quick] [--services NUMBER] [--kills NUMBER] [--seed NUMBER] [--commands FOLDER]

            Starts 200 services of every kind under one svscan and lets hostile hands at them: kill -9 of supervise,
            ./run, multilog and its processors; commands; links and files that come and go; no more memory, no more
            descriptors, a full disk; and at last kill -9 of svscan. All the time it looks whether each service has one
            supervise and one ./run, whether its files are whole, whether a process is not collected. Then all must be up
            again, with no line of a log lost beyond 2023 bytes for each multilog that was killed, as with 0.76, and no
            daemon may have grown; and on TERM all must end. Exits 1 when something was not so.

              --services NUMBER  so many services: 200 if it is not given
              --kills NUMBER     so many processes are killed: 10,000 if it is not given
              --quick            35 services and 200 kills
              --seed NUMBER      the same acts as a run that printed this number
              --commands FOLDER  other commands than ours, such as the originals: what they fail in is told
            """;

    /** What multilog has read and not yet written when it is killed, at most (specification, section 8). */
    private static final int MOST_LOST_BYTES = 2023;

    private static final int MILLIS_BETWEEN_ACTS = 20;
    private static final int ACTS_BETWEEN_LOOKS = 5;
    private static final int SVSCANS = 5;
    private static final int TERM = 15;
    /** In kB: what a daemon's memory may vary by. */
    private static final int MOST_GROWTH = 64;

    private final Suite suite;
    private final boolean isOurs;
    private final Path folder;
    private final Path scanned;
    /** What svscan and all supervises say, outside of the disk that is filled. */
    private final Path messages;

    private final List<ChaosService> services = new ArrayList<>();
    private final ChaosHands hands;
    private final ChaosWitness witness;

    private Chaos(Suite suite, boolean isOurs, Path folder, Random random) throws IOException {
        this.suite = suite;
        this.isOurs = isOurs;
        this.folder = folder;
        this.messages = Files.createTempFile("chaos.", ".messages");
        this.scanned = Files.createDirectory(folder.resolve("scanned"));
        this.hands = new ChaosHands(suite, folder, services, random);
        this.witness = new ChaosWitness(folder, services);
    }

    /** Takes the folder of our commands, a folder to work in, then the command line. */
    public static void main(String[] words) throws Exception {
        List<String> valued = List.of("--services", "--kills", "--seed", "--commands");
        Options options = new Options(
                "chaos", HELP, List.of(), valued, Arrays.asList(words).subList(2, words.length));
        Path ours = Path.of(words[0]);
        Path commands = options.commands(options.path("--commands", ours), "executables");
        int seed = options.number("--seed", 1 + new Random().nextInt(99_999));
        System.out.println("seed " + seed);
        Set<String> faults;
        try (Scratch scratch = new Scratch(Path.of(words[1]))) {
            boolean isOurs = commands.equals(options.commands(ours, "executables"));
            Chaos chaos = new Chaos(Suite.ours(commands), isOurs, scratch.folder("chaos"), new Random(seed));
            chaos.make(options.number("--services", options.quick() ? 35 : 200));
            chaos.play(options.number("--kills", options.quick() ? 200 : 10_000));
            chaos.keepMessages();
            faults = chaos.witness.faults();
        }
        System.out.println(faults.isEmpty() ? "no fault" : faults.size() + " faults; to play it again: --seed " + seed);
        if (!faults.isEmpty()) System.exit(1);
    }

    /** What was said is kept where something was not as it should be. */
    private void keepMessages() throws IOException {
        if (witness.faults().isEmpty()) Files.delete(messages);
        else System.out.println("what svscan and supervise said: " + messages);
    }

    private void make(int count) throws IOException {
        ChaosKind[] kinds = ChaosKind.values();
        for (int i = 0; i < count; i++) {
            ChaosKind kind = kinds[i % kinds.length];
            // Without the file that says so, what is left in the background becomes more each second.
            if ((kind == ChaosKind.BACKGROUND || kind == ChaosKind.LEAVES) && !isOurs) continue;
            String name = kind.name().toLowerCase(Locale.ROOT) + i;
            services.add(new ChaosService(kind, kind.make(folder.resolve(name)), scanned.resolve(name)));
        }
        for (ChaosService service : services) service.appear();
    }

    private void play(int kills) throws Exception {
        int svscan = start();
        awaitAllUp();
        Footprint first = Footprint.of(svscan);
        Footprint supervise = largest("supervise");
        long begin = System.nanoTime();
        for (int act = 0; hands.kills() < kills; act++) {
            hands.act();
            pause();
            if (act % ACTS_BETWEEN_LOOKS == 0) witness.look();
        }
        settle();
        System.out.printf(
                "%d s: %s, %,d looks%n", (System.nanoTime() - begin) / 1_000_000_000, hands.done(), witness.looks());
        compare("svscan", first, Footprint.of(svscan));
        compare("supervise", supervise, largest("supervise"));
        end(svscan);
        readLogs();
        killSvscans();
        countTwice();
    }

    private int start() {
        String line = "exec svscan" + (isOurs ? " --stop-on-term" : "") + " 2>> " + messages;
        List<String> words = List.of("/bin/sh", "-c", line);
        return new Program(words, suite.environment(), scanned, Program.NOTHING, 0).start();
    }

    private static void pause() throws InterruptedException {
        Posix.reap();
        Thread.sleep(MILLIS_BETWEEN_ACTS);
    }

    // ---- afterwards ----

    /** The hands rest, and each service is asked to be up. */
    private void settle() throws Exception {
        hands.rest();
        for (ChaosService service : services) {
            if (service.kind == ChaosKind.EVERY_FILE) ChaosKind.restore(service.directory);
            service.appear();
        }
        awaitAllUp();
        witness.lookForLong();
    }

    private void awaitAllUp() throws Exception {
        for (ChaosService service : services) {
            await(service + " is supervised", () -> hands.isSupervised(service));
            hands.command(service, "-uc");
            await(service + " is up", () -> isUp(service));
        }
    }

    private static boolean isUp(ChaosService service) throws IOException {
        Path starts = service.directory.resolve("starts");
        if (!Files.exists(starts)) return false;
        if (service.kind != ChaosKind.CRASHES) return service.pid() != 0;
        return System.currentTimeMillis() - Files.getLastModifiedTime(starts).toMillis() < 5000;
    }

    private interface Condition {
        boolean isTrue() throws Exception;
    }

    /** What does not come about is a fault, and is waited for no longer. */
    private void await(String what, Condition condition) throws Exception {
        long end = System.nanoTime() + 90_000_000_000L;
        while (!condition.isTrue()) {
            pause();
            if (System.nanoTime() > end) {
                witness.fault("not so in 90 seconds: " + what);
                return;
            }
        }
    }

    private Footprint largest(String name) throws IOException {
        Footprint largest = null;
        for (ProcessTable.Entry entry : ProcessTable.of(folder).named(name)) {
            Footprint footprint = Footprint.of(entry.pid());
            if (largest == null || footprint.dirty() > largest.dirty()) largest = footprint;
        }
        return largest;
    }

    private void compare(String daemon, Footprint first, Footprint now) {
        System.out.printf("%-9s at the start: %s%n%-9s at the end:   %s%n", daemon, first, daemon, now);
        boolean grew = now.dirty() > first.dirty() + MOST_GROWTH || now.descriptors() > first.descriptors();
        if (grew && daemon.equals("supervise")) witness.fault(daemon + " has grown");
    }

    /** On TERM, svscan and all that it looked after end. */
    private void end(int svscan) throws Exception {
        if (!isOurs) {
            Posix.kill(svscan, Posix.KILL);
            for (ChaosService service : services) hands.command(service, "-dxk");
            for (ChaosService service : services) hands.exitLog(service);
        } else {
            Posix.kill(svscan, TERM);
        }
        await("all have ended", () -> ProcessTable.of(folder).isEmpty());
        for (ProcessTable.Entry left : ProcessTable.of(folder).alive()) System.out.println("left: " + left);
    }

    private void readLogs() throws IOException {
        long lost = 0;
        int kills = 0;
        for (ChaosService service : services) {
            if (service.kind != ChaosKind.LOGGED) continue;
            long bytes = service.lostBytes();
            lost += bytes;
            kills += service.killsOfLog;
            if (bytes > (long) service.killsOfLog * MOST_LOST_BYTES) {
                witness.fault(service + " has lost " + bytes + " bytes of its log in " + service.killsOfLog + " kills");
            }
        }
        System.out.printf("logs: %d bytes lost in %d kills of multilog%n", lost, kills);
    }

    /** Whoever comes after a svscan that was killed finds supervises at work, and leaves them to it. */
    private void killSvscans() throws Exception {
        for (int i = 0; i < SVSCANS; i++) {
            int svscan = start();
            awaitAllUp();
            for (int look = 0; look < ACTS_BETWEEN_LOOKS; look++) {
                hands.killSupervises();
                pause();
                witness.look();
            }
            awaitAllUp();
            Posix.kill(svscan, Posix.KILL);
        }
    }

    private void countTwice() throws IOException {
        long all = 0;
        for (ChaosService service : services) {
            all += service.twice();
            if (service.twice() > 0) witness.fault(service + " ran twice, " + service.twice() + " times");
        }
        System.out.println("a second ./run beside the first: " + all + " times");
    }
}

package daemontools.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Lets daemons work as much as they do in years and looks whether they take more of the machine than at their start:
 * {@code it-tests/soak} starts it. What is measured is the image that users run, with libc functions that let pauses
 * pass at once, so that a service can be restarted more than once a second.
 */
final class Soak {
    private static final String HELP = """
            usage: it-tests/soak [--only supervise|multilog|svscan|limits...] [--quick]

            Lets a supervise restart its service 100,000 times, a multilog take 10 GB and a svscan see 5,000 logged
            services come and go, and compares memory, descriptors and threads at the start, after 1 %, 10 % and all
            of it. Then, as "limits", a tenth of that again by a supervise and a multilog that get no more memory than
            they have at the start. Exits 1 when one of them grew.

              --quick   a hundredth of the work
            """;

    /** When daemons are looked at: at the start, which is after a first piece of work, and at these parts of it all. */
    private static final List<Integer> PERCENTS = List.of(1, 10, 100);

    private static final int RESTARTS = 100_000;
    private static final int MEGABYTES = 10_000;
    private static final int COMINGS_AND_GOINGS = 5_000;
    private static final int SERVICES_AT_ONCE = 10;
    /** In kB: the room that a garbage collector may take to work in, and what a daemon without garbage may vary by. */
    private static final int COLLECTED = 256;

    private static final int WITHOUT_GARBAGE = 16;

    private static final int LOOKS = 1000;
    /** Of all the work, the part that is done with memory at its limit. */
    private static final int LIMITED = 10;

    private final Suite suite;
    private final Scratch scratch;
    private final Suite withoutPauses;
    private int divisor;
    /** Whether daemons get no more memory than they have when they are looked at first. */
    private boolean limited;

    private boolean grown;

    private Soak(Suite suite, Suite withoutPauses, Scratch scratch, boolean quick) {
        this.suite = suite;
        this.scratch = scratch;
        this.withoutPauses = withoutPauses;
        this.divisor = quick ? 100 : 1;
    }

    /** Takes the folder of the commands, that of the same ones without pauses, then the command line. */
    public static void main(String[] words) throws Exception {
        List<String> names = List.of("supervise", "multilog", "svscan", "limits");
        Options options =
                new Options("soak", HELP, names, List.of(), Arrays.asList(words).subList(2, words.length));
        Suite suite = Suite.ours(options.commands(Path.of(words[0]), "executables of ours"));
        Suite withoutPauses = Suite.ours(options.commands(Path.of(words[1]), "executables without pauses"));
        boolean grown;
        try (Scratch scratch = new Scratch(Path.of("/dev/shm"))) {
            Soak soak = new Soak(suite, withoutPauses, scratch, options.quick());
            if (options.wants("supervise")) soak.supervise();
            if (options.wants("multilog")) soak.multilog();
            if (options.wants("svscan")) soak.svscan();
            if (options.wants("limits")) soak.limits();
            grown = soak.grown;
        }
        if (grown) System.exit(1);
    }

    /** The footprints of one daemon, told as they are taken; the first is what the others are compared with. */
    private final class Course {
        private final String daemon;
        private final int pid;
        private final int mostGrowth;
        private final Footprint first;

        Course(String daemon, int pid, int mostGrowth) throws Exception {
            this.daemon = daemon;
            this.pid = pid;
            this.mostGrowth = mostGrowth;
            first = Footprint.of(pid);
            tell(limited ? "at the start, now its limit" : "at the start", first, "");
            if (limited) forbidGrowth(pid);
        }

        void look(String when) throws Exception {
            Footprint now = Footprint.of(pid);
            for (int look = 0; look < LOOKS && now.descriptors() > first.descriptors(); look++) {
                Thread.sleep(1); // one that is open for a moment, such as a directory's, is no growth
                now = Footprint.of(pid);
            }
            boolean more = now.dirty() > first.dirty() + mostGrowth
                    || now.descriptors() > first.descriptors()
                    || now.threads() > first.threads();
            tell(when, now, more ? "  GREW" : "");
            grown |= more;
        }

        private void tell(String when, Footprint footprint, String remark) {
            System.out.printf("%-10s %-28s %s%s%n", daemon, when, footprint, remark);
        }
    }

    /** Its address space becomes no larger than it is. */
    private static void forbidGrowth(int pid) throws Exception {
        String status = Files.readString(Path.of("/proc/" + pid + "/status"));
        long kilobytes = Long.parseLong(status.replaceFirst("(?s).*VmSize:\\s+(\\d+) kB.*", "$1"));
        String limit = "--as=" + kilobytes * 1024 + ":";
        int code =
                new ProcessBuilder("prlimit", limit, "--pid", "" + pid).start().waitFor();
        if (code != 0) throw new IllegalStateException("no limit for " + pid);
    }

    private Program withoutPauses(String line, Path directory, String operand) {
        List<String> words = withoutPauses.words(line).orElseThrow();
        words.add(operand);
        return new Program(words, withoutPauses.environment(), directory, Program.NOTHING, 0);
    }

    private void limits() throws Exception {
        limited = true;
        divisor *= LIMITED;
        supervise();
        multilog();
    }

    private void supervise() throws Exception {
        int restarts = RESTARTS / divisor;
        Path folder = scratch.folder("supervise");
        Path starts = folder.resolve("starts");
        Path service = Scratch.service(folder.resolve("service"), "echo >> " + starts);
        int pid = withoutPauses("supervise", folder, service.toString()).start();
        Scratch.await("a first start", () -> starts.toFile().length() > 0);
        Course course = new Course("supervise", pid, WITHOUT_GARBAGE);
        for (int percent : PERCENTS) {
            long goal = (long) restarts * percent / 100;
            while (starts.toFile().length() < goal) Thread.sleep(1);
            course.look("%,d restarts".formatted(goal));
        }
        scratch.clear();
    }

    private void multilog() throws Exception {
        long bytes = MEGABYTES / divisor * 1_000_000L;
        Path folder = scratch.folder("multilog");
        Path input = folder.resolve("input");
        Posix.mkfifo(input.toString());
        int pid = suite.reader("multilog t s1000000 n5 !cat ./main", folder, input)
                .orElseThrow()
                .start();
        byte[] lines = ("x".repeat(99) + "\n").repeat(640).getBytes(StandardCharsets.US_ASCII);
        try (OutputStream out = Files.newOutputStream(input)) {
            out.write(lines);
            Scratch.await("a quiet multilog", () -> Footprint.isAsleep(pid));
            Course course = new Course("multilog", pid, WITHOUT_GARBAGE);
            long written = 0;
            for (int percent : PERCENTS) {
                for (; written < bytes * percent / 100; written += lines.length) out.write(lines);
                Scratch.await("a quiet multilog", () -> Footprint.isAsleep(pid));
                course.look("%,d MB".formatted(written / 1_000_000));
            }
        }
        scratch.clear();
    }

    private void svscan() throws Exception {
        int rounds = COMINGS_AND_GOINGS / SERVICES_AT_ONCE / divisor;
        Path folder = scratch.folder("svscan");
        Path scanned = scratch.folder("svscan/scanned");
        List<Path> services = new ArrayList<>();
        for (int i = 0; i < SERVICES_AT_ONCE; i++) {
            Path service = Scratch.service(folder.resolve("s" + i), "exec sleep 100000");
            services.add(service);
            services.add(Scratch.service(service.resolve("log"), "exec sleep 100000"));
        }
        List<String> exit = new ArrayList<>(suite.words("svc -dx").orElseThrow());
        services.forEach(service -> exit.add(service.toString()));
        Program svc = new Program(exit, suite.environment(), folder, Program.NOTHING, 0);

        int pid = withoutPauses("svscan", folder, scanned.toString()).start();
        ProcessHandle svscan = ProcessHandle.of(pid).orElseThrow();
        Scratch.await("a first pass", () -> worksIn(scanned, pid));
        Course course = new Course("svscan", pid, COLLECTED);
        int done = 0;
        for (int percent : PERCENTS) {
            if (rounds * percent < 100) continue;
            for (; done < rounds * percent / 100; done++) comeAndGo(svscan, scanned, services, svc);
            course.look("%,d services came and went".formatted(done * SERVICES_AT_ONCE));
        }
        scratch.clear();
    }

    /** One round: links appear, all supervises run, links vanish, all supervises end, and svscan has closed the pipes. */
    private static void comeAndGo(ProcessHandle svscan, Path scanned, List<Path> services, Program svc)
            throws Exception {
        Path descriptors = Path.of("/proc/" + svscan.pid() + "/fd");
        int before = count(descriptors);
        for (int i = 0; i < services.size(); i += 2) {
            Files.createSymbolicLink(scanned.resolve("s" + i), services.get(i));
        }
        for (Path service : services) {
            Scratch.await("a supervise", () -> isSupervised(service));
        }
        for (int i = 0; i < services.size(); i += 2) Files.delete(scanned.resolve("s" + i));
        svc.nanos();
        Scratch.await("the supervises' end", () -> svscan.children().findAny().isEmpty());
        Scratch.await("the pipes' end", () -> count(descriptors) <= before);
        for (Path service : services) Files.delete(service.resolve("supervise/status"));
    }

    private static boolean worksIn(Path folder, int pid) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/" + pid + "/cwd")).equals(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isSupervised(Path service) {
        return Files.exists(service.resolve("supervise/status"));
    }

    private static int count(Path folder) {
        String[] names = folder.toFile().list();
        return names == null ? 0 : names.length;
    }
}

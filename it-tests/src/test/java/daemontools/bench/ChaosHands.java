package daemontools.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What {@link Chaos} does to services and to those who look after them, one act at a time, at random. */
final class ChaosHands {
    /** The acts; each as often as its weight says. */
    enum Act {
        KILL_RUN(8),
        KILL_SUPERVISE(8),
        KILL_LOGGER(3),
        KILL_PROCESSOR(3),
        COMMAND(12),
        TAKE_LINK(2),
        CHANGE_FILE(4),
        NO_MORE_MEMORY(2),
        NO_MORE_DESCRIPTORS(2),
        FILL_DISK(1);

        private final int weight;

        Act(int weight) {
            this.weight = weight;
        }

        private boolean suits(ChaosKind kind) {
            return switch (this) {
                case KILL_SUPERVISE -> kind.outlivesSupervise();
                case KILL_LOGGER, KILL_PROCESSOR -> kind == ChaosKind.LOGGED;
                case CHANGE_FILE -> kind == ChaosKind.EVERY_FILE;
                default -> true;
            };
        }
    }

    /** Those of svc but x, which would take supervise's place away. */
    private static final List<String> COMMANDS = List.of(
            "-u",
            "-d",
            "-o",
            "-p",
            "-c",
            "-h",
            "-a",
            "-i",
            "-t",
            "-k",
            "-q",
            "-1",
            "-2",
            "-w",
            "--restart",
            "--reload");

    private final Suite suite;
    private final Path folder;
    /** Takes what is left of a disk. */
    private final Path filler;

    private final List<ChaosService> services;
    private final Random random;
    private final Map<Act, Integer> done = new EnumMap<>(Act.class);
    /** What takes back what an act took away. */
    private final List<Undo> undos = new ArrayList<>();

    private interface Step {
        void run() throws Exception;
    }

    private record Undo(long when, Step step) {}

    ChaosHands(Suite suite, Path folder, List<ChaosService> services, Random random) {
        this.suite = suite;
        this.folder = folder;
        this.filler = folder.resolve("filler");
        this.services = services;
        this.random = random;
    }

    int kills() {
        int kills = 0;
        for (Act act : List.of(Act.KILL_RUN, Act.KILL_SUPERVISE, Act.KILL_LOGGER, Act.KILL_PROCESSOR)) {
            kills += done.getOrDefault(act, 0);
        }
        return kills;
    }

    Map<Act, Integer> done() {
        return done;
    }

    /** Does one thing, and takes back what is due. */
    void act() throws Exception {
        takeBack(System.nanoTime());
        Act act = choose();
        ChaosService service = victim(act);
        if (act(act, service)) done.merge(act, 1, Integer::sum);
    }

    /** Takes back everything. */
    void rest() throws Exception {
        takeBack(Long.MAX_VALUE);
    }

    private void takeBack(long now) throws Exception {
        for (Undo undo : List.copyOf(undos)) {
            if (now != Long.MAX_VALUE && undo.when() - now > 0) continue;
            undos.remove(undo);
            undo.step().run();
        }
    }

    private void later(int mostMillis, Step step) {
        undos.add(new Undo(System.nanoTime() + 1_000_000L * (100 + random.nextInt(mostMillis)), step));
    }

    private Act choose() {
        int sum = 0;
        for (Act act : Act.values()) sum += act.weight;
        int at = random.nextInt(sum);
        for (Act act : Act.values()) {
            at -= act.weight;
            if (at < 0) return act;
        }
        throw new IllegalStateException();
    }

    /** One that it can be done to. */
    private ChaosService victim(Act act) {
        ChaosService service;
        do service = services.get(random.nextInt(services.size()));
        while (!act.suits(service.kind));
        return service;
    }

    /** Whether there was anything to do it to. */
    private boolean act(Act act, ChaosService service) throws Exception {
        return switch (act) {
            case KILL_RUN -> kill(service.pid());
            case KILL_SUPERVISE -> kill(pid(service.directory, "supervise"));
            case KILL_LOGGER -> killLogger(service);
            case KILL_PROCESSOR -> kill(logger(service, "sleep")) || kill(logger(service, "sh"));
            case COMMAND -> command(service, COMMANDS.get(random.nextInt(COMMANDS.size())));
            case TAKE_LINK -> takeLink(service);
            case CHANGE_FILE -> changeFile(service);
            case NO_MORE_MEMORY -> limitMemory(daemon(service));
            case NO_MORE_DESCRIPTORS -> limitDescriptors(service);
            case FILL_DISK -> fillDisk();
        };
    }

    private boolean kill(int pid) {
        if (pid > 0) Posix.kill(pid, Posix.KILL);
        return pid > 0;
    }

    private boolean killLogger(ChaosService service) throws IOException {
        boolean isThere = kill(logger(service, "multilog"));
        if (isThere) service.killsOfLog++;
        return isThere;
    }

    /** svscan, or the supervise or the multilog of a service. */
    private int daemon(ChaosService service) throws IOException {
        if (service.kind == ChaosKind.LOGGED && random.nextBoolean()) return logger(service, "multilog");
        return pid(service.directory, "supervise");
    }

    /** multilog works where its files are. */
    private int logger(ChaosService service, String name) throws IOException {
        return pid(service.log().resolve("main"), name);
    }

    /** The oldest process of this name that works in a directory; 0 for none. */
    private int pid(Path directory, String name) throws IOException {
        if (!Files.exists(directory)) return 0;
        return ProcessTable.of(folder).in(directory).stream()
                .filter(entry -> entry.name().equals(name))
                .mapToInt(ProcessTable.Entry::pid)
                .min()
                .orElse(0);
    }

    boolean isSupervised(ChaosService service) {
        return run("svok", service.directory.toString());
    }

    void exitLog(ChaosService service) {
        run("svc", "-dx", service.log().toString());
    }

    /** Kills the supervise of each service that may lose it. */
    void killSupervises() throws IOException {
        for (ChaosService service : services) {
            if (service.kind.outlivesSupervise()) kill(pid(service.directory, "supervise"));
        }
    }

    boolean command(ChaosService service, String command) {
        return run("svc", command, service.directory.toString());
    }

    private boolean takeLink(ChaosService service) throws IOException {
        service.vanish();
        later(8000, service::appear);
        return true;
    }

    private boolean changeFile(ChaosService service) throws IOException {
        if (Files.exists(filler)) return false;
        ChaosKind.change(service.directory, ChaosKind.changeable(random.nextInt(100)));
        return true;
    }

    private static long addressSpace(int pid) throws IOException {
        try {
            String[] pages =
                    Files.readString(Path.of("/proc/" + pid + "/statm")).split(" ", -1);
            return Long.parseLong(pages[0]) * 4096;
        } catch (java.nio.file.NoSuchFileException gone) {
            return 0;
        }
    }

    private boolean limitMemory(int pid) throws Exception {
        return limit(pid, "--as=" + addressSpace(pid) + ":", "--as=unlimited:");
    }

    /** Who may open nothing cannot note whom it has started, for the next supervise to take over. */
    private boolean limitDescriptors(ChaosService service) throws Exception {
        return !service.kind.outlivesSupervise() && limit(daemon(service), "--nofile=3:", "--nofile=1024:");
    }

    private boolean limit(int pid, String limit, String none) throws Exception {
        if (pid == 0 || limit.startsWith("--as=0:") || !run("prlimit", "--pid", "" + pid, limit)) return false;
        later(2000, () -> run("prlimit", "--pid", "" + pid, none));
        return true;
    }

    /** Where the folder is a file system of its own, which it is where it may be mounted. */
    private boolean fillDisk() throws Exception {
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free > Chaos.MOST_OF_A_DISK_OF_OUR_OWN) return false;
        later(1000, () -> Files.deleteIfExists(filler));
        return run("fallocate", "-l", "" + free, filler.toString());
    }

    private boolean run(String... words) {
        List<String> line = new ArrayList<>(List.of("/usr/bin/env"));
        line.addAll(List.of(words));
        return Posix.await(new Program(line, suite.environment(), folder, Program.NOTHING, 0).start()) == 0;
    }
}

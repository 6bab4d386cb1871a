package daemontools.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A number of services that tell when they run, for scanners or for supervisors of their own. */
final class Services {
    private final Suite suite;
    private final Path folder;
    private final Path started;
    private final List<Path> scanned = new ArrayList<>();
    private final List<Path> services = new ArrayList<>();

    /** Makes the service directories: as many in a folder as one scanner takes. */
    Services(Suite suite, Path folder, int count) throws IOException {
        this(suite, folder, count, false);
    }

    /** @param askForAll whether they have every file that ours reads */
    Services(Suite suite, Path folder, int count, boolean askForAll) throws IOException {
        this.suite = suite;
        this.folder = folder;
        started = Files.createFile(folder.resolve("started"));
        Path never = folder.resolve("never");
        Posix.mkfifo(never.toString());
        for (int i = 0; i < count; i++) {
            if (i % suite.servicesOfAScanner() == 0) scanned.add(folder.resolve("services" + scanned.size()));
            Path service = scanned.getLast().resolve("s" + i);
            // One line in a file when it runs, and then nothing for ever.
            services.add(Scratch.service(service, "echo >> " + started + "; read never <> " + never));
            if (askForAll) Scratch.askForAll(service);
        }
    }

    /** Starts a service of each suite, named after it, and returns when it is supervised. */
    static void oneEach(List<Suite> suites, Path folder) throws IOException, InterruptedException {
        for (Suite suite : suites) {
            Path own = Scratch.service(folder.resolve(suite.name()), "exec sleep 100000");
            suite.program("supervise SERVICE", folder, own.toString())
                    .orElseThrow()
                    .start();
            Scratch.await(suite + " supervises", () -> Files.exists(own.resolve("supervise/status")));
        }
    }

    /** Starts the scanners, returns their pids when all services run. */
    List<Integer> scan() throws InterruptedException {
        return run("svscan SERVICES", scanned);
    }

    /** Starts a supervisor for each service, returns their pids when all services run. */
    List<Integer> supervise() throws InterruptedException {
        return run("supervise SERVICE", services);
    }

    private List<Integer> run(String line, List<Path> operands) throws InterruptedException {
        List<Program> programs = operands.stream()
                .map(operand -> suite.program(line, folder, operand.toString()).orElseThrow())
                .toList();
        List<Integer> pids = programs.stream().map(Program::start).toList();
        Scratch.await(
                services.size() + " services of " + suite,
                () -> started.toFile().length() == services.size());
        return pids;
    }
}

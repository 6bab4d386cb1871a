package daemontools.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * A folder of this run, and all that runs in it. A process is known to be ours by its working directory, which lies in
 * here: every daemon's does, and every service's.
 */
final class Scratch implements AutoCloseable {
    private static final long MOST_MILLIS = 120_000;

    /** The shortest back-off, and so many deaths that none is the last. */
    private static final Map<String, String> SETTINGS = Map.of(
            "notification-fd", "3",
            "liveness", "600000",
            "back-off", "1",
            "max-deaths", "1000 1",
            "timeout-finish", "5000",
            "timeout-kill", "5000",
            "down-signal", "TERM",
            "reload-signal", "HUP");

    private final Path folder;

    /** @param parent where the folder is made */
    Scratch(Path parent) throws IOException {
        folder = Files.createTempDirectory(parent, "daemontools-bench.").toRealPath();
        Posix.adoptOrphans();
        Runtime.getRuntime().addShutdownHook(new Thread(this::clear));
    }

    /** A new folder in here. */
    Path folder(String name) throws IOException {
        return Files.createDirectories(folder.resolve(name));
    }

    /** Writes a service directory whose {@code run} is a shell script. */
    static Path service(Path directory, String script) throws IOException {
        Files.createDirectories(directory);
        Path run = Files.writeString(directory.resolve("run"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxr-xr-x"));
        return directory;
    }

    /** Has a service directory ask for all that ours can do beyond 0.76; 0.76 does not look at these files. */
    static void askForAll(Path service) throws IOException {
        for (String file : List.of("notification-socket", "process-group", "orphanage", "adopt")) {
            Files.createFile(service.resolve(file));
        }
        SETTINGS.forEach((file, content) -> write(service.resolve(file), content + "\n"));
        for (String script : List.of("finish", "check")) {
            Path file = Files.writeString(service.resolve(script), "#!/bin/sh\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private static void write(Path file, String content) {
        try {
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until something is so. */
    static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.currentTimeMillis() + MOST_MILLIS;
        while (!condition.getAsBoolean()) {
            if (System.currentTimeMillis() > end) throw new IllegalStateException("waited in vain: " + what);
            Thread.sleep(1);
        }
    }

    /** Ends all processes in here and removes what they left. */
    synchronized void clear() {
        endProcesses();
        delete(folder);
        endProcesses(); // also one that was started in the meantime; from now on there is no folder to start one in
    }

    private void endProcesses() {
        for (List<Integer> running = processes(); !running.isEmpty(); running = processes()) {
            for (int pid : running) Posix.kill(pid, Posix.KILL);
            Posix.reap();
        }
        Posix.reap();
    }

    /** Deletes a folder with all that is in it. */
    static void delete(Path folder) {
        if (Files.notExists(folder)) return;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Supervisors before services where pids tell, so that few are started again just to be ended. */
    private List<Integer> processes() {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.map(ProcessHandle::pid)
                    .sorted()
                    .map(Long::intValue)
                    .filter(this::runsHere)
                    .toList();
        }
    }

    private boolean runsHere(int pid) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/" + pid + "/cwd")).startsWith(folder);
        } catch (IOException e) {
            return false; // ended, or another user's
        }
    }

    @Override
    public void close() {
        clear();
    }
}

package daemontools.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * A folder of this run, and all that runs in it. A process is known to be ours by its working directory, which lies in
 * here: every daemon's does, and every service's.
 */
final class Scratch implements AutoCloseable {
    private static final long MOST_MILLIS = 120_000;

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

package daemontools.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A scratch folder in which commands of one form are run, as a user at a shell would run them: the form's folder comes
 * first in PATH. Closing it ends every process whose working directory lies in the folder, and removes it.
 */
final class Stage implements AutoCloseable {
    private static final long LONGEST_RUN_SECONDS = 120;
    /** A process that is being started holds what is open for writing, and such a file cannot be executed. */
    private static final Object NO_START_WHILE_WRITING = new Object();

    private final Commands commands;
    private final Path folder;
    private final List<Process> started = new ArrayList<>();
    private final StringBuilder transcript = new StringBuilder();
    private int runs;

    Stage(Commands commands) throws IOException {
        this.commands = commands;
        this.folder = Files.createTempDirectory("daemontools-it").toRealPath();
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    Commands commands() {
        return commands;
    }

    Path folder() {
        return folder;
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    // ---- files ----

    Path write(String name, String content) throws IOException {
        Path file = path(name);
        Files.createDirectories(file.getParent());
        synchronized (NO_START_WHILE_WRITING) {
            return Files.writeString(file, content, ISO_8859_1);
        }
    }

    String read(String name) throws IOException {
        return Files.readString(path(name), ISO_8859_1);
    }

    /** An executable shell script. */
    Path script(String name, String lines) throws IOException {
        Path file = write(name, "#!/bin/sh\n" + lines + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file;
    }

    /** A service directory with a run script, complete as soon as svscan may see it; returns its name. */
    String service(String name, String run) throws IOException {
        if (Files.exists(path(name))) {
            script(name + "/run", run);
        } else {
            script(".new/run", run);
            Files.createDirectories(path(name).getParent());
            Files.move(path(".new"), path(name));
        }
        return name;
    }

    // ---- runs ----

    /** Runs a shell script to its end, with the form's commands first in PATH, and nothing else in the environment. */
    Result sh(String script) throws Exception {
        return run("/bin/sh", "-c", script);
    }

    /** Runs a program of a path, or a command of the form, to its end. */
    Result run(String... words) throws Exception {
        Path out = path(".out." + ++runs);
        Path err = path(".err." + runs);
        Process process = start(out, err, words);
        if (!process.waitFor(LONGEST_RUN_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new AssertionError("still running after " + LONGEST_RUN_SECONDS + " s: " + String.join(" ", words));
        }
        Result result =
                new Result(Files.readString(out, ISO_8859_1), Files.readString(err, ISO_8859_1), process.exitValue());
        Files.delete(out);
        Files.delete(err);
        return result;
    }

    /** Starts a program in the background; what it prints goes to the files {@code NAME.out} and {@code NAME.err}. */
    Process start(String name, String... words) throws IOException {
        Process process = start(path(name + ".out"), path(name + ".err"), words);
        started.add(process);
        return process;
    }

    private Process start(Path out, Path err, String... words) throws IOException {
        List<String> line = new ArrayList<>(List.of(words));
        if (line.getFirst().indexOf('/') < 0) {
            line.set(0, commands.path(line.getFirst()).toString());
        }
        ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", commands.folder() + ":/usr/bin:/bin:/usr/sbin:/sbin"));
        builder.redirectInput(new File("/dev/null"))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        synchronized (NO_START_WHILE_WRITING) {
            return builder.start();
        }
    }

    /** Skips the test where another account has no way to the commands. */
    void assumeMayBeRunBy(String account) throws Exception {
        Result run = sh("chmod 755 .; setuidgid " + account + " tai64n < /dev/null");
        assumeTrue(run.code() == 0, account + " can't run the commands: " + run.err());
    }

    // ---- supervised services ----

    /** Starts supervise on a service directory and waits until svok finds it. */
    Process supervise(String service) throws Exception {
        Process process = start(service.replace('/', '_'), "supervise", service);
        awaitSupervised(service);
        return process;
    }

    void awaitSupervised(String service) throws Exception {
        Await.until("supervise runs in " + service, () -> run("svok", service).code() == 0);
    }

    /** Waits until supervise, started by this stage, has done what it was asked for, and its status is written. */
    static void awaitIdle(Process supervise) throws Exception {
        Await.until("supervise waits for commands", () -> Kernel.isIdleSupervise(supervise.pid()));
    }

    /** svstat's text about a service, without its name. */
    String svstat(String service) throws Exception {
        String line = run("svstat", service).out();
        return line.substring(line.indexOf(": ") + 2).stripTrailing();
    }

    /** Waits until svstat's text matches a regular expression as a whole, and returns it. */
    String awaitStatus(String service, String expression) throws Exception {
        String[] last = new String[1];
        try {
            Await.until("status of " + service, () -> {
                last[0] = svstat(service);
                return last[0].matches(expression);
            });
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + " is " + last[0] + ", wanted " + expression, e);
        }
        return last[0];
    }

    /** The pid of a service that is up, as svstat tells it. */
    long pid(String service) throws Exception {
        String text = awaitStatus(service, "up \\(pid \\d+\\).*");
        return Long.parseLong(text.substring("up (pid ".length(), text.indexOf(')')));
    }

    void awaitContent(String file, String expression) throws Exception {
        Await.until(file + " holds " + expression, () -> {
            return Files.exists(path(file)) && read(file).matches("(?s)" + expression);
        });
    }

    // ---- the transcript that is compared ----

    /** Adds to what this scenario is compared by. */
    void note(Object observed) {
        transcript.append(observed).append('\n');
    }

    String transcript() {
        return transcript.toString();
    }

    // ---- the end ----

    @Override
    public void close() throws IOException {
        for (Process process : started) process.destroyForcibly().onExit().join();
        List<ProcessHandle> left = List.of();
        do {
            left.forEach(process -> process.destroyForcibly());
            left = ProcessHandle.allProcesses().filter(this::worksHere).toList();
        } while (!left.isEmpty());
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }

    private boolean worksHere(ProcessHandle process) {
        try {
            Path directory = Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/cwd"));
            return directory.startsWith(folder);
        } catch (IOException gone) {
            return false;
        }
    }
}

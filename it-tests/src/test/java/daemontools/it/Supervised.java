package daemontools.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A service of a stage with files that ask for more than 0.76, and what its supervise tells in {@code supervise/details}. */
final class Supervised {
    private final Stage stage;
    private final String name;
    private Process supervise;

    Supervised(Stage stage, String name) {
        this.stage = stage;
        this.name = name;
    }

    /** Writes a file of the service directory. */
    Supervised with(String file, String content) throws IOException {
        stage.write(name + "/" + file, content);
        return this;
    }

    /** Writes an executable one. */
    Supervised withScript(String file, String lines) throws IOException {
        stage.script(name + "/" + file, lines);
        return this;
    }

    /** Starts a supervise, which keeps details from its start on. */
    Supervised start() throws Exception {
        Files.createDirectories(stage.path(name + "/supervise"));
        stage.write(name + "/supervise/details", "");
        supervise = stage.supervise(name);
        return this;
    }

    /** Starts another where the last one was killed. */
    Supervised startAgain() throws Exception {
        supervise = stage.supervise(name);
        return this;
    }

    /** A supervise that was started by other means. */
    void is(Process started) {
        supervise = started;
    }

    Process supervise() {
        return supervise;
    }

    void send(String bytes) throws Exception {
        Files.writeString(stage.path(name + "/supervise/control"), bytes);
    }

    Map<String, String> details() throws IOException {
        return stage.read(name + "/supervise/details")
                .lines()
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf(' ')), line -> line.substring(line.indexOf(' ') + 1)));
    }

    String detail(String of) throws IOException {
        return details().getOrDefault(of, "absent");
    }

    long number(String of) throws IOException {
        return Long.parseLong(details().getOrDefault(of, "-1"));
    }

    /** Waits until lines of the details are these: {@code name value}, each. */
    Supervised await(String... lines) throws Exception {
        try {
            Await.until(
                    "details hold " + List.of(lines),
                    () -> stage.read(name + "/supervise/details")
                            .lines()
                            .toList()
                            .containsAll(List.of(lines)));
        } catch (AssertionError e) {
            throw new AssertionError(
                    e.getMessage() + "\n" + stage.read(name + "/supervise/details") + stage.read(name + ".err"), e);
        }
        return this;
    }

    /** Waits until a counter has come to a number. */
    Supervised awaitCount(String of, long least) throws Exception {
        Await.until(of + " is " + least, () -> number(of) >= least);
        return this;
    }

    long pid() throws Exception {
        return stage.pid(name);
    }

    String errors() throws IOException {
        return stage.read(name + ".err");
    }

    /** The pids of the processes that work in the service directory, but supervise. */
    List<Long> processes() throws Exception {
        Path folder = stage.path(name);
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.map(ProcessHandle::pid)
                    .filter(pid -> pid != supervise.pid() && Kernel.state(pid) != 'Z' && worksIn(folder, pid))
                    .sorted()
                    .toList();
        }
    }

    private static boolean worksIn(Path folder, long pid) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/" + pid + "/cwd")).equals(folder);
        } catch (IOException gone) {
            return false;
        }
    }
}

package daemontools.doctor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A service directory as the checks see it; what several of them need is read once. */
final class Service {
    private final String path;
    private final boolean logged;
    private final List<String> names;
    private final @Nullable RunFile run;
    private final @Nullable ShellScript script;
    private final @Nullable Launch launch;

    private Service(String path, boolean logged, List<String> names, @Nullable RunFile run) {
        this.path = path;
        this.logged = logged;
        this.names = names;
        this.run = run;
        // With carriage returns or a byte order mark nothing in it means what it seems to.
        boolean isReadable = run != null && run.isShellScript() && !run.hasCarriageReturns();
        this.script = run != null && isReadable ? ShellReader.read(run.text()) : null;
        this.launch = script == null ? null : launch(script.last());
    }

    /**
     * Reads what there is to see.
     *
     * @param path the service directory
     * @param logged whether its standard output goes to the service in its directory {@code log}
     * @return null where the directory cannot be read
     */
    static @Nullable Service read(Files files, String path, boolean logged) {
        List<String> names = files.names(path);
        return names == null ? null : new Service(path, logged, names, RunFile.read(files, path + "/run"));
    }

    private static @Nullable Launch launch(@Nullable ShellCommand last) {
        if (last == null || last.words().isEmpty()) return null;
        // A shell's own options of exec are not known to all of them.
        int start = last.isExec() ? 1 : 0;
        if (last.words().get(start).startsWith("-")) return null;
        return Launch.of(last.words().subList(start, last.words().size()));
    }

    String path() {
        return path;
    }

    String path(String name) {
        return path + "/" + name;
    }

    boolean isLogged() {
        return logged;
    }

    /** The names of the files in it, sorted. */
    List<String> names() {
        return names;
    }

    boolean has(String name) {
        return names.contains(name);
    }

    /** The file {@code run}, null where there is none, or it cannot be read. */
    @Nullable
    RunFile run() {
        return run;
    }

    /** What {@code run} says, null where it is no shell script, or not understood. */
    @Nullable
    ShellScript script() {
        return script;
    }

    /** What the script ends with, null where that is no simple command. */
    @Nullable
    Launch launch() {
        return launch;
    }
}

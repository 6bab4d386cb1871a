package daemontools.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A kind of service that {@link Chaos} plays with: its run script, and the other files of its directory. */
enum ChaosKind {
    PLAIN("exec sleep 100000"),
    LOGGED("""
            i=0
            while :; do
              for n in 1 2 3 4 5 6 7 8 9 10; do i=$((i+1)); echo "$$ $i"; done
              sleep 0.5 9>&-
            done"""),
    EVERY_FILE("echo >&3; trap 'exit 3' TERM; while :; do sleep 1 9>&- 3>&-; done"),
    ADOPTED("exec sleep 100000"),
    LEAVES("(sleep 100000 9>&- &); setsid sh -c 'exec 9>&-; trap \"\" TERM; sleep 100000' & sleep 1 9>&-"),
    BACKGROUND("(exec 9>&-; setsid sleep 100000 &); exit 0"),
    CRASHES("sleep 0.2 9>&-; exit 1"),
    HANGS("trap '' TERM INT HUP; while :; do sleep 1 9>&-; done");

    /**
     * Whoever comes while another of the same service runs, leaves a mark; each leaves one that it came. What a
     * killed one has just started may have its lock for a moment.
     */
    private static final String NOT_TWICE =
            "exec 9> alone; flock -w 3 9; [ $? != 1 ] || echo >> twice; echo >> starts\n";

    private static final Map<String, String> EVERY = new LinkedHashMap<>();

    static {
        EVERY.put("timeout-kill", "500");
        EVERY.put("timeout-finish", "500");
        EVERY.put("down-signal", "TERM");
        EVERY.put("reload-signal", "USR1");
        EVERY.put("notification-fd", "3");
        EVERY.put("notification-socket", "");
        EVERY.put("liveness", "60000");
        EVERY.put("back-off", "4000");
        EVERY.put("max-deaths", "1000 1000");
        EVERY.put("process-group", "");
        EVERY.put("orphanage", "");
        EVERY.put("adopt", "");
    }

    private final String run;

    ChaosKind(String run) {
        this.run = run;
    }

    /** Whether its supervise may be killed without a second ./run. */
    boolean outlivesSupervise() {
        return this == ADOPTED || this == EVERY_FILE;
    }

    /** Makes the service directory. */
    Path make(Path directory) throws IOException {
        Scratch.service(directory, NOT_TWICE + run);
        switch (this) {
            case LOGGED ->
                Scratch.service(directory.resolve("log"), "exec multilog s4096 n100000 '!sleep 0.1; cat' ./main");
            case EVERY_FILE -> {
                for (Map.Entry<String, String> file : EVERY.entrySet())
                    write(directory, file.getKey(), file.getValue());
                program(directory, "finish", "[ $(($$ % 50)) -gt 0 ] || exec sleep 100000");
                program(directory, "check", "exit 0");
            }
            case LEAVES -> {
                write(directory, "orphanage", "");
                write(directory, "timeout-kill", "200");
            }
            case ADOPTED -> write(directory, "adopt", "");
            case BACKGROUND -> write(directory, "orphanage", "daemon");
            case CRASHES -> write(directory, "back-off", "2000");
            case HANGS -> write(directory, "timeout-kill", "300");
            default -> {}
        }
        return directory;
    }

    /** The name of a file of {@link #EVERY_FILE} that may come and go, its name chosen by a number. */
    static String changeable(int number) {
        return EVERY.keySet().stream()
                .filter(name -> !name.equals("adopt"))
                .toList()
                .get(number % (EVERY.size() - 1));
    }

    /** Lets such a file come or go. */
    static void change(Path directory, String name) throws IOException {
        if (!Files.deleteIfExists(directory.resolve(name))) write(directory, name, EVERY.get(name));
    }

    /** All that such files were at the start. */
    static void restore(Path directory) throws IOException {
        for (Map.Entry<String, String> file : EVERY.entrySet()) write(directory, file.getKey(), file.getValue());
    }

    private static void program(Path directory, String name, String script) throws IOException {
        Path folder = Scratch.service(directory.resolve("new"), script);
        Files.move(folder.resolve("run"), directory.resolve(name));
        Files.delete(folder);
    }

    private static void write(Path directory, String name, String content) throws IOException {
        Files.writeString(directory.resolve(name), content);
    }
}

package daemontools.bench;

import static java.util.Map.entry;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A suite of commands: ours, or one to be measured beside it. Measurements speak in daemontools' command lines; for a
 * suite with names of its own there is a table of what says the same in it.
 *
 * @param name a column of the table
 * @param folder of the executables
 * @param libraries a folder of libraries that they need, or null
 * @param servicesOfAScanner the most services that one svscan takes
 * @param translations from daemontools' command lines, or null where they are its own
 */
record Suite(String name, Path folder, Path libraries, int servicesOfAScanner, Map<String, String> translations) {
    static final String OURS = "ours";
    static final String C = "C";

    static final String MULTILOG = "multilog t n20 s16777215 ./main";
    static final String CHAIN = "envdir env setuidgid ACCOUNT softlimit -m 50000000 pgrphack /bin/true";
    static final String CHAIN_WITHOUT_ROOT = "envdir env envuidgid ACCOUNT softlimit -m 50000000 pgrphack /bin/true";

    private static final int MANY = 10_000;

    private static final Map<String, String> RUNIT = Map.ofEntries(
            entry("svscan SERVICES", "runsvdir SERVICES"),
            entry("supervise SERVICE", "runsv SERVICE"),
            entry("svstat SERVICE", "sv status SERVICE"),
            entry("svc -u SERVICE", "sv up SERVICE"),
            entry("envdir env /bin/true", "chpst -e env /bin/true"),
            entry("envuidgid ACCOUNT /bin/true", "chpst -U ACCOUNT /bin/true"),
            entry("setuidgid ACCOUNT /bin/true", "chpst -u ACCOUNT /bin/true"),
            entry("softlimit -o 100 -c 0 /bin/true", "chpst -o 100 -c 0 /bin/true"),
            entry("setlock lock /bin/true", "chpst -l lock /bin/true"),
            entry("pgrphack /bin/true", "chpst -P /bin/true"),
            entry(CHAIN, "chpst -e env -u ACCOUNT -m 50000000 -P /bin/true"),
            entry(CHAIN_WITHOUT_ROOT, "chpst -e env -U ACCOUNT -m 50000000 -P /bin/true"),
            entry(MULTILOG, "svlogd -t ./main"));

    /** What s6-setuidgid does when it is where it was built for, which it is not when it was unpacked. */
    private static final String S6_SETUIDGID = "s6-envuidgid ACCOUNT s6-applyuidgid -Uz";

    private static final Map<String, String> S6 = Map.ofEntries(
            entry("svscan SERVICES", "s6-svscan -c " + MANY + " SERVICES"),
            entry("supervise SERVICE", "s6-supervise SERVICE"),
            entry("svstat SERVICE", "s6-svstat SERVICE"),
            entry("svok SERVICE", "s6-svok SERVICE"),
            entry("svc -u SERVICE", "s6-svc -u SERVICE"),
            entry("envdir env /bin/true", "s6-envdir env /bin/true"),
            entry("envuidgid ACCOUNT /bin/true", "s6-envuidgid ACCOUNT /bin/true"),
            entry("setuidgid ACCOUNT /bin/true", S6_SETUIDGID + " /bin/true"),
            entry("softlimit -o 100 -c 0 /bin/true", "s6-softlimit -o 100 -c 0 /bin/true"),
            entry("setlock lock /bin/true", "s6-setlock lock /bin/true"),
            entry("pgrphack /bin/true", "s6-setsid /bin/true"),
            entry("fghack /bin/true", "s6-fghack /bin/true"),
            entry(CHAIN, "s6-envdir env " + S6_SETUIDGID + " s6-softlimit -m 50000000 s6-setsid /bin/true"),
            entry(
                    CHAIN_WITHOUT_ROOT,
                    "s6-envdir env s6-envuidgid ACCOUNT s6-softlimit -m 50000000 s6-setsid /bin/true"),
            entry(MULTILOG, "s6-log t n20 s16777215 ./main"),
            entry("tai64n", "s6-tai64n"),
            entry("tai64nlocal", "s6-tai64nlocal"));

    static Suite ours(Path folder) {
        return new Suite(OURS, folder, null, MANY, null);
    }

    static Suite originals(Path folder) {
        return new Suite(C, folder, null, 1000, null);
    }

    /** Where it is installed, or was unpacked. */
    static Optional<Suite> runit(Path unpacked) throws IOException {
        return peer("runit", "runsv", unpacked, 1000, RUNIT);
    }

    /** Where it is installed, or was unpacked. */
    static Optional<Suite> s6(Path unpacked) throws IOException {
        return peer("s6", "s6-supervise", unpacked, MANY, S6);
    }

    private static Optional<Suite> peer(
            String name, String program, Path unpacked, int services, Map<String, String> translations)
            throws IOException {
        for (String folder : System.getenv("PATH").split(File.pathSeparator, -1)) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return Optional.of(new Suite(name, Path.of(folder), null, services, translations));
            }
        }
        for (String folder : List.of("usr/bin", "bin")) {
            Path commands = unpacked.resolve(folder);
            if (Files.isExecutable(commands.resolve(program))) {
                return Optional.of(new Suite(name, commands, librariesOf(unpacked), services, translations));
            }
        }
        return Optional.empty();
    }

    private static Path librariesOf(Path unpacked) throws IOException {
        try (Stream<Path> files = Files.walk(unpacked)) {
            return files.filter(file -> file.getFileName().toString().contains(".so."))
                    .map(Path::getParent)
                    .findFirst()
                    .orElse(null);
        }
    }

    /** The words of a command line of daemontools, as this suite has it; none where it has nothing like it. */
    Optional<List<String>> words(String line) {
        String own = translations == null ? line : translations.get(line);
        if (own == null || isLost(own)) return Optional.empty();
        List<String> words = new ArrayList<>(Arrays.asList(own.split(" ", -1)));
        words.set(0, folder.resolve(words.getFirst()).toString());
        words.replaceAll(word -> word.equals("ACCOUNT") ? System.getProperty("user.name") : word);
        return Optional.of(words);
    }

    /** s6-svscan starts s6-supervise where that was to be installed, and finds nothing there when it was unpacked. */
    private boolean isLost(String own) {
        return libraries != null && own.startsWith("s6-svscan");
    }

    /** Whether it reads a service directory as 0.76 does, or looks at some files more as ours does. */
    boolean isOfDaemontools() {
        return name.equals(OURS) || name.equals(C);
    }

    boolean hasScanner() {
        return words("svscan SERVICES").isPresent();
    }

    /** The environment of all that is measured: its commands come first in PATH. */
    List<String> environment() {
        List<String> variables = new ArrayList<>(List.of("PATH=" + folder + ":/usr/bin:/bin", "LC_ALL=C"));
        if (libraries != null) variables.add("LD_LIBRARY_PATH=" + libraries);
        return variables;
    }

    /** A program that ends well, reads nothing and works on one service or folder of services. */
    Optional<Program> program(String line, Path directory, String operand) {
        return program(line, directory, operand, 0);
    }

    /** The same with an end of its own. */
    Optional<Program> program(String line, Path directory, String operand, int expected) {
        return words(line).map(words -> {
            words.replaceAll(word -> word.equals("SERVICE") || word.equals("SERVICES") ? operand : word);
            return new Program(words, environment(), directory, Program.NOTHING, expected);
        });
    }

    /** A program that reads a file. */
    Optional<Program> reader(String line, Path directory, Path input) {
        return words(line).map(words -> new Program(words, environment(), directory, input, 0));
    }

    @Override
    public String toString() {
        return name;
    }
}

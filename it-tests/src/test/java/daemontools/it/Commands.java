package daemontools.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A folder of the suite's executables: one form of ours, or the C originals. */
record Commands(String form, Path folder) {
    /** The form under test: {@code -Ddaemontools.commands=FOLDER}. */
    static final Commands SUBJECT = new Commands(
            System.getProperty("daemontools.form", "subject"),
            // zsh finds no command in a folder of PATH that has .. in its name
            Path.of(System.getProperty("daemontools.commands")).toAbsolutePath().normalize());

    /** What executables are made and installed with: failsafe runs in the module's folder. */
    static final Path PACKAGING = Path.of("../packaging").toAbsolutePath();

    /** Where packages of Debian are unpacked: the C originals, and what else tests use. */
    static final Path UNPACKED =
            Path.of(System.getProperty("daemontools.originals")).toAbsolutePath();

    private static final Path ORIGINALS = UNPACKED.resolve("usr/bin");

    /** The commands of the suite. */
    static List<String> names() throws IOException {
        return Files.readAllLines(PACKAGING.resolve("native-image/commands"));
    }

    /** Debian's build of the C originals, where it could be had. */
    static Optional<Commands> original() {
        return Files.isExecutable(ORIGINALS.resolve("supervise"))
                ? Optional.of(new Commands("C", ORIGINALS))
                : Optional.empty();
    }

    /** Skips the test, under its own name, where there are no C originals on the machine. */
    static Commands assumeOriginal() {
        assumeTrue(original().isPresent(), "the C originals are not there");
        return original().orElseThrow();
    }

    /** Skips the test where packages of Debian could not be had. */
    static void assumeUnpacked(String... packages) {
        for (String name : packages) {
            assumeTrue(Files.exists(UNPACKED.resolve("usr/share/doc").resolve(name)), name + " is not there");
        }
    }

    /** Skips a test of what no JVM lets a command do; the reason says what that is. */
    static void assumeNative(String reason) {
        assumeTrue(SUBJECT.isNative(), reason);
    }

    /** Skips a test of what tells of the executables' parts: where Maven was offline, it made no list of them. */
    static void assumeBillOfMaterials() {
        assumeNative("the jlink'd form is not packaged");
        assumeTrue(Files.exists(PACKAGING.resolve("target/sbom.json")), "Maven was offline: no bill of materials");
    }

    boolean isNative() {
        return form.equals("native");
    }

    Path path(String command) {
        return folder.resolve(command);
    }
}

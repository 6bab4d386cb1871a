package daemontools.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Whose commands work together on a stage: a mix is a folder of links to some of ours and some of C's. */
enum Mix {
    ALL_OURS("all ours"),
    OUR_CLIENTS("our svc, svok and svstat with C's daemons", "svc", "svok", "svstat"),
    OUR_DAEMONS("C's svc, svok and svstat with our daemons", "svscan", "supervise", "multilog"),
    OUR_SVSCAN("our svscan with C's supervise", "svscan"),
    OUR_SUPERVISE("C's svscan with our supervise", "supervise");

    private static final Path FOLDER = Path.of("target/mixed").toAbsolutePath();

    private final String description;
    private final List<String> ours;

    Mix(String description, String... ours) {
        this.description = description;
        this.ours = List.of(ours);
    }

    Commands commands() throws IOException {
        if (this == ALL_OURS) return Commands.SUBJECT;
        Commands original = Commands.assumeOriginal();
        Commands mixed = new Commands(Commands.SUBJECT.form(), FOLDER.resolve(Commands.SUBJECT.form() + "-" + name()));
        List<Path> originals;
        synchronized (FOLDER) {
            Files.createDirectories(mixed.folder());
            try (Stream<Path> commands = Files.list(original.folder())) {
                originals = commands.toList();
            }
            for (Path command : originals) {
                String name = command.getFileName().toString();
                Path link = mixed.path(name);
                Files.deleteIfExists(link);
                Files.createSymbolicLink(link, ours.contains(name) ? Commands.SUBJECT.path(name) : command);
            }
        }
        return mixed;
    }

    @Override
    public String toString() {
        return description;
    }
}

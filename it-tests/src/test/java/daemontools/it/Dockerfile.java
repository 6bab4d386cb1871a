package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Plays a Dockerfile on a container's root without Docker: so much of the language as our examples use. {@code FROM} is
 * played by who has unpacked that image.
 */
final class Dockerfile {
    private final Stage stage;
    private final Container container;
    private final Path context;
    private String account = "65532:65532";

    Dockerfile(Stage stage, Container container, Path context) {
        this.stage = stage;
        this.container = container;
        this.context = context;
    }

    void play(String name) throws Exception {
        for (String line : Files.readAllLines(context.resolve(name))) {
            if (!line.isBlank() && !line.startsWith("#")) play(line.substring(0, line.indexOf(' ')), line);
        }
    }

    private void play(String instruction, String line) throws Exception {
        String words = line.substring(instruction.length() + 1);
        switch (instruction) {
            case "FROM" -> assertThat(words).isEqualTo("registry.example/daemontools:shell");
            case "COPY" -> copy(List.of(words.split(" ", -1)));
            case "USER" -> account = words.contains(":") ? words : words + ":" + words;
            case "RUN" -> succeed("chroot --userspec=" + account + " bundle/rootfs /bin/sh -c '" + words + "'");
            case "ENTRYPOINT" -> container.configure(".process.args = " + words);
            case "EXPOSE" -> assertThat(words).containsOnlyDigits();
            default -> throw new AssertionError("not played here: " + line);
        }
    }

    /** A folder is copied as its contents are, and what is copied belongs to root. */
    private void copy(List<String> words) throws Exception {
        String target = "bundle/rootfs" + words.getLast();
        for (String source : words.subList(0, words.size() - 1)) {
            Path file = context.resolve(source).toAbsolutePath().normalize();
            succeed("mkdir -p %s; cp -R --no-target-directory %s %s"
                    .formatted(target, file, Files.isDirectory(file) ? target : target + "/" + file.getFileName()));
        }
    }

    private void succeed(String script) throws Exception {
        assertThat(stage.sh(script)).isEqualTo(new Result("", "", 0));
    }
}

package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** packaging/MIGRATION.md, and the examples that it shows. */
@Execution(ExecutionMode.CONCURRENT)
class MigrationIT {
    private static final Path PAGE = Commands.PACKAGING.resolve("MIGRATION.md");
    private static final Path EXAMPLES = Commands.PACKAGING.resolve("examples");

    private static final Pattern HEAD_OF_A_FILE = Pattern.compile("    ==> (\\S+) <==");
    private static final Pattern FILE_OF_ONE_LINE = Pattern.compile("    (s6-rc\\.d/\\S+|service/\\S+): +(.*)");

    @ParameterizedTest
    @CsvSource({
        "nginx-php, nginx and php-fpm",
        "cron-app, cron and an application",
        "postgres-exporter, PostgreSQL and its exporter"
    })
    void thePageShowsEachFileOfAnExampleAsItIs(String example, String heading) throws Exception {
        Path folder = EXAMPLES.resolve(example);
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path file : paths.filter(Files::isRegularFile).toList()) {
                files.put(
                        folder.relativize(file).toString(),
                        Files.readString(file).strip());
            }
        }
        assertThat(files).isNotEmpty();
        String behind = Files.readString(PAGE).split("\n## " + heading + "\n", -1)[1];
        assertThat(shown(behind.split("\n## ", -1)[0])).isEqualTo(files);
    }

    /** The files that a part of the page shows, with a line above their content, or with name and content on one line. */
    private static Map<String, String> shown(String part) {
        Map<String, String> files = new TreeMap<>();
        String name = null;
        for (String line : part.lines().toList()) {
            Matcher head = HEAD_OF_A_FILE.matcher(line);
            Matcher whole = FILE_OF_ONE_LINE.matcher(line);
            if (head.matches()) {
                name = head.group(1);
            } else if (whole.matches()) {
                files.put(whole.group(1), whole.group(2).replace("(empty)", ""));
                name = null;
            } else if (!line.isEmpty() && !line.startsWith("    ")) {
                name = null;
            } else if (name != null) {
                files.merge(name, line.isEmpty() ? "" : line.substring(4), (before, next) -> before + "\n" + next);
            }
        }
        files.replaceAll((file, content) -> content.strip());
        return files;
    }

    /** The programs and accounts that the examples want are there, in a root of their own. */
    @ParameterizedTest
    @ValueSource(strings = {"nginx-php", "cron-app", "postgres-exporter"})
    void theDoctorFindsNothingWrongWithAnExample(String example) throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            Commands.assumeNative("a root without Java");
            Commands.assumeUnpacked("busybox-static");
            assumeTrue(stage.sh("unshare --user --map-root-user --mount true").code() == 0, "namespaces are forbidden");
            assertThat(stage.sh("""
                            mkdir -p root/bin root/proc root/etc root/var/log root/usr/sbin root/usr/lib/postgresql/15/bin
                            cp -a %s root/command
                            cp %s root/bin/
                            for program in sh mkdir install; do ln -s busybox root/bin/$program; done
                            for program in sbin/nginx sbin/php-fpm8.2 sbin/cron sbin/php sbin/curl sbin/setpriv \\
                              sbin/prometheus-postgres-exporter lib/postgresql/15/bin/postgres
                            do ln -s /bin/busybox root/usr/$program; done
                            printf '%%s:x:%%d:%%d::/:/bin/sh\\n' root 0 0 www-data 33 33 postgres 101 104 > root/etc/passwd
                            cp -R %s root/service
                            """.formatted(
                                    stage.commands().folder(),
                                    Commands.UNPACKED.resolve("bin/busybox"),
                                    EXAMPLES.resolve(example).resolve("service"))))
                    .isEqualTo(new Result("", "", 0));
            assertThat(stage.sh("unshare --user --map-root-user --mount --pid --fork --kill-child sh -c '"
                            + "mount -t proc proc root/proc; PATH=/command:/usr/sbin:/bin"
                            + " exec /usr/sbin/chroot root /command/svscan --check /service'"))
                    .isEqualTo(new Result("no errors, no warnings in /service: 2 services checked\n", "", 0));
        }
    }
}

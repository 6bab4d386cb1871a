package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts that make packages, on a checkout whose build is complete or is not. */
@Execution(ExecutionMode.CONCURRENT)
class PackagingIT {
    private static final Path REPOSITORY = Commands.PACKAGING.resolve("..").normalize();

    private static final Result IN_SILENCE = new Result("", "", 0);

    private Stage stage;

    @BeforeEach
    void begin() throws Exception {
        Commands.assumeNative("the jlink'd form is not packaged");
        stage = new Stage(Commands.SUBJECT);
    }

    @AfterEach
    void clear() throws Exception {
        if (stage != null) stage.close();
    }

    /** A checkout of links, with a target folder of its own. */
    private void checkout() throws Exception {
        Files.createDirectories(stage.path("checkout/packaging/target"));
        link(REPOSITORY, "checkout", "packaging");
        link(Commands.PACKAGING, "checkout/packaging", "target");
        Files.createSymbolicLink(
                stage.path("checkout/packaging/target/command"),
                stage.commands().folder());
    }

    private void link(Path folder, String to, String butFor) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Path link = stage.path(to).resolve(file.getFileName());
                if (!file.endsWith(butFor)) Files.createSymbolicLink(link, file);
            }
        }
    }

    private Result runStage(String folder) throws Exception {
        return stage.sh("COMMANDS=" + stage.commands().folder() + " exec " + Commands.PACKAGING + "/stage " + folder);
    }

    private void assertSaysInOneLine(Result result, String line) {
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).matches(line + "\n");
        assertThat(result.code()).isEqualTo(111);
    }

    // ---- what is deleted ----

    @Test
    void stageMakesItsFolderAnewAndNoOther() throws Exception {
        Files.createDirectory(stage.path("folder"));
        assertThat(runStage("folder")).isEqualTo(IN_SILENCE);
        stage.write("folder/command/older", "");
        assertThat(runStage("folder")).isEqualTo(IN_SILENCE);
        assertThat(stage.path("folder/version")).exists();
        assertThat(stage.path("folder/command/older")).doesNotExist();

        stage.write("home/letter", "");
        assertSaysInOneLine(
                runStage("home"), "stage: fatal: unable to make home anew: it is not empty, and this did not make it");
        assertThat(stage.path("home/letter")).exists();
    }

    @Test
    void aFolderBehindALinkStays() throws Exception {
        stage.write("home/letter", "");
        stage.sh("ln -s home link");
        assertSaysInOneLine(runStage("link"), "stage: fatal: unable to make link anew: .*");
        assertThat(stage.path("link/letter")).exists();
    }

    @Test
    void theImageForContainersTakesThePlaceOfNoOther() throws Exception {
        Commands.assumeBillOfMaterials();
        stage.write("target/oci/index.json", "");
        String build = Commands.PACKAGING + "/oci/build " + stage.commands().folder() + " " + stage.path("target");
        assertSaysInOneLine(stage.sh(build), "oci: fatal: unable to make .*/target/oci anew: it is not empty, and .*");
        assertThat(stage.path("target/oci/index.json")).isEmptyFile();
    }

    // ---- what is missing ----

    @ParameterizedTest
    @CsvSource({
        "command, stage",
        "sbom.json, bill-of-materials",
        "toolchain/release, bill-of-materials",
        "toolchain/musl-version, bill-of-materials",
        "toolchain/licenses, bill-of-materials"
    })
    void distNamesWhatIsMissing(String missing, String script) throws Exception {
        Commands.assumeBillOfMaterials();
        checkout();
        stage.sh("cd checkout/packaging/target; cp -R %1$s/sbom.json %1$s/toolchain .; rm -r %2$s"
                .formatted(Commands.PACKAGING.resolve("target"), missing));
        Result result = stage.sh("exec checkout/packaging/dist dist");
        assertSaysInOneLine(result, script + ": fatal: no .*/target/" + missing + "\\b.*");
        assertThat(stage.path("dist")).isEmptyDirectory();
    }

    @Test
    void distRefusesExecutablesThatMayNotRunElsewhere() throws Exception {
        stage.sh("mkdir command; for name in $(cat %s/native-image/commands); do cp /bin/true command/$name; done"
                .formatted(Commands.PACKAGING));
        Result result = stage.sh("COMMANDS=command exec " + Commands.PACKAGING + "/dist dist");
        assertSaysInOneLine(result, "dist: fatal: the executables are dynamic: .*");
    }

    // ---- what is downloaded ----

    @Test
    void quickstartHasMavenRefuseWhatDoesNotMatchItsChecksum() throws Exception {
        checkout();
        Files.delete(stage.path("checkout/packaging/target/command"));
        stage.script("bin/mvn", "echo \"$@\" > mvn; exit 1");
        assertThat(stage.sh("PATH=$PWD/bin:$PATH checkout/packaging/quickstart").code())
                .isNotZero();
        assertThat(stage.read("checkout/mvn")).contains(" -C ", " package");
    }

    // ---- the .rpm ----

    /** Installs it into a root directory of its own, with the machine's programs, and erases it. */
    @ParameterizedTest
    @ValueSource(strings = {"enable", "disable"})
    void theSystemsPresetsDecideWhetherTheUnitOfTheRpmIsEnabled(String preset) throws Exception {
        assumeTrue(stage.sh("command -v rpmbuild rpm systemctl").code() == 0, "rpmbuild, rpm or systemctl is missing");
        Files.createDirectory(stage.path("root"));
        stage.script("in-root", """
                exec unshare --mount --pid --fork --kill-child /bin/sh -ec '
                  mount -t tmpfs tmpfs root
                  mkdir -p root/usr root/upper root/work root/proc root/dev root/run root/tmp root/etc/systemd/system-preset
                  for link in bin sbin lib lib64; do ln -s usr/$link root/$link; done
                  mount -t overlay -o lowerdir=/usr,upperdir=$PWD/root/upper,workdir=$PWD/root/work overlay root/usr
                  mount -t proc proc root/proc; mount --rbind /dev root/dev
                  if [ -e preset ]; then cp preset root/etc/systemd/system-preset/00-administrator.preset; fi
                  if [ -e rpms ]; then cp rpms/*/*.rpm root/; fi
                  exec chroot root "$@"' sh "$@"
                """);
        assumeTrue(stage.sh("./in-root true").code() == 0, "overlays need root, or are forbidden");
        assertThat(runStage("tree")).isEqualTo(IN_SILENCE);
        assertThat(stage.sh("""
                set -e
                %1$s/lay-out tree laid-out site-functions
                SOURCE_DATE_EPOCH=1000000000 rpmbuild -bb --target x86_64-linux -D "_topdir $PWD/build" \\
                  -D "_rpmdir $PWD/rpms" -D "root $PWD/laid-out" -D "version_of_tree 1" %1$s/rpm/daemontools-java.spec
                """.formatted(Commands.PACKAGING)).code()).isZero();
        stage.write("preset", preset + " daemontools.service\n");
        Result result = stage.sh("""
                ./in-root sh -ec '
                  rpm -i --nodeps /*.rpm
                  systemctl is-enabled daemontools.service || true
                  rpm -e daemontools-java
                  find /etc/systemd -name "daemontools*"'
                """);
        assertThat(result.out()).as(result.err()).isEqualTo(preset + "d\n");
        assertThat(result.code()).as(result.err()).isZero();
    }
}

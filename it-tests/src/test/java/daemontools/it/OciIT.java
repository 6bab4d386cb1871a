package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The container image: what packaging/oci/build makes of the native executables. */
class OciIT {
    private static final String BUILD =
            Path.of("../packaging/oci/build").toAbsolutePath().normalize().toString();

    private static void build(Stage stage, String target) throws Exception {
        Commands.assumeBillOfMaterials();
        String environment = "SOURCE_DATE_EPOCH=1000000000 ";
        Result result = stage.sh("mkdir " + target + "; " + environment + BUILD + " "
                + stage.commands().folder() + " " + stage.path(target));
        assertThat(result).isEqualTo(new Result("", "", 0));
    }

    @Test
    void theSameInputMakesTheSameBytesAndEachBlobIsWhatItsNameSays() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            build(stage, "first");
            build(stage, "second");
            assertThat(stage.sh("cmp first/oci.tar second/oci.tar").code()).isZero();
            assertThat(stage.sh(
                            "cd first/oci/blobs/sha256; for f in *; do echo \"$f  $f\"; done | sha256sum -c --quiet"))
                    .isEqualTo(new Result("", "", 0));
            assertThat(stage.sh("ls first/oci/blobs/sha256 | wc -l").out()).isEqualTo("3\n");
        }
    }

    @Test
    void itSaysWhatIsInsideAndRunsAsNobodyInParticular() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            build(stage, "image");
            assumeTrue(stage.sh("command -v jq").code() == 0, "jq is missing");
            stage.sh("mkdir root; tar -xzf $(ls -S image/oci/blobs/sha256/* | head -n 1) -C root");
            String config = "jq -r '%s' \"$(grep -l Entrypoint image/oci/blobs/sha256/*)\"";
            assertThat(stage.sh(config.formatted(".config.User")).out()).isEqualTo("65532:65532\n");
            assertThat(stage.sh(config.formatted(".config.Labels[\"org.opencontainers.image.licenses\"]"))
                            .out())
                    .isEqualTo(stage.sh("sed -n 's/^License: //p' " + Commands.PACKAGING.resolve("rpm/*.spec"))
                            .out());
            String documents = "root/usr/share/doc/daemontools-java/";
            assertThat(stage.sh("cat " + documents + "LICENSE " + documents + "licenses/*")
                            .out())
                    .contains(
                            "Apache License",
                            "GNU GENERAL PUBLIC LICENSE",
                            "\"CLASSPATH\" EXCEPTION TO THE GPL",
                            "Universal Permissive License",
                            "Rich Felker");
            String versions = "jq -r '.components[] | select(.name == \"musl\" or .name == \"java.base\") | .version' ";
            assertThat(stage.sh(versions + documents + "sbom.json").out().lines())
                    .containsExactly(
                            stage.sh("sed -n 's/^SEMANTIC_VERSION=\"\\(.*\\)\"/\\1/p' "
                                            + Commands.PACKAGING.resolve("target/toolchain/release"))
                                    .out()
                                    .strip(),
                            Files.readString(Commands.PACKAGING.resolve("target/toolchain/musl-version"))
                                    .strip());
        }
    }

    @Test
    void itsRootHoldsAllThatTheCommandsNeed() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.script("in-root", """
                    PATH=/usr/sbin:/usr/bin:/sbin:/bin
                    exec unshare --user --map-root-user --mount --pid --fork --kill-child /bin/sh -c '
                      mount -t proc proc root/proc; PATH=/command; exec /usr/sbin/chroot root "$@"' sh "$@"
                    """);
            assumeTrue(stage.sh("unshare --user --map-root-user --mount true").code() == 0, "namespaces are forbidden");
            build(stage, "image");
            stage.sh("mkdir root; tar -xzf $(ls -S image/oci/blobs/sha256/* | head -n 1) -C root");
            // There is no shell in it that could be a service.
            stage.write("root/service/hello/down", "");
            Process svscan = stage.start("svscan", "./in-root", "/command/svscan", "/service");
            stage.awaitSupervised("root/service/hello");
            assertThat(stage.run("./in-root", "/command/envuidgid", "nobody", "/command/svstat", "/service/hello")
                            .out())
                    .matches("/service/hello: down \\d+ seconds\n");
            long unshare = svscan.pid();
            stage.sh("kill $(cat /proc/" + unshare + "/task/" + unshare + "/children)");
            assertThat(svscan.waitFor()).isZero();
        }
    }
}

package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The container image: what packaging/oci/build makes of the native executables. */
class OciIT {
    private static final String DOCUMENTS = "root/usr/share/doc/daemontools-java/";

    @ParameterizedTest
    @CsvSource({"oci, false", "oci-shell, true"})
    void theSameInputMakesTheSameBytesAndEachBlobIsWhatItsNameSays(String image, boolean shell) throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            Container.build(stage, "first", shell);
            Container.build(stage, "second", shell);
            assertThat(stage.sh("cmp first/" + image + ".tar second/" + image + ".tar")
                            .code())
                    .isZero();
            assertThat(stage.sh("cd first/" + image
                            + "/blobs/sha256; for f in *; do echo \"$f  $f\"; done | sha256sum -c --quiet"))
                    .isEqualTo(new Result("", "", 0));
            assertThat(stage.sh("ls first/" + image + "/blobs/sha256 | wc -l").out())
                    .isEqualTo("3\n");
        }
    }

    /** busybox has a svc and a svok of its own, and its own shell takes them. */
    @Test
    void inTheImageWithAShellScriptsFindOurCommandsAndWhatIsInsideIsListed() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            assumeTrue(stage.sh("unshare --user --map-root-user true").code() == 0, "namespaces are forbidden");
            Container.build(stage, "image", true);
            unpack(stage, "oci-shell");
            assertThat(stage.sh("unshare --user --map-root-user chroot root /bin/sh -c"
                                    + " 'PATH=/command:/bin; svok --version; svc --version; command -v httpd wget'")
                            .out())
                    .matches(
                            "svok \\(daemontools in Java\\) .*\nsvc \\(daemontools in Java\\) .*\n/bin/httpd\n/bin/wget\n");
            assertThat(stage.sh("cat " + DOCUMENTS + "licenses/mksh " + DOCUMENTS + "licenses/busybox-static")
                            .out())
                    .contains("MirOS Licence", "BusyBox");
            assertThat(stage.sh("jq -r '.components[] | select(.type == \"application\") | .purl' " + DOCUMENTS
                                    + "sbom.json")
                            .out())
                    .matches("pkg:deb/debian/mksh@[0-9].*\npkg:deb/debian/busybox-static@1.*\n");
        }
    }

    private static void unpack(Stage stage, String image) throws Exception {
        assertThat(stage.sh("mkdir root; tar -xzf $(ls -S image/" + image + "/blobs/sha256/* | head -n 1) -C root")
                        .code())
                .isZero();
    }

    @Test
    void itSaysWhatIsInsideAndRunsAsNobodyInParticular() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            Container.build(stage, "image", false);
            assumeTrue(stage.sh("command -v jq").code() == 0, "jq is missing");
            unpack(stage, "oci");
            String config = "jq -r '%s' \"$(grep -l Entrypoint image/oci/blobs/sha256/*)\"";
            assertThat(stage.sh(config.formatted(".config.User")).out()).isEqualTo("65532:65532\n");
            assertThat(stage.sh(config.formatted(".config.Labels[\"org.opencontainers.image.licenses\"]"))
                            .out())
                    .isEqualTo(stage.sh("sed -n 's/^License: //p' " + Commands.PACKAGING.resolve("rpm/*.spec"))
                            .out());
            assertThat(stage.sh("cat " + DOCUMENTS + "LICENSE " + DOCUMENTS + "licenses/*")
                            .out())
                    .contains(
                            "Apache License",
                            "GNU GENERAL PUBLIC LICENSE",
                            "\"CLASSPATH\" EXCEPTION TO THE GPL",
                            "Universal Permissive License",
                            "Rich Felker");
            String versions = "jq -r '.components[] | select(.name == \"musl\" or .name == \"java.base\") | .version' ";
            assertThat(stage.sh(versions + DOCUMENTS + "sbom.json").out().lines())
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
            Container.build(stage, "image", false);
            unpack(stage, "oci");
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

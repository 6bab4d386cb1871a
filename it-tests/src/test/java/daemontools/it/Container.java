package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A container of an image that packaging/oci/build makes, run by one of the programs that container engines run it with. */
final class Container {
    /** crun wants one hierarchy of cgroups, where a machine may have several: it is shown one, and told to leave it alone. */
    private static final Map<String, String> RUNTIMES = Map.of(
            "crun",
            "exec unshare --mount sh -c 'mount -t cgroup2 cgroup2 /sys/fs/cgroup &&"
                    + " exec crun --cgroup-manager=disabled --root $PWD/state \"$@\"' sh \"$@\"",
            "runc",
            "exec runc --root $PWD/state \"$@\"");

    private final Stage stage;
    private final String name;
    private String account = "65532:65532";

    /**
     * Unpacks the image into {@code bundle}. Where that cannot be, the test is skipped.
     *
     * @param shell whether the image is the one with a shell
     */
    Container(Stage stage, String runtime, boolean shell) throws Exception {
        this.stage = stage;
        name = stage.folder().getFileName().toString();
        assumeTrue(stage.sh("command -v umoci jq " + runtime).code() == 0, "umoci, jq or " + runtime + " is missing");
        build(stage, "image", shell);
        String image = shell ? "image/oci-shell" : "image/oci";
        assumeTrue(stage.sh("umoci unpack --image " + image + ":latest bundle").code() == 0, "only root may unpack it");
        stage.script("runtime", RUNTIMES.get(runtime));
        configure(".process.terminal = false");
        assumeMayRun(runtime);
    }

    /** Makes the image in a folder. What the one with a shell is made of was unpacked beside the C originals. */
    static void build(Stage stage, String target, boolean shell) throws Exception {
        Commands.assumeBillOfMaterials();
        if (shell) Commands.assumeUnpacked("mksh", "busybox-static");
        assertThat(stage.sh("mkdir -p %s; ln -sfn %s %s/debian; SOURCE_DATE_EPOCH=1000000000 %s %s %s %s"
                        .formatted(
                                target,
                                Commands.UNPACKED,
                                target,
                                Commands.PACKAGING.resolve("oci/build"),
                                shell ? "--shell" : "",
                                stage.commands().folder(),
                                stage.path(target))))
                .isEqualTo(new Result("", "", 0));
    }

    /** A container of another command tells whether there can be any. */
    private void assumeMayRun(String runtime) throws Exception {
        Result help = stage.sh("""
                cp -R bundle other; jq '.process.args = ["/command/svok", "--help"]' bundle/config.json > other/config.json
                exec ./runtime run --bundle other %s
                """.formatted(name));
        assumeTrue(help.out().startsWith("usage: svok"), () -> runtime + " can't run here: " + help.err());
    }

    /** Changes the configuration of the container, in which else its first process is who the image says. */
    void configure(String filter) throws Exception {
        assertThat(stage.sh("jq '" + filter + "' bundle/config.json > config && mv config bundle/config.json"))
                .isEqualTo(new Result("", "", 0));
    }

    /** The account as which {@link #exec} runs programs, as UID:GID. */
    void account(String account) {
        this.account = account;
    }

    Process run() throws Exception {
        return stage.start("container", "./runtime", "run", "--bundle", "bundle", name);
    }

    Result exec(String... words) throws Exception {
        List<String> line = new ArrayList<>(List.of("./runtime", "exec", "--user", account, name));
        line.addAll(List.of(words));
        return stage.run(line.toArray(new String[0]));
    }

    boolean succeeds(List<String> words) throws Exception {
        return exec(words.toArray(new String[0])).code() == 0;
    }

    /** What the first process may do, and who it is. */
    String rights() throws Exception {
        return exec("grep", "-E", "^(Uid|CapEff|NoNewPrivs):", "/proc/1/status").out();
    }

    void stop(Process run) throws Exception {
        signal("TERM");
        assertThat(run.waitFor()).as(stage.read("container.err")).isZero();
    }

    void signal(String signal) throws Exception {
        assertThat(stage.run("./runtime", "kill", name, signal).code()).isZero();
    }

    /** What the first process and those that share its descriptors have printed. */
    String printed() throws Exception {
        return stage.read("container.out") + stage.read("container.err");
    }

    void remove() throws Exception {
        stage.sh("./runtime delete --force " + name);
    }
}

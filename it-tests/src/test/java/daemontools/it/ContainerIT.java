package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** The container image, run by the programs that container engines run it with, and with a logged service put into it. */
@Execution(ExecutionMode.CONCURRENT)
class ContainerIT {
    private static final String LOG = "bundle/rootfs/service/web/log/main/current";

    /** crun wants one hierarchy of cgroups, where a machine may have several: it is shown one, and told to leave it alone. */
    private static final Map<String, String> RUNTIMES = Map.of(
            "crun",
            "exec unshare --mount sh -c 'mount -t cgroup2 cgroup2 /sys/fs/cgroup &&"
                    + " exec crun --cgroup-manager=disabled --root $PWD/state \"$@\"' sh \"$@\"",
            "runc",
            "exec runc --root $PWD/state \"$@\"");

    private Stage stage;
    private String container;
    private String account = "65532:65532";

    @AfterEach
    void clear() throws Exception {
        if (stage == null) return;
        stage.sh("! [ -e runtime ] || ./runtime delete --force " + container);
        stage.close();
    }

    /** Unpacks the image, and adds what a Dockerfile would: a distribution's programs, and services. */
    private void unpack(String runtime) throws Exception {
        Commands.assumeBillOfMaterials();
        stage = new Stage(Commands.SUBJECT);
        container = stage.folder().getFileName().toString();
        Path build = Commands.PACKAGING.resolve("oci/build");
        assumeTrue(stage.sh("command -v umoci jq " + runtime).code() == 0, "umoci, jq or " + runtime + " is missing");
        assertThat(stage.sh("mkdir image; " + build + " " + stage.commands().folder() + " image"))
                .isEqualTo(new Result("", "", 0));
        assumeTrue(stage.sh("umoci unpack --image image/oci:latest bundle").code() == 0, "only root may unpack it");
        assertThat(stage.sh("""
                for link in bin lib lib64; do [ -L /$link ] && cp -P /$link bundle/rootfs/ || ln -s usr/$link bundle/rootfs/; done
                jq '.process.terminal = false
                  | .mounts += [{destination: "/usr", type: "bind", source: "/usr", options: ["rbind", "ro"]}]' \\
                  bundle/config.json > config && mv config bundle/config.json
                """)).isEqualTo(new Result("", "", 0));
        stage.script("runtime", RUNTIMES.get(runtime));
        assumeMayRun(runtime);
    }

    /** A container of another command tells whether there can be any. */
    private void assumeMayRun(String runtime) throws Exception {
        Result help = stage.sh("""
                cp -R bundle other; jq '.process.args = ["/command/svok", "--help"]' bundle/config.json > other/config.json
                exec ./runtime run --bundle other %s
                """.formatted(container));
        assumeTrue(help.out().startsWith("usage: svok"), () -> runtime + " can't run here: " + help.err());
    }

    private Process run() throws Exception {
        Process run = stage.start("container", "./runtime", "run", "--bundle", "bundle", container);
        Await.until(
                "the log is supervised", () -> exec("svok", "/service/web/log").code() == 0);
        return run;
    }

    private Result exec(String... words) throws Exception {
        List<String> line = new ArrayList<>(List.of("./runtime", "exec", "--user", account, container));
        line.addAll(List.of(words));
        return stage.run(line.toArray(new String[0]));
    }

    /** Changes the configuration of the container, in which else its first process is who the image says. */
    private void configure(String filter) throws Exception {
        assertThat(stage.sh("jq '" + filter + "' bundle/config.json > config && mv config bundle/config.json"))
                .isEqualTo(new Result("", "", 0));
    }

    /** What the first process may do, and who it is. */
    private String rights() throws Exception {
        return exec("grep", "-E", "^(Uid|CapEff|NoNewPrivs):", "/proc/1/status").out();
    }

    private void stop(Process run) throws Exception {
        assertThat(stage.run("./runtime", "kill", container, "TERM").code()).isZero();
        assertThat(run.waitFor()).as(stage.read("container.err")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"crun", "runc"})
    void itsFirstProcessRunsServicesCollectsOrphansAndEndsAllInOrder(String runtime) throws Exception {
        unpack(runtime);
        stage.service("bundle/rootfs/service/web", """
                trap 'echo bye; exit' TERM
                (sleep 1000 &)
                ( (sleep 0.1; echo orphan) & )
                while sleep 0.05; do echo tick; done
                """);
        stage.service("bundle/rootfs/service/web/log", "exec multilog s16777215 ./main");
        stage.sh("chown -R 65532:65532 bundle/rootfs/service");
        Process run = run();
        assertThat(rights()).contains("Uid:\t65532\t65532\t65532\t65532\n");
        stage.awaitContent(LOG, ".*orphan\n.*");
        Await.until(
                "no dead process waits for its parent",
                () -> !exec("sh", "-c", "cat /proc/[0-9]*/status").out().contains("State:\tZ"));
        assertThat(exec("svstat", "/service/web").out()).matches("/service/web: up \\(pid \\d+\\) \\d+ seconds\n");
        stop(run);
        assertThat(stage.read(LOG)).endsWith("\nbye\n");
        assertThat(stage.read("container.out") + stage.read("container.err")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"crun", "runc"})
    void servicesOfSeveralAccountsNeedThreeOfRootsCapabilities(String runtime) throws Exception {
        unpack(runtime);
        stage.service("bundle/rootfs/service/web", """
                exec setuidgid nobody sh -c '
                  trap "echo bye; exit" TERM
                  while sleep 0.05; do id -u; done'
                """);
        stage.service("bundle/rootfs/service/web/log", "exec setuidgid nonroot multilog s16777215 ./main");
        stage.sh("mkdir bundle/rootfs/service/web/log/main; chown 65532:65532 bundle/rootfs/service/web/log/main");
        configure("""
                .process.user = {uid: 0, gid: 0} | .process.noNewPrivileges = true
                  | .process.capabilities[] = ["CAP_SETUID", "CAP_SETGID", "CAP_KILL"]
                """);
        account = "0:0";
        Process run = run();
        stage.awaitContent(LOG, "65534\n.*");
        assertThat(rights()).contains("Uid:\t0\t0\t0\t0\n", "CapEff:\t00000000000000e0\n", "NoNewPrivs:\t1\n");
        stop(run);
        assertThat(stage.read(LOG)).endsWith("\nbye\n");
        assertThat(stage.read("container.out") + stage.read("container.err")).isEmpty();
    }

    /** The container gets what the kubelet would make of the manifest: its account, no rights, and its volumes. */
    @ParameterizedTest
    @ValueSource(strings = {"crun", "runc"})
    void theKubernetesManifestGrantsNothingAndItsProbesSucceed(String runtime) throws Exception {
        Object manifest = new Yaml().load(Files.readString(Commands.PACKAGING.resolve("oci/kubernetes.yaml")));
        Map<?, ?> pod = at(manifest, "spec", "template", "spec");
        Map<?, ?> account = at(pod, "securityContext");
        Map<?, ?> container = (Map<?, ?>) ((List<?>) pod.get("containers")).getFirst();
        assertThat(at(container, "securityContext"))
                .isEqualTo(Map.of(
                        "allowPrivilegeEscalation",
                        false,
                        "readOnlyRootFilesystem",
                        true,
                        "capabilities",
                        Map.of("drop", List.of("ALL"))));
        unpack(runtime);
        configure("""
                .process.user = {uid: %s, gid: %s, additionalGids: [%s]} | .process.noNewPrivileges = true
                  | .process.capabilities[] = [] | .root.readonly = true
                """.formatted(account.get("runAsUser"), account.get("runAsGroup"), account.get("fsGroup")));
        for (Object mount : (List<?>) container.get("volumeMounts")) {
            String path = (String) ((Map<?, ?>) mount).get("mountPath");
            stage.sh("mkdir -p bundle/rootfs" + path + "; chmod 2777 bundle/rootfs" + path);
            configure("""
                    .mounts += [{destination: "%s", type: "tmpfs", source: "tmpfs", options: ["mode=2777", "gid=%s"]}]
                    """.formatted(path, account.get("fsGroup")));
        }
        stage.service("bundle/rootfs/service/web", "while sleep 0.05; do echo tick; done");
        stage.service("bundle/rootfs/service/web/log", "exec multilog s16777215 /var/log/web");
        stage.sh(
                "cd bundle/rootfs/service/web; ln -s /run/service/web supervise; ln -s /run/service/web.log log/supervise");

        Process run = run();
        List<List<String>> probes = new ArrayList<>();
        addProbes(manifest, probes);
        assertThat(probes).hasSize(3);
        for (List<String> probe : probes) {
            Await.until(
                    probe + " succeeds",
                    () -> exec(probe.toArray(new String[0])).code() == 0);
        }
        Await.until(
                "the log is written",
                () -> exec("cat", "/var/log/web/current").out().startsWith("tick\n"));
        assertThat(rights())
                .contains("Uid:\t65532\t65532\t65532\t65532\n", "CapEff:\t0000000000000000\n", "NoNewPrivs:\t1\n");
        assertThat(exec("touch", "/service/web/file").err()).contains("Read-only file system");
        stop(run);
    }

    private static Map<?, ?> at(Object node, String... path) {
        Map<?, ?> map = (Map<?, ?>) node;
        for (String key : path) map = (Map<?, ?>) map.get(key);
        return map;
    }

    private static void addProbes(Object node, List<List<String>> probes) {
        if (node instanceof Map<?, ?> map) {
            if (map.get("exec") instanceof Map<?, ?> probe && probe.get("command") instanceof List<?> words) {
                probes.add(words.stream().map(String.class::cast).toList());
            }
            map.values().forEach(value -> addProbes(value, probes));
        } else if (node instanceof List<?> list) {
            list.forEach(value -> addProbes(value, probes));
        }
    }
}

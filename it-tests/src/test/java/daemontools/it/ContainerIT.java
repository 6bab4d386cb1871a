package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** Containers of the images, with services in them, as packaging/oci/README.md and the files beside it show. */
@Execution(ExecutionMode.CONCURRENT)
class ContainerIT {
    private static final Path OCI = Commands.PACKAGING.resolve("oci");
    private static final String LOG = "bundle/rootfs/service/web/log/main/current";

    private static final Pattern NOMADS_PROBE = Pattern.compile("command +?= \"(.*)\"\\s+args += \\[(.*)]");
    private static final Pattern WORD = Pattern.compile("\"(.*?)\"");

    private Stage stage;
    private Container container;

    @AfterEach
    void clear() throws Exception {
        if (container != null) container.remove();
        if (stage != null) stage.close();
    }

    /** A container of the image without a shell, and with the programs of this machine's distribution. */
    private void unpack(String runtime) throws Exception {
        stage = new Stage(Commands.SUBJECT);
        container = new Container(stage, runtime, false);
        assertThat(stage.sh("""
                for link in bin lib lib64; do [ -L /$link ] && cp -P /$link bundle/rootfs/ || ln -s usr/$link bundle/rootfs/; done
                """)).isEqualTo(new Result("", "", 0));
        container.configure("""
                .mounts += [{destination: "/usr", type: "bind", source: "/usr", options: ["rbind", "ro"]}]
                """);
    }

    /** A container of the image with a shell, and with what a Dockerfile adds to it. */
    private void play(String runtime, String dockerfile) throws Exception {
        stage = new Stage(Commands.SUBJECT);
        container = new Container(stage, runtime, true);
        new Dockerfile(stage, container, OCI.resolve("example")).play(dockerfile);
    }

    private Process run() throws Exception {
        Process run = container.run();
        awaitSuccess(List.of("/command/svok", "/service/web/log"));
        return run;
    }

    private void awaitSuccess(List<String> probe) throws Exception {
        Await.until(probe + " succeeds", () -> container.succeeds(probe));
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
        assertThat(container.rights()).contains("Uid:\t65532\t65532\t65532\t65532\n");
        stage.awaitContent(LOG, ".*orphan\n.*");
        Await.until(
                "no dead process waits for its parent",
                () -> !container
                        .exec("sh", "-c", "cat /proc/[0-9]*/status")
                        .out()
                        .contains("State:\tZ"));
        assertThat(container.exec("svstat", "/service/web").out())
                .matches("/service/web: up \\(pid \\d+\\) \\d+ seconds\n");
        container.stop(run);
        assertThat(stage.read(LOG)).endsWith("\nbye\n");
        assertThat(container.printed()).isEmpty();
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
        container.configure("""
                .process.user = {uid: 0, gid: 0} | .process.noNewPrivileges = true
                  | .process.capabilities[] = ["CAP_SETUID", "CAP_SETGID", "CAP_KILL"]
                """);
        container.account("0:0");
        Process run = run();
        stage.awaitContent(LOG, "65534\n.*");
        assertThat(container.rights())
                .contains("Uid:\t0\t0\t0\t0\n", "CapEff:\t00000000000000e0\n", "NoNewPrivs:\t1\n");
        container.stop(run);
        assertThat(stage.read(LOG)).endsWith("\nbye\n");
        assertThat(container.printed()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"crun", "runc"})
    void theEndOfItsEssentialServiceIsItsOwnWithThatExitCodeAlsoOnAReadOnlyRoot(String runtime) throws Exception {
        unpack(runtime);
        container.configure("""
                .process.args = ["/command/svscan", "--grace=1", "--log=all", "/service"] | .root.readonly = true
                  | .process.env += ["SETTING=of the container"]
                  | .mounts += [{destination: "/run", type: "tmpfs", source: "tmpfs", options: ["mode=1777"]}]
                """);
        stage.service("bundle/rootfs/service/web", """
                echo "$SETTING"
                until [ -e /run/go ]; do sleep 0.1; done
                exit 9""");
        stage.script("bundle/rootfs/service/web/finish", "exit 125");
        stage.write("bundle/rootfs/service/web/essential", "");
        stage.service("bundle/rootfs/service/web/log", "exec cat");
        stage.service("bundle/rootfs/service/deaf", "trap '' TERM; echo here; while :; do sleep 0.1; done");
        stage.service("bundle/rootfs/service/all", "exec sed -u s/^/all:/");
        stage.sh("""
                cd bundle/rootfs/service; ln -s /run/web web/supervise; ln -s /run/web.log web/log/supervise
                ln -s /run/deaf deaf/supervise; ln -s /run/all all/supervise; mkdir -p ../run; chmod 1777 ../run
                """);
        Process run = run();
        Await.until(
                "both print",
                () -> stage.read("container.out").contains("all:here")
                        && stage.read("container.out").contains("of the container"));
        container.exec("touch", "/run/go");
        assertThat(run.waitFor()).as(stage.read("container.err")).isEqualTo(9);
        assertThat(stage.read("container.out").lines())
                .contains(
                        "all:here",
                        "all:of the container",
                        "all:svscan: warning: web, which is essential, has ended: ending all services");
    }

    // ---- the examples ----

    /** The container gets what the kubelet would make of the manifest: its account, no rights, and its volumes. */
    @ParameterizedTest
    @ValueSource(strings = {"crun", "runc"})
    void theExampleRunsWithTheRightsThatKubernetesGrantsAndAllProbesSucceed(String runtime) throws Exception {
        play(runtime, "Dockerfile");
        Object manifest = yaml("kubernetes.yaml");
        Map<?, ?> pod = at(manifest, "spec", "template", "spec");
        Map<?, ?> account = at(pod, "securityContext");
        Map<?, ?> web = (Map<?, ?>) ((List<?>) pod.get("containers")).getFirst();
        assertThat(at(web, "securityContext"))
                .isEqualTo(Map.of(
                        "allowPrivilegeEscalation",
                        false,
                        "readOnlyRootFilesystem",
                        true,
                        "capabilities",
                        Map.of("drop", List.of("ALL"))));
        withoutRights("%s:%s".formatted(account.get("runAsUser"), account.get("runAsGroup")));
        for (Object mount : (List<?>) web.get("volumeMounts")) {
            // A volume belongs to fsGroup.
            String path = (String) ((Map<?, ?>) mount).get("mountPath");
            assertThat(stage.sh("mkdir -p volumes%1$s; chgrp %2$s volumes%1$s; chmod 2775 volumes%1$s"
                            .formatted(path, account.get("fsGroup"))))
                    .isEqualTo(new Result("", "", 0));
            mount(path, "bind", stage.path("volumes" + path).toString(), "rbind", "rw");
        }
        Process run = run();
        List<List<String>> probes = new ArrayList<>();
        addProbes(manifest, probes);
        addProbes(at(yaml("compose.yaml"), "services", "web"), probes);
        probes.addAll(nomadsProbes());
        assertThat(probes).hasSize(6);
        for (List<String> probe : probes) awaitSuccess(probe);

        assertThat(container.rights())
                .contains("Uid:\t65532\t65532\t65532\t65532\n", "CapEff:\t0000000000000000\n", "NoNewPrivs:\t1\n");
        assertThat(container.exec("touch", "/service/web/file").err()).contains("Read-only file system");
        assertThat(container.exec("/command/svscan", "--check").out()).startsWith("no errors, no warnings");
        assertThat(container
                        .exec("wget", "-q", "-O", "-", "http://127.0.0.1:8080/")
                        .out())
                .isEqualTo(Files.readString(OCI.resolve("example/www/index.html")));
        Await.until(
                "the request is in the log, and in what the container prints",
                () -> container.exec("cat", "/var/log/web/current").out().contains(" response:200\n")
                        && container.printed().contains(" response:200\n"));
        container.stop(run);
    }

    @ParameterizedTest
    @ValueSource(strings = {"crun", "runc"})
    void theExampleOfOneProgramRunsWithoutSvscanAndEndsOnTerm(String runtime) throws Exception {
        play(runtime, "one.Dockerfile");
        Map<?, ?> one = at(yaml("compose.yaml"), "services", "one");
        withoutRights((String) one.get("user"));
        for (Object mount : (List<?>) one.get("tmpfs")) {
            List<String> words = List.of(((String) mount).split("[:,]", -1));
            mount(
                    words.getFirst(),
                    "tmpfs",
                    "tmpfs",
                    words.subList(1, words.size()).toArray(new String[0]));
        }
        Process run = container.run();
        List<List<String>> probes = new ArrayList<>();
        addProbes(one, probes);
        assertThat(probes).hasSize(1);
        awaitSuccess(probes.getFirst());
        assertThat(container.exec("cat", "/proc/1/comm").out()).isEqualTo("supervise\n");
        container.signal("TERM");
        // The program of the example does not catch TERM.
        assertThat(run.waitFor()).as(container.printed()).isEqualTo(128 + 15);
        assertThat(container.printed()).contains(" response:200\n");
    }

    private void withoutRights(String account) throws Exception {
        String[] ids = account.split(":", -1);
        container.configure("""
                .process.user = {uid: %s, gid: %s} | .process.noNewPrivileges = true | .process.capabilities[] = [] | .root.readonly = true
                """.formatted(ids[0], ids[1]));
    }

    private void mount(String path, String type, String source, String... options) throws Exception {
        container.configure("""
                .mounts += [{destination: "%s", type: "%s", source: "%s", options: ["%s"]}]
                """.formatted(path, type, source, String.join("\", \"", options)));
    }

    private static Object yaml(String file) throws Exception {
        return new Yaml().load(Files.readString(OCI.resolve(file)));
    }

    private static Map<?, ?> at(Object node, String... path) {
        Map<?, ?> map = (Map<?, ?>) node;
        for (String key : path) map = (Map<?, ?>) map.get(key);
        return map;
    }

    /** Adds what Kubernetes and Docker Compose are told to execute. */
    private static void addProbes(Object node, List<List<String>> probes) {
        if (node instanceof Map<?, ?> map) {
            if (map.get("exec") instanceof Map<?, ?> probe) probes.add(words(probe.get("command")));
            if (map.get("healthcheck") instanceof Map<?, ?> probe) {
                List<String> test = words(probe.get("test"));
                assertThat(test.getFirst()).isEqualTo("CMD");
                probes.add(test.subList(1, test.size()));
            }
            map.values().forEach(value -> addProbes(value, probes));
        } else if (node instanceof List<?> list) {
            list.forEach(value -> addProbes(value, probes));
        }
    }

    private static List<String> words(Object list) {
        return ((List<?>) list).stream().map(String.class::cast).toList();
    }

    private static List<List<String>> nomadsProbes() throws Exception {
        List<List<String>> probes = new ArrayList<>();
        NOMADS_PROBE
                .matcher(Files.readString(OCI.resolve("nomad.hcl")))
                .results()
                .forEach(match -> {
                    List<String> words = new ArrayList<>(List.of(match.group(1)));
                    WORD.matcher(match.group(2)).results().forEach(word -> words.add(word.group(1)));
                    probes.add(words);
                });
        return probes;
    }
}

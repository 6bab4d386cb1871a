package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** packaging/init/stop, where not every svscan is the one that is meant, and not everything ends that is told to. */
@Execution(ExecutionMode.CONCURRENT)
class StopIT {
    private static final Result IN_SILENCE = new Result("", "", 0);

    private Stage stage;

    @BeforeEach
    void install() throws Exception {
        stage = new Stage(Commands.SUBJECT);
        Files.createDirectory(stage.path("init"));
        Files.copy(
                Commands.PACKAGING.resolve("init/stop"), stage.path("init/stop"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.createSymbolicLink(stage.path("command"), stage.commands().folder());
        Files.createDirectory(stage.path("services"));
    }

    @AfterEach
    void clear() throws Exception {
        stage.close();
    }

    private Result stop(int grace) throws Exception {
        return stage.sh("GRACE=" + grace + " exec init/stop --services services");
    }

    private Process svscan(String script) throws Exception {
        return stage.start("svscan", "/bin/sh", "-c", script);
    }

    private boolean isSupervised(String service) throws Exception {
        return stage.run("svok", service).code() == 0;
    }

    private void assumeRoot() throws Exception {
        assumeTrue(stage.sh("unshare --mount --pid --fork true").code() == 0, "namespaces need root, or are forbidden");
    }

    @Test
    void svscanEndsThenServicesThenLoggers() throws Exception {
        stage.service("services/hello", "trap 'echo bye; exit' TERM; while sleep 0.02; do echo hello; done");
        stage.service("services/hello/log", "exec multilog s16777215 ./main");
        Process svscan = svscan("exec svscan services");
        stage.awaitContent("services/hello/log/main/current", "hello\n.*");
        assertThat(stop(60)).isEqualTo(IN_SILENCE);
        assertThat(svscan.isAlive()).isFalse();
        assertThat(isSupervised("services/hello") || isSupervised("services/hello/log"))
                .isFalse();
        assertThat(stage.read("services/hello/log/main/current")).endsWith("\nbye\n");
    }

    // ---- what is not meant ----

    @Test
    void inAnotherMountNamespaceADirectoryOfTheSameNameIsAnother() throws Exception {
        assumeRoot();
        stage.service("container/web", "exec sleep 1000");
        Process svscan = svscan("exec unshare --mount sh -c 'mount --bind container services; exec svscan services'");
        stage.awaitSupervised("container/web");
        String directory = Files.readSymbolicLink(Path.of("/proc/" + svscan.pid() + "/cwd"))
                .toString();
        assertThat(directory).isEqualTo(stage.path("services").toString());
        assertThat(stop(60)).isEqualTo(IN_SILENCE);
        assertThat(svscan.isAlive()).isTrue();
        assertThat(isSupervised("container/web")).isTrue();
    }

    @Test
    void aContainersSvscanInTheSameDirectoryIsLeftAloneWithItsServices() throws Exception {
        assumeRoot();
        stage.service("services/web", "exec sleep 1000");
        Process svscan = svscan("exec unshare --pid --fork --kill-child svscan services");
        stage.awaitSupervised("services/web");
        assertThat(stop(60))
                .isEqualTo(new Result(
                        "",
                        "stop: warning: svscan of %s is a container's: it and its services are left alone\n"
                                .formatted(stage.path("services")),
                        0));
        assertThat(svscan.isAlive()).isTrue();
        assertThat(isSupervised("services/web")).isTrue();
    }

    @Test
    void anotherUsersProcessOfThatNameIsNeitherEndedNorWaitedFor() throws Exception {
        assumeRoot();
        stage.sh("cp /bin/sleep svscan");
        Process svscan = svscan("trap '' TERM; cd services;"
                + " exec setpriv --reuid 65534 --regid 65534 --clear-groups ../svscan 1000");
        Await.until(
                "it is called svscan",
                () -> stage.sh("cat /proc/" + svscan.pid() + "/comm").out().equals("svscan\n"));
        assertThat(stop(60)).isEqualTo(IN_SILENCE);
        assertThat(svscan.isAlive()).isTrue();
    }

    // ---- what does not end ----

    @Test
    void aSvscanThatIsDeafIsKilled() throws Exception {
        stage.service("services/web", "exec env --default-signal=TERM sleep 1000");
        Process svscan = svscan("trap '' TERM; exec svscan services");
        stage.awaitSupervised("services/web");
        assertThat(stop(1)).isEqualTo(new Result("", "stop: warning: svscan still runs after 1 seconds: killed\n", 0));
        assertThat(svscan.isAlive()).isFalse();
        assertThat(isSupervised("services/web")).isFalse();
    }

    @Test
    void aSvscanThatStandsStillIsEnded() throws Exception {
        stage.service("services/web", "exec sleep 1000");
        Process svscan = svscan("exec svscan services");
        stage.awaitSupervised("services/web");
        Kernel.signal(svscan.pid(), "STOP");
        assertThat(stop(60)).isEqualTo(IN_SILENCE);
        assertThat(svscan.isAlive()).isFalse();
    }

    /** Its fifos have a reader, so svok says yes, and one is full, so svc waits. */
    @Test
    void aSuperviseThatReadsNothingHoldsNothingUp() throws Exception {
        stage.service("services/decoy", "exec sleep 1000");
        stage.service("services/web", "exec sleep 1000");
        stage.sh("mkdir services/decoy/supervise; mkfifo services/decoy/supervise/ok services/decoy/supervise/control");
        stage.start("decoy", "/bin/sh", "-c", "cd services/decoy/supervise; exec sleep 1000 3<>ok 4<>control");
        stage.awaitSupervised("services/decoy");
        stage.supervise("services/web");
        assertThat(stage.sh("dd if=/dev/zero of=services/decoy/supervise/control bs=65536 count=1 oflag=nonblock")
                        .code())
                .isZero();
        assertThat(stop(1)).isEqualTo(new Result("", """
                        stop: warning: services still run after 1 seconds: killed
                        stop: warning: not ended: %s/decoy/
                        """.formatted(stage.path("services")), 1));
        assertThat(isSupervised("services/web")).isFalse();
    }

    @Test
    void aSvscanbootThatWasSetAsideGoesOnWhenTheStopIsInterrupted() throws Exception {
        stage.service("services/deaf", "trap '' TERM; exec sleep 1000");
        stage.script("svscanboot", "svscan services & wait");
        Process boot = stage.start("boot", "./svscanboot");
        stage.awaitStatus("services/deaf", "up .*");
        Process stop = stage.start("stop", "init/stop", "--services", "services");
        Await.until("svscanboot stands still", () -> Kernel.state(boot.pid()) == 'T');
        Kernel.signal(stop.pid(), "TERM");
        assertThat(stop.waitFor()).isEqualTo(128 + 15);
        Await.until("svscanboot goes on", () -> Kernel.state(boot.pid()) != 'T');
    }
}

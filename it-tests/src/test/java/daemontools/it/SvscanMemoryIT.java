package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** svscan and its companions where no more memory is to be had than they have. */
@Execution(ExecutionMode.CONCURRENT)
class SvscanMemoryIT {
    private static final String NATIVE_ONLY = "a JVM takes memory as it likes";

    @Test
    @Spec({"1.3", "3", "3.1"})
    void svscanWarnsRunsNewServicesAndRestartsOldOnesAsCDoes() throws Exception {
        Commands.assumeNative(NATIVE_ONLY);
        Differential.compare(stage -> {
            stage.service("services/a", "echo run >> runs; exec sleep 1000");
            Process svscan = stage.start("svscan", "svscan", "services");
            stage.awaitSupervised("services/a");
            Kernel.forbidGrowth(svscan.pid());
            stage.sh("""
                    mkdir -p new/down; cd services
                    for i in $(seq 150); do ln -s nowhere dangling$i; cp -r ../new .s; mv .s s$i; done""");
            Await.until("two passes", () -> stage.read("svscan.err").lines().count() >= 300);
            for (int i = 1; i <= 150; i++) {
                String ok = "services/s" + i + "/supervise/ok";
                Await.until(ok, () -> Files.exists(stage.path(ok)));
            }
            // ./run may lack memory now, supervise does not
            String supervise = "pgrep -fx -P " + svscan.pid() + " 'supervise a'";
            String first = stage.sh(supervise).out();
            stage.run("svc", "-dx", "services/a");
            Await.until(
                    "another supervise",
                    () -> !List.of(first, "").contains(stage.sh(supervise).out()));
            stage.note(stage.read("svscan.err").lines().distinct().sorted().toList());
            stage.note(svscan.isAlive());
        });
    }

    /** As many as C has a table for would fit; what is more is not lost, and nothing of what runs. */
    @Test
    void servicesForWhichThereIsNoMemoryAreStartedWhenThereIsSome() throws Exception {
        Commands.assumeNative(NATIVE_ONLY);
        int services = 1500;
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.script("bin/supervise", "echo ${1##*-} >> ../started");
            String svscanPath = stage.commands().path("svscan").toString();
            stage.sh("mkdir services services/x-0");
            Process svscan = stage.start(
                    "svscan", "/usr/bin/env", "PATH=" + stage.path("bin") + ":/usr/bin:/bin", svscanPath, "services");
            stage.awaitContent("started", "(0\n)+");
            Kernel.forbidGrowth(svscan.pid());
            stage.sh("cd services; for i in $(seq " + services + "); do mkdir " + "x".repeat(240) + "-$i; done");
            Await.until("memory is lacking", () -> stage.read("svscan.err").contains(": out of memory\n"));
            Files.write(stage.path("started"), new byte[0]);
            Await.until(
                    "the first service's supervise is started again",
                    () -> started(stage).contains("0"));
            Kernel.allowGrowth(svscan.pid());
            List<String> all = IntStream.rangeClosed(0, services)
                    .mapToObj(Integer::toString)
                    .toList();
            Await.until("all are started", () -> started(stage).containsAll(all));
            assertThat(stage.read("svscan.err").lines())
                    .allMatch(line -> line.matches("svscan: warning: unable to start x+-\\d+: out of memory"));
            svscan.destroy();
        }
    }

    private static Set<String> started(Stage stage) throws Exception {
        return new HashSet<>(stage.read("started").lines().toList());
    }

    @Test
    @Spec("10")
    void readproctitleGoesOnShowing() throws Exception {
        Commands.assumeNative(NATIVE_ONLY);
        Differential.compare(stage -> {
            stage.sh("mkfifo in");
            Process title = stage.start("title", "/bin/sh", "-c", "exec readproctitle errors: .......... < in");
            stage.start(
                    "writer",
                    "/bin/sh",
                    "-c",
                    "exec > in; until [ -e go ]; do sleep 0.1; done; seq 100000; sleep 1000");
            Await.until("it runs", () -> commandLine(title).startsWith("readproctitle"));
            Kernel.forbidGrowth(title.pid());
            stage.write("go", "");
            Await.until("the end is shown", () -> commandLine(title).contains("00000\n"));
            stage.note(commandLine(title));
        });
    }

    private static String commandLine(Process process) throws Exception {
        return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"));
    }

    @Test
    void theCleanEndNeedsNoMemory() throws Exception {
        Commands.assumeNative(NATIVE_ONLY);
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            for (int i = 0; i < 50; i++) {
                stage.service("services/s" + i, "exec sleep 1000");
                stage.service("services/s" + i + "/log", "exec multilog ./main");
            }
            Process svscan = stage.start("svscan", "svscan", "--stop-on-term", "services");
            for (int i = 0; i < 50; i++) {
                stage.awaitSupervised("services/s" + i + "/log");
                stage.awaitSupervised("services/s" + i);
            }
            Kernel.forbidGrowth(svscan.pid());
            svscan.destroy();
            assertThat(svscan.waitFor()).isZero();
            assertThat(stage.read("svscan.err")).isEmpty();
            for (int i = 0; i < 50; i++) {
                assertThat(stage.svstat("services/s" + i + "/log")).isEqualTo("supervise not running");
            }
        }
    }
}

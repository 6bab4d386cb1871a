package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Whole services: what ./run leaves behind is ended, is the service, or is taken over from a supervise that was killed. */
@Execution(ExecutionMode.CONCURRENT)
class OrphanageIT {
    /** As npm does: a shell, a program, its workers; and one that went into the background. */
    private static final String TREE = """
            sh -c 'for n in 1 2 3; do sh -c "sleep 1000; :" & done; setsid sleep 1000 & wait' &
            (setsid sh -c 'sleep 1000 & sleep 1000 & :' &)
            echo > grown; wait
            """;

    /** How often supervise is killed: {@code -Ddaemontools.kills=1000} for the long form. */
    private static final int KILLS = Integer.getInteger("daemontools.kills", 100);

    /** More calls of the kernel than a supervise makes from its start to the restart of its service. */
    private static final int CALLS = 160;

    private static void awaitNone(Supervised service) throws Exception {
        Await.until(
                "no process of the service is left", () -> service.processes().isEmpty());
    }

    @Test
    void whatRunLeavesBehindIsEndedBeforeFinishAndTheNextStart() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("s", TREE);
            Supervised service = new Supervised(stage, "s")
                    .with("orphanage", "")
                    .withScript("finish", """
                            for p in /proc/[0-9]*; do
                              if [ "$(readlink $p/cwd)" = "$PWD" ]; then cat $p/comm; fi
                            done > there
                            """)
                    .start();
            stage.awaitContent("s/grown", "\n");
            Await.until("the tree has grown", () -> service.processes().size() >= 11);
            Kernel.signal(service.pid(), "KILL");
            service.await("starts 2", "finishes 1", "signal 9");
            assertThat(stage.read("s/there")).contains("finish").doesNotContain("sleep");
            service.send("d");
            service.await("state down", "finishes 2");
            awaitNone(service);
        }
    }

    @Test
    void processesThatIgnoreTermAndForkAreKilled() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.script("fork", "trap '' TERM; ./../fork2 & ./../fork2 & sleep 0.02; exec ../fork2");
            stage.script(
                    "fork2",
                    "trap '' TERM; n=0; while [ $n -lt 400 ]; do n=$((n+1)); (sleep 0.05 &); sleep 0.02; done");
            stage.service("s", "../fork & echo > grown; exec sleep 1000");
            Supervised service = new Supervised(stage, "s")
                    .with("orphanage", "")
                    .with("timeout-kill", "100")
                    .start();
            stage.awaitContent("s/grown", "\n");
            service.send("d");
            service.await("state down", "finishes 1");
            awaitNone(service);
        }
    }

    @Test
    void aDaemonInTheBackgroundIsTheService() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("s", "(setsid sh -c 'echo $$ > ../pid; exec sleep 1000' &) ; exit 0");
            Supervised service =
                    new Supervised(stage, "s").with("orphanage", "daemon\n").start();
            stage.awaitContent("pid", "\\d+\n");
            long daemon = Long.parseLong(stage.read("pid").strip());
            service.await("state up", "pid " + daemon, "starts 1", "ends 0");
            Kernel.signal(daemon, "KILL");
            service.await("starts 2", "ends 1", "signal 9").send("d");
            service.await("state down", "signal 15");
            awaitNone(service);
        }
    }

    @Test
    void allOfADaemonsProcessesEndWhenItIsTakenDown() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("s", "for n in 1 2 3; do (setsid sleep 1000 &); done; exit 0");
            Supervised service =
                    new Supervised(stage, "s").with("orphanage", "daemon").start();
            Await.until("three are there", () -> service.processes().size() == 3);
            service.send("d");
            service.await("state down", "ends 1");
            awaitNone(service);
            service.send("u");
            Await.until("three are there", () -> service.processes().size() == 3);
            service.await("state up", "starts 2").send("r");
            service.await("state up", "starts 3", "ends 2");
        }
    }

    @Test
    void whatARunScriptDoesToItsOwnGroupStaysInsideIt() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("s", "trap 'kill -9 0' TERM; sleep 1000 & echo > ready; wait");
            Supervised service =
                    new Supervised(stage, "s").with("process-group", "").start();
            stage.awaitContent("s/ready", "\n");
            service.send("d");
            service.await("state down");
            awaitNone(service);
            assertThat(service.supervise().isAlive()).isTrue();
        }
    }

    @Test
    void signalsGoToTheWholeGroup() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("s", "sleep 1000 & sleep 1000 & echo > ready; sleep 1000; exit 0");
            Supervised service =
                    new Supervised(stage, "s").with("process-group", "").start();
            stage.awaitContent("s/ready", "\n");
            service.send("d");
            service.await("state down");
            awaitNone(service);
        }
    }

    // ---- adopt ----

    @Test
    void aRunOfAKilledSuperviseIsTakenOverAndItsEndIsSeen() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("s", "echo >> runs; exec sleep 1000");
            Supervised service = new Supervised(stage, "s")
                    .with("adopt", "")
                    .withScript("finish", "echo \"$1 $2\" > told")
                    .start();
            long pid = service.pid();
            stage.awaitContent("s/runs", "\n");
            service.send("p");
            service.await("paused 1");
            service.supervise().destroyForcibly().waitFor();
            service.startAgain().await("supervise " + service.supervise().pid(), "pid " + pid, "paused 1", "starts 1");
            service.send("c");
            Kernel.signal(pid, "KILL");
            service.awaitCount("starts", 2);
            assertThat(stage.read("s/told")).isEqualTo("256 0\n");
            stage.awaitContent("s/runs", "\n\n");
        }
    }

    @Test
    void aProcessThatOnlyHasTheNumberIsNotTakenOver() throws Exception {
        for (String other : new String[] {"s/ [0-9]* / 1 /", "s/[0-9a-f-]*$/another-boot/", "s/.*//"}) {
            try (Stage stage = new Stage(Commands.SUBJECT)) {
                stage.service("s", "echo >> runs; exec sleep 1000");
                Supervised service =
                        new Supervised(stage, "s").with("adopt", "").start();
                stage.awaitContent("s/runs", "\n");
                service.pid();
                service.supervise().destroyForcibly().waitFor();
                stage.sh("sed -i '" + other + "' s/supervise/run");
                service.startAgain();
                stage.awaitContent("s/runs", "\n\n");
            }
        }
    }

    @Test
    void svscanStartsASuperviseThatTakesOver() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.write("services/s/adopt", "");
            stage.write("services/s/supervise/details", "");
            stage.service("services/s", "echo >> runs; exec sleep 1000");
            Supervised service = new Supervised(stage, "services/s");
            stage.start("svscan", "svscan", "services");
            long pid = service.pid();
            service.await("pid " + pid);
            String killed = service.detail("supervise");
            Kernel.signal(Long.parseLong(killed), "KILL");
            Await.until("another supervise", () -> !service.detail("supervise").equals(killed));
            service.await("state up", "pid " + pid, "starts 1");
            assertThat(stage.read("services/s/runs")).isEqualTo("\n");
        }
    }

    @SeededTest(1)
    void thereAreNeverTwoRunsWheneverSuperviseIsKilled(long seed) throws Exception {
        Random random = new Random(seed);
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("s", "exec 9> alone; flock -n 9 || echo >> two; [ -e quick ] || exec sleep 1000");
            Supervised service = new Supervised(stage, "s")
                    .with("adopt", "")
                    .withScript("finish", "sleep 0.01")
                    .start();
            for (int i = 0; i < KILLS; i++) {
                LockSupport.parkNanos(random.nextInt(20_000_000));
                if (random.nextInt(4) == 0) {
                    if (!Files.deleteIfExists(stage.path("s/quick"))) stage.write("s/quick", "");
                    service.send("r");
                    LockSupport.parkNanos(random.nextInt(5_000_000));
                }
                service.supervise().destroyForcibly().waitFor();
                begin(stage, service);
            }
            Files.deleteIfExists(stage.path("s/quick"));
            service.await("state up");
            assertThat(stage.path("s/two")).doesNotExist();
            Await.until("one ./run", () -> service.processes().size() == 1);
        }
    }

    @SeededTest(1)
    void thereIsOneRunWhicheverCallSuperviseIsKilledAt(long seed) throws Exception {
        Commands.assumeNative("a JVM makes thousands of calls before supervise begins");
        Strace.assumeAvailable();
        Random random = new Random(seed);
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("s", "exec 9> alone; flock -n 9 || echo >> two; exec sleep 1000");
            Supervised service = new Supervised(stage, "s")
                    .with("adopt", "")
                    .withScript("finish", ":")
                    .start();
            for (int i = 0; i < KILLS / 5; i++) {
                long run = service.pid();
                service.supervise().destroyForcibly().waitFor();
                if (random.nextBoolean()) Kernel.signal(run, "KILL");
                superviseUntil(1 + random.nextInt(CALLS), stage, service);
                begin(stage, service);
                service.await("supervise " + service.supervise().pid(), "state up");
                Await.until("one ./run", () -> service.processes().size() == 1);
                assertThat(stage.path("s/two")).doesNotExist();
            }
        }
    }

    /** Starts a supervise as svscan does: again, where the lock was taken by what a killed one was just starting. */
    private static void begin(Stage stage, Supervised service) throws Exception {
        Await.until("the next supervise begins", () -> {
            Process next = stage.start("s", "supervise", "s");
            Await.until(
                    "it runs or has ended",
                    () -> !next.isAlive() || stage.run("svok", "s").code() == 0);
            service.is(next);
            return next.isAlive();
        });
    }

    /** A supervise that is killed at one of its calls, and whose service is killed when it runs. */
    private static void superviseUntil(int call, Stage stage, Supervised service) throws Exception {
        String before = service.detail("supervise");
        String strace = "exec strace -qqq -o /dev/null -e inject=all:signal=KILL:when=" + call + " supervise s";
        Process traced = stage.start("traced", "/bin/sh", "-c", strace);
        Await.until(
                "it is killed, or its service runs",
                () -> !traced.isAlive() || (!service.detail("supervise").equals(before) && service.number("pid") > 0));
        long run = service.number("pid");
        if (traced.isAlive()) Kernel.signal(run, "KILL");
        Await.until(
                "it is killed, or its service is started again",
                () -> !traced.isAlive() || service.number("starts") > 1);
        if (traced.isAlive()) Kernel.signal(service.number("supervise"), "KILL");
        traced.waitFor();
    }
}

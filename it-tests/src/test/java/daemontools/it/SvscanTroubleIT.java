package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What svscan says of what it cannot do, and how it goes on. */
@Execution(ExecutionMode.CONCURRENT)
@Spec("3")
class SvscanTroubleIT {
    @Test
    @Spec({"1.1", "1.3", "3"})
    void saysWhenItCannotGoToItsDirectory() throws Exception {
        Differential.compareShell("svscan nowhere; echo $?; touch file; svscan file x; echo $?; svscan ''; echo $?");
    }

    @Test
    void withoutAnOperandItScansWhereItIsAndFurtherOnesMeanNothing() throws Exception {
        Differential.compare(stage -> {
            stage.service("services/a", "exec sleep 1000");
            stage.service("more/b", "exec sleep 1000");
            stage.start("here", "/bin/sh", "-c", "cd services; exec svscan");
            stage.awaitSupervised("services/a");
            stage.start("there", "svscan", "more", "services", "-x");
            stage.awaitSupervised("more/b");
            stage.note(stage.sh("svok services/a; echo $?; svok more/b; echo $?"));
            stage.note(stage.read("here.err") + stage.read("there.err"));
        });
    }

    @Test
    @Spec({"1.3", "3"})
    void aDirectoryThatItMayNotReadIsTriedAgain() throws Exception {
        Differential.compare(stage -> {
            stage.assumeMayBeRunBy("nobody");
            stage.sh("mkdir services; chmod 711 services");
            stage.start("svscan", "/bin/sh", "-c", "exec setuidgid nobody svscan services");
            stage.awaitContent("svscan.err", ".*\n");
            stage.sh("chmod 755 services; mkdir services/a");
            stage.awaitContent("svscan.err", ".*\n.*a/supervise.*\n");
            stage.note(stage.read("svscan.err").lines().distinct().toList());
        });
    }

    @Test
    @Spec({"1.3", "3.1"})
    void withoutRoomForAProcessItTriesAgain() throws Exception {
        Commands.assumeNative("a JVM cannot start when it may have no other process");
        Differential.compare(stage -> {
            stage.assumeMayBeRunBy("games");
            stage.sh("mkdir -p services/a services/b/log; chown -R games services");
            stage.start("svscan", "/bin/sh", "-c", "exec setuidgid games softlimit -p 1 svscan services");
            stage.awaitContent("svscan.err", "(.*\n){6}.*");
            stage.note(stage.read("svscan.err").lines().distinct().sorted().toList());
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"HUP", "INT", "QUIT", "TERM", "ALRM", "USR1", "PIPE"})
    @Spec("3")
    void aSignalEndsSvscanAndLeavesEverySuperviseAlone(String signal) throws Exception {
        Differential.compare(stage -> {
            stage.service("services/a", "exec sleep 1000");
            stage.service("services/a/log", "exec cat");
            Process svscan = stage.start("svscan", "/bin/sh", "-c", "ulimit -c 0; exec svscan services");
            stage.awaitSupervised("services/a");
            stage.awaitSupervised("services/a/log");
            Kernel.signal(svscan.pid(), signal);
            stage.note(svscan.waitFor());
            stage.note(stage.run("svok", "services/a") + "" + stage.run("svok", "services/a/log"));
        });
    }

    /** 0.76 does not hear of its children's ends then. */
    @Test
    @Spec("3")
    void whereDeathsOfChildrenWereIgnoredASuperviseIsStartedAgainAllTheSame() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("services/a", "echo run >> runs; exec sleep 1000");
            stage.start("svscan", "/bin/sh", "-c", "exec env --ignore-signal=CHLD svscan services");
            stage.awaitContent("services/a/runs", "run\n");
            stage.awaitSupervised("services/a");
            stage.run("svc", "-dx", "services/a");
            stage.awaitContent("services/a/runs", "run\nrun\n");
        }
    }

    /** No sooner than after five seconds, in C's time and in ours. */
    @Test
    @Spec({"1.9", "3"})
    void aSuperviseThatEndsAtOnceIsStartedOnceAPass() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.script("bin/supervise", Kernel.TELL_START + " >> ../times");
            stage.sh("mkdir -p services/a");
            String svscan = stage.commands().path("svscan").toString();
            stage.start("svscan", "/usr/bin/env", "PATH=" + stage.path("bin") + ":/usr/bin:/bin", svscan, "services");
            stage.awaitContent("times", "(.*\n){3}");
            List<Long> times = stage.read("times").lines().map(Long::valueOf).toList();
            assertThat(times.get(1) - times.get(0)).isGreaterThanOrEqualTo(5 * Kernel.TICKS_PER_SECOND - 1);
            assertThat(times.get(2) - times.get(1)).isGreaterThanOrEqualTo(5 * Kernel.TICKS_PER_SECOND - 1);
        }
    }
}

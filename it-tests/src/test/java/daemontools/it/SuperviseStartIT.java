package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What supervise makes and says before its service runs, and what it does not care for. */
@Execution(ExecutionMode.CONCURRENT)
@Spec("2.1")
class SuperviseStartIT {
    private static final Duration TWO_MINUTES = Duration.ofMinutes(2);

    @Test
    @Spec({"1.1", "2"})
    void wantsJustOneOperand() throws Exception {
        Differential.compareShell("supervise; echo $?; supervise a b; echo $?; supervise -- ; echo $?; supervise ''");
    }

    @Test
    @Spec({"1.3", "2.1"})
    void saysWhatItCannotUse() throws Exception {
        Differential.compareShell("""
                supervise nowhere; echo $?
                touch file; supervise file; echo $?
                mkdir a; ln -s down a/down; supervise a; echo $?
                mkdir b; touch b/supervise; supervise b; echo $?
                mkdir -p c/supervise/lock; supervise c; echo $?
                mkdir -p d/supervise/control; touch d/down; supervise d; echo $?
                mkdir -p e/supervise; ln -s nowhere/x e/supervise/ok; touch e/down; supervise e; echo $?
                mkdir g; ln -s $(printf '%0256d' 0) g/supervise; supervise g; echo $?
                mkdir h; ln -s nowhere/x h/supervise; supervise h; echo $?
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"000", "022", "027", "077", "777"})
    @Spec({"1.7", "2.1", "2.2"})
    void itsFilesHaveTheModesThatTheUmaskLeaves(String umask) throws Exception {
        Differential.compare(stage -> {
            stage.service("s", "umask > seen; exec sleep 1000");
            Process supervise = stage.start("s", "/bin/sh", "-c", "umask " + umask + "; exec supervise s");
            stage.awaitSupervised("s");
            stage.awaitContent("s/seen", ".*\n");
            stage.run("svc", "-dx", "s");
            stage.note(supervise.waitFor());
            stage.note(Tree.of(stage.folder()));
        });
    }

    @Test
    void whatIsCalledDownKeepsTheServiceDownWhateverItIs() throws Exception {
        Differential.compareShell("""
                for make in 'mkdir s/down' 'mkfifo s/down' 'ln -s / s/down' ': > s/down; chmod 0 s/down' 'ln -s nowhere s/down'; do
                  mkdir s; printf '#!/bin/sh\\necho ran > ran' > s/run; chmod 755 s/run; eval "$make"
                  supervise s & until svok s; do :; done; svc -x s; wait $!; echo "$make: $?"; ls s/ran 2>&1; rm -rf s
                done
                """);
    }

    @Test
    @Spec({"1.3", "2.1"})
    void withoutADescriptorLeftItGivesUp() throws Exception {
        Commands.assumeNative("a JVM cannot start with three descriptors");
        // 0.76's dynamic linker needs one more, and supervise then says this.
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            String reason = "supervise: fatal: unable to create pipe for s: process cannot open more files\n";
            assertThat(stage.sh("mkdir s; ulimit -n 3; supervise s")).isEqualTo(new Result("", reason, 111));
        }
    }

    @Test
    @Spec({"1.3", "2.3"})
    void withoutRoomForAProcessItWaitsAndSaysSo() throws Exception {
        Commands.assumeNative("a JVM cannot start when it may have no other process");
        Differential.compare(stage -> {
            stage.assumeMayBeRunBy("games");
            stage.service("s", "exec sleep 1000");
            stage.sh("chown games s");
            stage.start("s", "/bin/sh", "-c", "exec setuidgid games softlimit -p 1 supervise s");
            stage.awaitContent("s.err", ".*\n");
            stage.note(stage.read("s.err"));
            stage.note(stage.svstat("s").replaceAll("\\d+", "N"));
        });
    }

    @Test
    @Spec({"1.3", "2.3"})
    void withoutMemoryForAProcessItWaitsAndSaysSo() throws Exception {
        Commands.assumeNative("a JVM cannot start without its other threads");
        Strace.assumeAvailable();
        Differential.compare(stage -> {
            stage.service("s", "exec sleep 1000");
            String refused = Strace.traced("fork,vfork,clone,clone3:error=ENOMEM", null);
            stage.start("s", "/bin/sh", "-c", refused + "traced supervise s");
            stage.awaitContent("s.err", ".*\n");
            stage.note(stage.read("s.err"));
            stage.note(stage.svstat("s").replaceAll("\\d+", "N"));
        });
    }

    /** Who has seen with svok that supervise runs is not told that the service is down because it has yet to be executed. */
    @ParameterizedTest
    @ValueSource(strings = {"exec sleep 1000", ""})
    @Spec({"2.1", "2.3"})
    void theStatusSaysUpBeforeTheChildHasBecomeRun(String run) throws Exception {
        Commands.assumeNative("a JVM cannot fork");
        Strace.assumeAvailable();
        Differential.compare(stage -> {
            stage.service("s", "echo ran > ran; " + run);
            if (run.isEmpty()) Files.delete(stage.path("s/run"));
            String slow = Strace.traced("execve:delay_enter=100000000", "./run");
            stage.start("s", "/bin/sh", "-c", slow + "traced supervise s");
            stage.awaitSupervised("s");
            stage.note(stage.awaitStatus("s", "up .*").replaceAll("\\d+", "N"));
            stage.note(Files.exists(stage.path("s/ran")) + stage.read("s.err"));
        });
    }

    @Test
    @Spec("2.3")
    void aStartThatFailsIsOneChildAndNoOtherProgram() throws Exception {
        Commands.assumeNative("a JVM cannot fork");
        Strace.assumeAvailable();
        Differential.compare(stage -> {
            stage.write("s/x", "");
            stage.start(
                    "s",
                    "/bin/sh",
                    "-c",
                    "exec strace -f -qqq -a 1 -e trace=execve,exit_group -e signal=none -o calls supervise s");
            stage.awaitContent("s.err", "(.*\n){3}.*");
            String[] name = new String[1];
            Await.until("a child that has ended", () -> {
                long pid = stage.pid("s");
                name[0] = Kernel.name(pid);
                return Kernel.state(pid) == 'Z';
            });
            stage.note(name[0]);
            stage.run("svc", "-dx", "s");
            Await.until("supervise has ended", () -> stage.read("calls").endsWith("exit_group(0) = ?\n"));
            stage.note(
                    stage.sh(
                            "sed -nE 's/^[0-9]+ +//; s/0x[0-9a-f]+/ADDRESS/; /run|exit_group/p' calls | sort -u | grep -v supervise"));
        });
    }

    /** As Debian's does; the pristine 0.76 forgets the service. */
    @Test
    @Spec({"2.3", "21"})
    void aForkThatWasRefusedIsTriedAgainAfterAMinute() throws Exception {
        Commands.assumeNative("a JVM cannot start when it may have no other process");
        Differential.compare(stage -> {
            stage.assumeMayBeRunBy("games");
            stage.service("s", "exec sleep 1000");
            stage.sh("chown games s");
            Process supervise = stage.start("s", "/bin/sh", "-c", "exec setuidgid games softlimit -p 1 supervise s");
            stage.awaitContent("s.err", ".*\n");
            assertThat(stage.sh("setuidgid games prlimit --nproc=1000: --pid " + supervise.pid())
                            .code())
                    .isZero();
            Await.until("it is up", TWO_MINUTES, () -> stage.svstat("s").startsWith("up"));
            stage.note(stage.read("s.err"));
        });
    }

    @Test
    @Spec("2.4")
    void childrenThatItWasGivenAreCollectedAndForgotten() throws Exception {
        Differential.compare(stage -> {
            stage.service("s", "exec sleep 1000");
            String strangers = "true & { until svok s; do sleep 0.1; done; } & echo $! > pid";
            Process supervise = stage.start("s", "/bin/sh", "-c", strangers + "; exec supervise s");
            stage.awaitSupervised("s");
            stage.note(stage.awaitStatus("s", "up .*").replaceAll("\\d+", "N"));
            long child = Long.parseLong(stage.read("pid").trim());
            Await.until("the stranger is collected", () -> Kernel.state(child) == '-');
            Await.until("only run is left", () -> supervise.children().count() == 1);
            stage.note(stage.awaitStatus("s", "up .*").replaceAll("\\d+", "N"));
        });
    }

    @Test
    @Spec("2.4")
    void signalsAreForRunAndNotForItsChildren() throws Exception {
        Differential.compare(stage -> {
            stage.service("s", "sleep 1000 & echo $! > child.new; mv child.new child; wait");
            stage.supervise("s");
            stage.awaitContent("s/child", ".*\n");
            long child = Long.parseLong(stage.read("s/child").trim());
            Files.delete(stage.path("s/child"));
            stage.run("svc", "-t", "s");
            stage.awaitContent("s/child", ".*\n");
            stage.note(Kernel.state(child));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"HUP", "INT", "QUIT", "TERM", "ALRM", "USR1", "USR2", "PIPE", "XFSZ"})
    @Spec("2.5")
    void aSignalEndsSuperviseAndLeavesTheServiceAlone(String signal) throws Exception {
        Differential.compare(stage -> {
            stage.service("s", "exec sleep 1000");
            Process supervise = stage.start("s", "/bin/sh", "-c", "ulimit -c 0; exec supervise s");
            stage.awaitSupervised("s");
            long pid = stage.pid("s");
            Kernel.signal(supervise.pid(), signal);
            stage.note(supervise.waitFor());
            stage.note(Kernel.state(pid) != '-');
            stage.note(stage.svstat("s"));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ln -s /dev/full s/supervise/status.new",
                "mkdir s/supervise/status.new",
                "rm s/supervise/status; mkdir -p s/supervise/status/x"
            })
    @Spec({"1.3", "2.2"})
    void aStatusThatCannotBeWrittenIsOnlyAWarning(String trouble) throws Exception {
        Differential.compare(stage -> {
            stage.service("s", "exec sleep 1000");
            Process supervise = stage.supervise("s");
            Stage.awaitIdle(supervise);
            stage.sh(trouble);
            for (String command : new String[] {"-p", "-c", "-u", "-dx"}) stage.run("svc", command, "s");
            stage.note(supervise.waitFor());
            stage.note(stage.read("s.err").lines().distinct().toList());
        });
    }
}

package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A loader that becomes another loader: nobody can tell whether there was an exec between them. */
@Spec(
        value = "1.5",
        commands = {"envdir", "envuidgid", "fghack", "pgrphack", "setlock", "setuidgid", "softlimit"})
class LoaderChainIT {
    static Stream<Arguments> pairs() {
        return LoaderInheritanceIT.pairs();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void theSecondLoaderSpeaksOfItsTroubleAsIfItHadBeenStarted(String first, String second) throws Exception {
        String command = second.substring(0, (second + " ").indexOf(' '));
        Differential.compareShell("""
                chmod 777 .; mkdir env; FIRST="%s" SECOND="%s" NAME="%s"
                $FIRST $SECOND nosuch; echo $?
                $FIRST $SECOND /etc/passwd; echo $?
                $FIRST $NAME; echo $?
                $FIRST $NAME -z nosuch nosuch; echo $?
                $FIRST /nowhere/$NAME nosuch; echo $?
                $FIRST "$(command -v $NAME)" nosuch nosuch; echo $?
                """.formatted(first, second.replace("lock lock", "lock lock2"), command));
    }

    @Test
    @Spec({"1.5", "16"})
    void aPathFromEnvdirHoldsForTheLoaderAfterItAndNotForItself() throws Exception {
        Differential.compareShell("""
                mkdir env empty bin; pwd | sed 's#$#/bin:/nowhere#' > env/PATH; : > empty/PATH
                printf '#!/bin/sh\\necho found' > bin/tool; chmod 755 bin/tool
                envdir env tool; echo $?
                envdir env pgrphack tool; echo $?
                envdir env pgrphack pgrphack tool; echo $?
                envdir empty pgrphack tool; echo $?
                envdir empty pgrphack true; echo $?
                envdir env envdir empty tool; echo $?
                """);
    }

    @Test
    @Spec(
            value = {"1.6"},
            commands = {"envdir", "envuidgid"})
    void variablesOfOneLoaderAreSeenAndReplacedByTheNext() throws Exception {
        Differential.compareShell("""
                mkdir a b; echo 1 > a/X; echo 2 > a/Y; echo 3 > a/UID; echo 4 > b/Y; : > b/X; echo 5 > b/GID
                for chain in "envdir a envdir b" "envdir b envdir a" "envdir a envuidgid daemon" \\
                    "envuidgid daemon envdir b" "envdir a pgrphack envdir b envuidgid bin envdir a"; do
                  env -i Z=0 X=9 PATH="$PATH" Y=8 $chain env | sed 's/^PATH.*/PATH/'
                done
                """);
    }

    @Test
    void aLoaderThatTheNewUserMayNotExecuteIsNotRun() throws Exception {
        Commands.assumeNative("a copy of a launcher finds no JVM");
        Differential.compareShell("""
                d=$(dirname "$(command -v setuidgid)"); chmod 755 .
                mkdir open closed; cp -a $d/setuidgid $d/envdir $d/pgrphack open; cp -a open/* closed
                chmod 700 closed; chmod 750 open/pgrphack
                PATH=$(pwd)/closed:/usr/bin:/bin; setuidgid daemon envdir . true; echo $?
                PATH=$(pwd)/open:/usr/bin:/bin; setuidgid daemon pgrphack true; echo $?
                """);
    }

    @Test
    void whatIsTooLongForAnExecIsTooLongBetweenLoadersToo() throws Exception {
        Differential.compareShell("""
                mkdir env; head -c 140000 /dev/zero | tr '\\0' x > env/BIG
                envdir env pgrphack true; echo $?
                head -c 120000 env/BIG > env/LESS; rm env/BIG
                envdir env pgrphack sh -c 'echo ${#LESS}'; echo $?
                for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do ln env/LESS env/LESS$i; done
                envdir env pgrphack true; echo $?
                """);
    }

    @Test
    void tooManyProcessesOfTheNewUserStopTheNextLoader() throws Exception {
        Differential.compareShell("""
                mkdir env; chmod 755 .
                setuidgid daemon sh -c 'echo up; exec sleep 1000' > up & until [ -s up ]; do sleep 0.02; done
                softlimit -p 0 setuidgid daemon envdir env true; echo $?
                softlimit -p 0 setuidgid daemon true; echo $?
                softlimit -p 0 setuidgid daemon pgrphack nosuch; echo $?
                """);
    }

    @Test
    void aMemoryLimitTooSmallForARuntimeIsNoObstacleInAChain() throws Exception {
        Commands.assumeNative("another thread of a JVM may meet the limit first");
        Differential.compareShell("""
                mkdir env; echo 1 > env/A; chmod 777 .
                softlimit -m 3000000 setuidgid daemon envdir env sh -c 'id -un; echo $A; ulimit -v'; echo $?
                softlimit -m 3000000 setlock lock fghack pgrphack sh -c 'echo here; exit 5'; echo $?
                """);
    }

    /** scp, rsync and the layers of images make files of their own of hard links. */
    @Test
    void noneIsAMemoryLimitWhereTheNextLoaderIsACopy() throws Exception {
        Commands.assumeNative("a copy of a launcher finds no JVM");
        Differential.compareShell("""
                mkdir d env; echo 1 > env/A; for c in softlimit setuidgid envdir fghack; do cp "$(command -v $c)" d; done
                strip -o d/pgrphack "$(command -v pgrphack)"; chmod 755 . d; PATH=$(pwd)/d:$PATH
                softlimit -m 8000000 setuidgid nobody true; echo $?
                softlimit -m 3000000 setuidgid nobody envdir env sh -c 'id -un; echo $A; ulimit -v'; echo $?
                softlimit -d 1000000 ./d/pgrphack ./d/fghack ./d/envdir env true; echo $?
                """);
    }

    @Test
    void aLoaderOfAnotherBuildIsExecuted() throws Exception {
        Commands.assumeNative("a copy of a launcher finds no JVM");
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.sh("mkdir d; objcopy --remove-section .note.gnu.build-id \"$(command -v setlock)\" d/setlock");
            stage.start("holder", "setlock", "lock", "sh", "-c", "echo held; exec sleep 1000");
            stage.awaitContent("holder.out", "held\n");
            Process waiter = stage.start("waiter", "softlimit", "-d", "100000000", "d/setlock", "lock", "true");
            Path executable = Path.of("/proc/" + waiter.pid() + "/exe");
            Await.until(
                    "it was executed", () -> Files.readSymbolicLink(executable).endsWith("d/setlock"));
        }
    }

    @Test
    void aLoaderThatWaitsIsSeenUnderItsOwnName() throws Exception {
        Differential.compare(stage -> {
            stage.start("holder", "/bin/sh", "-c", "exec setlock lock sh -c 'echo held; exec sleep 1000'");
            stage.awaitContent("holder.out", "held\n");
            Process waiter = stage.start("waiter", "/bin/sh", "-c", "exec pgrphack setlock lock true");
            Process fghack = stage.start("fghack", "/bin/sh", "-c", "exec pgrphack fghack sleep 1000");
            for (Process process : new Process[] {waiter, fghack}) {
                String[] title = new String[1];
                Await.until("the loader waits", () -> {
                    title[0] = stage.sh("tr '\\0' ' ' < /proc/" + process.pid() + "/cmdline; cat /proc/" + process.pid()
                                    + "/comm")
                            .out();
                    return title[0].startsWith("setlock ") || title[0].startsWith("fghack ");
                });
                stage.note(title[0]);
            }
        });
    }

    @Test
    void aChainOfThousandsOfLoadersEndsInItsProgram() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            assertThat(stage.sh("exec $(yes pgrphack | head -n 2000) echo end")).isEqualTo(new Result("end\n", "", 0));
        }
    }
}

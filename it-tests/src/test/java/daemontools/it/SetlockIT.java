package daemontools.it;

import org.junit.jupiter.api.Test;

@Spec("18")
class SetlockIT {
    @Test
    @Spec({"1.5", "1.7", "1.8", "18"})
    void theProgramHoldsTheLockAndTheFileStays() throws Exception {
        Differential.compareShell("""
                umask 0; setlock lock sh -c 'flock -n lock true; echo $?'; echo $?; flock -n lock echo free
                ls -l lock | cut -c1-10; echo content > lock; setlock lock true; cat lock
                setlock lock sh -c 'echo more >&3; exit 7'; echo $?; cat lock
                exec 3</dev/null 5</dev/null; setlock lock sh -c 'echo four >&4'; cat lock
                """);
    }

    @Test
    @Spec({"1.4", "1.8", "18"})
    void aBusyLockIsReportedOrNot() throws Exception {
        Differential.compareShell("""
                exec 9> lock; flock 9; for options in -n -nx -nX -nxX -nXx '-n -x' '-N -n' '-x -n -X' '-Nxn'; do
                  echo "$options"; setlock $options lock echo not; echo $?
                done
                """);
    }

    @Test
    @Spec({"1.8", "18"})
    void itWaitsUntilEveryHolderIsGone() throws Exception {
        Differential.compare(stage -> {
            stage.start("holder", "/bin/sh", "-c", "exec setlock lock sh -c 'sleep 1000 & echo $!'");
            stage.awaitContent("holder.out", "\\d+\n");
            Process waiter = stage.start("waiter", "/bin/sh", "-c", "exec setlock lock echo got it");
            stage.note(stage.run("setlock", "-n", "lock", "true"));
            stage.note(waiter.isAlive());
            stage.sh("kill " + stage.read("holder.out"));
            stage.note(waiter.waitFor());
            stage.note(stage.read("waiter.out") + stage.read("waiter.err"));
        });
    }

    @Test
    @Spec({"1.3", "1.7", "18"})
    void whatCannotBeOpenedIsReportedOrNot() throws Exception {
        Differential.compareShell("""
                mkdir d; mkfifo fifo; ln -s loop loop; ln -s made link; : > closed; chmod 0 closed; chmod 755 .
                for file in d fifo loop nowhere/lock d/ '' . closed/x /dev/null "$(printf '%0300d' 0)"; do
                  setlock "$file" echo got; echo $?; setlock -x "$file" echo got; echo $?
                  setlock -xX "$file" echo got; echo $?
                done
                setuidgid daemon setlock closed echo got; echo $?; setuidgid daemon setlock -x new echo got; echo $?
                setlock link echo got; ls made; setlock "$(printf 'caf\\351')" echo got; ls | od -c | head
                """);
    }

    @Test
    @Spec({"1.1", "1.4", "18"})
    void wrongUsageIsReported() throws Exception {
        Differential.compareShell("""
                setlock; echo $?; setlock lock; echo $?; setlock -n; echo $?; setlock -n lock; echo $?; setlock --; echo $?
                setlock -z lock true; echo $?; setlock -nz lock true; echo $?; setlock --halp; echo $?
                setlock -- lock true; echo $?; setlock - true; echo $?; setlock lock -n true; echo $?
                setlock -x lock nosuch; echo $?; setlock lock nosuch; echo $?; setlock lock ''; echo $?; ls
                """);
    }
}

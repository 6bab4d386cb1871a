package daemontools.it;

import org.junit.jupiter.api.Test;

/** fghack, and pgrphack, which both keep hold of a program that would slip away. */
@Spec("8")
class FghackIT {
    @Test
    void theExitCodeIsTheProgramsOwn() throws Exception {
        Differential.compareShell("""
                fghack true; echo $?; fghack false; echo $?; fghack sh -c 'exit 200'; echo $?
                fghack sh -c 'kill -9 $$'; echo $?; fghack sh -c 'kill -15 $$'; echo $?; fghack fghack sh -c 'exit 3'; echo $?
                fghack; echo $?; fghack nosuch; echo $?; fghack /etc/passwd; echo $?; fghack -h; echo $?; fghack -- true; echo $?
                """);
    }

    @Test
    void itWaitsForWhatTheProgramLeftInTheBackground() throws Exception {
        Differential.compareShell("""
                fghack sh -c '(until [ -e go ]; do sleep 0.1; done; echo late) & echo early; : > go; exit 7'; echo $?
                fghack sh -c '(exec 3>&- 4>&- 5>&-; sleep 0.3; echo late) >&2 & exit 7' 2>&1; echo $?
                fghack sh -c 'echo noise >&3; echo noise >&9; echo done'; echo $?
                """);
    }

    @Test
    void theProgramHoldsThirtyOneDescriptorsOrAsManyAsFit() throws Exception {
        Differential.compareShell("""
                list() { fghack sh -c 'for fd in /proc/$$/fd/*; do echo "${fd##*/}" $(readlink $fd | sed "s#[^:]*:##; s#/.*##; s#.[0-9]*.#pipe#"); done'; echo $?; }
                list; exec 3</dev/null 5</dev/null 20</dev/null; list; ulimit -n 12; list; ulimit -n 8; list
                """);
    }

    @Test
    void aFullTableOfDescriptorsIsReported() throws Exception {
        Commands.assumeNative("a JVM cannot start with four descriptors");
        Differential.compareShell("ulimit -n 4; fghack true; echo $?; ulimit -n 5; fghack true; echo $?");
    }

    @Test
    void ignoredDeathsOfChildrenAreReported() throws Exception {
        Differential.compareShell("env --ignore-signal=CHLD fghack true; echo $?");
    }

    @Test
    @Spec({"1.4", "9"})
    void pgrphackLeadsASessionOfItsOwnUnderTheSamePid() throws Exception {
        Differential.compareShell("""
                show='set -- $(cat /proc/$$/stat); [ $1 = $5 ]; echo $?; [ $1 = $6 ]; echo $?; [ $1 = $pid ]; echo $?'
                sh -c 'pid=$$; export pid; exec pgrphack sh -c "$1"' x "$show"
                sh -c 'pid=$$; export pid; exec setsid -w pgrphack sh -c "$1"' x "$show"
                pgrphack; echo $?; pgrphack nosuch; echo $?; pgrphack -- true; echo $?; pgrphack -h; echo $?
                pgrphack sh -c 'exit 9'; echo $?
                """);
    }
}

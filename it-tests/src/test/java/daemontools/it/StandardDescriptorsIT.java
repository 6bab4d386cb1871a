package daemontools.it;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Descriptors 0, 1 and 2 that are closed, full, broken, or directories. */
@Spec(
        value = {
            "1.1", "1.2", "2.1", "4", "5", "6", "7", "8", "9", "10", "11.2", "12", "13", "14", "15", "16", "17", "18"
        },
        commands = {"svscan"})
class StandardDescriptorsIT {
    private static final String EACH_COMMAND = """
            mkdir env s; printf 'a\\nb\\n' > in
            for c in 'svscan nowhere' 'supervise nowhere' supervise 'svc -u nowhere' 'svc -z' 'svok nowhere' svok \\
                'svstat nowhere s' 'envdir nowhere true' 'envuidgid nosuch true' 'setuidgid nosuch true' 'softlimit -z' \\
                'setlock lock nosuch' 'pgrphack nosuch' 'fghack nosuch' 'fghack true' 'multilog =/no/where' \\
                'multilog ./log' 'multilog e' tai64n tai64nlocal readproctitle 'readproctitle x .....'; do
            """;

    @Test
    void maybeClosed() throws Exception {
        Differential.compareShell(EACH_COMMAND + """
                  for r in '<&-' '>&-' '2>&-' '<&- >&- 2>&-'; do
                    eval "$c $r" > out 2> err < in; echo "$c $r: $?"
                    sed 's/@4[0-9a-f]\\{23\\}/STAMP/' out; cat err; rm -rf log
                  done
                done
                """);
    }

    @Test
    void thatAreClosedStayClosedOrBecomeTheLocksAndPipes() throws Exception {
        Differential.compareShell("""
                mkdir env; cat > probe <<'X'
                #!/bin/sh
                for fd in 0 1 2 3 4 5 6 7 8 9; do
                  [ -e /proc/$$/fd/$fd ] && echo "$fd $(readlink /proc/$$/fd/$fd | sed "s#$(pwd)##; s#pipe:.*#pipe#")"
                done > seen
                X
                chmod +x probe; exec > out 2> err
                for c in 'envdir env' 'envuidgid daemon' 'softlimit -c 0' 'setlock lock' pgrphack fghack; do
                  for r in '<&-' '>&-' '2>&-' '<&- >&-' '>&- 2>&-' '<&- >&- 2>&-'; do
                    eval "$c ./probe $r"; echo "$c $r: $?"; cat seen; rm seen
                  done
                done
                exec 1>&2; cat out
                """);
    }

    @Test
    void aServiceThatCannotStartIsTriedAgainWithoutAnyDescriptor() throws Exception {
        for (String closed : new String[] {"2>&-", "<&- >&- 2>&-"}) {
            Differential.compare(stage -> {
                stage.write("missing/x", "");
                stage.start("supervise", "/bin/sh", "-c", "exec supervise missing " + closed);
                stage.awaitSupervised("missing");
                long first = stage.pid("missing");
                Await.until("another child", () -> stage.pid("missing") != first);
                stage.note("another child, and said: " + stage.read("supervise.err"));
            });
        }
    }

    @Test
    void aServiceThatCannotStartIsToldOfWhereNoMoreDescriptorsAreLeft() throws Exception {
        Differential.compare(stage -> {
            stage.write("missing/x", "");
            stage.start("supervise", "/bin/sh", "-c", "ulimit -n 10; exec supervise missing");
            stage.awaitContent("supervise.err", "(?s).*\n.*\n");
            stage.note(stage.read("supervise.err").lines().distinct().toList());
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"> /dev/full", "> /dev/full 2>&1", "< /"})
    void mayBeFullOrNoFiles(String redirection) throws Exception {
        Differential.compareShell(EACH_COMMAND + """
                  rm -rf log; eval "$c REDIRECTION" > out 2> err < in; echo "$c: $?"; sed 's/@4[0-9a-f]*/STAMP/' out err
                done
                """.replace("REDIRECTION", redirection));
    }

    @Test
    void aReaderMayGoAway() throws Exception {
        Differential.compareShell("""
                mkdir s; yes abc | head -n 50000 > in
                go() { exec <&-; : > gone; }
                await() { until [ -e gone ]; do :; done; }
                for c in 'svstat s s' tai64n tai64nlocal 'multilog e' 'multilog ./log' 'svc -z' 'pgrphack nosuch' \\
                    'fghack echo x' 'supervise nowhere' 'setlock'; do
                  for how in default ignore; do
                    rm -rf log gone
                    { { await; env --$how-signal=PIPE $c < in; echo "$c $how $?" >&3; } 2>&1 >&4 | go; } 3>&1 4> /dev/null
                    rm gone
                    { { await; env --$how-signal=PIPE $c < in 2> /dev/null; echo "$c $how $?" >&3; } | go; } 3>&1
                  done
                done 2> /dev/null | grep -v '^multilog: warning'
                """);
    }
}

package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What commands say of calls that the kernel refuses, one by one, and how they go on. */
@Execution(ExecutionMode.CONCURRENT)
@Spec(
        value = {"1.2", "1.3"},
        commands = {"supervise", "svscan", "svc", "svstat", "multilog"})
class RefusalsIT {
    private static final int MOST_ERRNO = 135;

    @BeforeAll
    static void assumeStrace() throws Exception {
        Strace.assumeAvailable();
    }

    @Test
    @Spec({"1.3", "6"})
    void everyErrorHasItsReason() throws Exception {
        Differential.compareShell("""
                mkdir -p s/supervise; n=0
                while n=$((n + 1)); [ $n -le MOST ]; do
                  strace -f -qqq -o /dev/null -P supervise/ok -e inject=open,openat:error=$n svok s; echo "$n: $?"
                done
                """.replace("MOST", "" + MOST_ERRNO));
    }

    @Test
    @Spec(
            value = {"1.3", "1.5"},
            commands = {"envdir", "envuidgid", "fghack", "pgrphack", "setlock", "setuidgid", "softlimit"})
    void everyErrorOfAnExecEndsTheSearchOrDoesNot() throws Exception {
        Differential.compareShell("""
                mkdir two; printf '#!/bin/sh\\necho found' > two/tool; chmod 755 two/tool
                strace=$(command -v strace) loader=$(command -v pgrphack) n=0
                while n=$((n + 1)); [ $n -le MOST ]; do
                  echo "$n: $(PATH=one:two $strace -f -qqq -o /dev/null -P one/tool -e inject=execve:error=$n $loader tool 2>&1)"
                done
                """.replace("MOST", "" + MOST_ERRNO));
    }

    private static final String FUNCTIONS = """
            service() { mkdir -p $1/supervise; printf '#!/bin/sh\\nexec sleep 1000\\n' > $1/run; chmod +x $1/run; }
            ended() { until svok $1; do sleep 0.1; done; svc -dx $1; wait; }
            seen() { until [ $(wc -l < said) -ge $1 ]; do sleep 0.1; done; head -n $1 said; }
            controlled() { mkfifo $1/supervise/control $1/supervise/ok; exec 8<>$1/supervise/control 9<>$1/supervise/ok; }
            seq 1000 1700 > in; : > said
            """;

    /** With the first column in what is said, so that no refusal is missed; a pause of multilog's takes five seconds. */
    private static void compare(String said, String calls, String paths, String script) throws Exception {
        Differential.compare(stage -> {
            Result result = stage.sh(FUNCTIONS + Strace.traced(calls, paths) + script);
            stage.note(Strace.withoutItsWords(result.toString()).replaceAll("@4[0-9a-f]{23}", "@STAMP"));
            stage.note(Tree.of(stage.folder()));
            assertThat(stage.transcript()).contains(said);
        });
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            unable to create pipe for s: process cannot open more files   | pipe2,signalfd4:error=EMFILE     |                     | service s; traced supervise s
            unable to stat s/down: input/output error                     | %%stat:error=EIO                 | down                | service s; traced supervise s
            unable to acquire s/supervise/lock: file does not exist       | mkdir:error=EROFS                | supervise           | mkdir s; traced supervise s
            unable to acquire s/supervise/lock: system cannot open more   | open,openat:error=ENFILE              | supervise/lock      | service s; traced supervise s
            unable to acquire s/supervise/lock: no locks available        | flock:error=ENOLCK               |                     | service s; traced supervise s
            unable to read s/supervise/control: out of memory             | open,openat:error=ENOMEM:when=1       | supervise/control   | service s; traced supervise s
            unable to write s/supervise/control: out of memory            | open,openat:error=ENOMEM:when=2       | supervise/control   | service s; traced supervise s
            unable to read s/supervise/control: file does not exist       | mknodat,mknod:error=EPERM        | supervise/control   | service s; traced supervise s
            unable to read s/supervise/ok: input/output error             | open,openat:error=EIO                 | supervise/ok        | service s; traced supervise s
            unable to readlink ./supervise: input/output error            | readlink:error=EIO               | supervise           | service s; traced supervise s
            unable to open s/supervise/status.new: disk quota exceeded    | open,openat:error=EDQUOT:when=1       | supervise/status.new | service s; : > s/down; traced supervise s & ended s
            s/supervise/status.new to status: cross-device link           | rename:error=EXDEV:when=2        | supervise/status.new | service s; : > s/down; traced supervise s & ended s
            unable to write s/supervise/status.new: partial write         | write:retval=5:when=1            | $PWD/s/supervise/status.new | service s; : > s/down; traced supervise s & ended s
            unable to write s/supervise/status.new: input/output error    | write:error=EIO:when=2           | $PWD/s/supervise/status.new | service s; : > s/down; traced supervise s & ended s
            unable to start s/run: input/output error                     | execve:error=EIO                 | ./run               | service s; traced supervise s 2> said & seen 1; svc -dx s; wait; sort -u said; : > said
            """)
    @Spec({"1.3", "2.1", "2.2", "2.3"})
    void superviseSaysWhatItIsRefused(String said, String calls, String paths, String script) throws Exception {
        compare(said, calls, paths, script);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            unable to read directory: input/output error      | getdents64:error=EIO:when=1 | $PWD/services | traced svscan services 2> said & seen 1
            unable to stat a: input/output error              | %%stat:error=EIO:when=1     | a     | traced svscan services 2> said & seen 1
            unable to stat a/log: input/output error          | %%stat:error=EIO:when=1     | a/log | traced svscan services 2> said & seen 1
            """)
    @Spec({"1.3", "3", "3.1"})
    void svscanSaysWhatItIsRefusedAndTriesAgain(String said, String calls, String paths, String script)
            throws Exception {
        Differential.compare(stage -> {
            stage.service("services/a", "exec sleep 1000");
            stage.service("services/a/log", "exec cat");
            Result result = stage.sh(FUNCTIONS + Strace.traced(calls, paths) + script);
            stage.awaitSupervised("services/a");
            stage.awaitSupervised("services/a/log");
            stage.note(result);
            assertThat(stage.transcript()).contains(said);
        });
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            svc: fatal: unable to open current directory: process cannot open more files | open,openat:error=EMFILE     | .     | service s; traced svc -u s
            svc: fatal: unable to set directory: input/output error            | fchdir:error=EIO                  |       | service s; traced svc -u s s
            svc: warning: unable to chdir to s: input/output error             | chdir:error=EIO:when=1            | s     | service s; traced svc -u s s
            svc: warning: unable to control s: permission denied               | open,openat:error=EPERM:when=1         | supervise/control | service s; traced svc -u s s
            svc: warning: error writing commands to s: broken pipe             | write:error=EPIPE:when=1          | $PWD/s/supervise/control | service s; controlled s; traced svc -u s s; dd count=1 status=none <&8
            svstat: fatal: unable to open current directory: process cannot    | open,openat:error=EMFILE               | .     | service s; traced svstat s
            svstat: fatal: unable to set directory: input/output error         | fchdir:error=EIO                  |       | service s; traced svstat s s
            s: unable to chdir: input/output error                             | chdir:error=EIO:when=1            | s     | service s; traced svstat s s
            s: unable to stat down: unknown error                              | %%stat:error=EOVERFLOW:when=1     | down  | service s; traced svstat s s
            s: unable to open supervise/ok: input/output error                 | open,openat:error=EIO:when=1           | supervise/ok | service s; traced svstat s s
            s: unable to open supervise/status: input/output error             | open,openat:error=EIO:when=1           | supervise/status | service s; controlled s; traced svstat s s
            svok: fatal: unable to chdir to s: input/output error              | chdir:error=EIO                   | s     | service s; traced svok s
            fghack: fatal: unable to create pipe: system cannot open more files | pipe2:error=ENFILE               |       | traced fghack true
            fghack: fatal: wait failed: no child processes                     | wait4,waitid:error=ECHILD         |       | traced fghack true
            session or not                                                     | setsid:error=EPERM                |       | traced pgrphack echo session or not
            code: 111                                                          | read:error=EIO:when=2             | $PWD/in | traced readproctitle ..... < in
            code: 0                                                            | read:error=EINTR:when=2           | $PWD/in | traced readproctitle ..... < in
            code: 111                                                          | read:error=EIO:when=1             | $PWD/in | traced tai64n < in
            code: 111                                                          | read:error=EIO:when=1             | $PWD/in | traced tai64nlocal < in
            setuidgid: fatal: unable to setgid: invalid argument               | setgroups:error=EINVAL            |       | traced setuidgid daemon true
            setuidgid: fatal: unable to setgid: invalid argument               | setgid:error=EINVAL               |       | traced setuidgid daemon true
            setuidgid: fatal: unable to setuid: temporary failure              | setuid:error=EAGAIN               |       | traced setuidgid daemon true
            envdir: fatal: unable to switch to current directory: process      | open,openat:error=EMFILE               | .     | service s; traced envdir s true
            envdir: fatal: unable to switch to directory s: input/output error | chdir:error=EIO                   | s     | service s; traced envdir s true
            envdir: fatal: unable to switch to starting directory: input       | fchdir:error=EIO                  |       | mkdir e; traced envdir e true
            envdir: fatal: unable to read directory e: input/output error      | getdents64:error=EIO              | $PWD/e | mkdir e; traced envdir e true
            envdir: fatal: unable to read s/run: input/output error            | open,openat:error=EIO                  | run   | service s; rmdir s/supervise; traced envdir s true
            envdir: fatal: unable to read s/run: input/output error            | read:error=EIO                    | $PWD/s/run | service s; rmdir s/supervise; traced envdir s true
            setlock: fatal: unable to open lock: disk quota exceeded           | open,openat:error=EDQUOT               | lock  | traced setlock lock true
            setlock: fatal: unable to lock lock: no locks available            | flock:error=ENOLCK                |       | traced setlock lock true
            setlock: fatal: unable to lock lock: interrupted system call       | flock:error=EINTR                 |       | traced setlock lock true
            code: 0                                                            | flock:error=ENOLCK                |       | traced setlock -x lock true
            """)
    @Spec({"1.3", "5", "6", "7", "8", "9", "10", "12", "13", "14", "16", "18"})
    void toolsSayWhatTheyAreRefused(String said, String calls, String paths, String script) throws Exception {
        compare(said, calls, paths, script);
    }

    @Test
    @Spec({"1.3", "17"})
    void softlimitSaysWhichOfItsCallsFailed() throws Exception {
        Differential.compareShell("""
                for n in 2 3 4 5; do
                  strace -f -qqq -o /dev/null -e inject=prlimit64:error=EPERM:when=$n+ softlimit -c 5 true 2>&1
                done | grep rlimit | sort -u
                """);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            unable to switch to current directory: process cannot   | open,openat:error=EMFILE           | .             | traced multilog ./d < in
            unable to switch to starting directory: input/output    | fchdir:error=EIO              |               | traced multilog ./d < in
            unable to open directory ./d: input/output error        | open,openat:error=EIO              | ./d           | traced multilog ./d < in
            unable to open directory ./d: input/output error        | fchdir:error=EIO:when=2       |               | traced multilog ./d < in
            unable to lock directory ./d: input/output error        | open,openat:error=EIO              | lock          | traced multilog ./d < in
            unable to lock directory ./d: no locks available        | flock:error=ENOLCK            |               | traced multilog ./d < in
            unable to stat ./d/current: input/output error          | %%stat:error=EIO              | current       | traced multilog ./d < in
            unable to stat ./d/processed: input/output error        | %%stat:error=EIO              | processed     | traced multilog ./d < in
            unable to write to ./d/state: input/output error        | open,openat:error=EIO              | state         | traced multilog ./d < in
            unable to write to ./d/current: system cannot open more | open,openat:error=ENFILE:when=1    | current       | traced multilog ./d < in
            unable to set mode of ./d/current: permission denied    | chmod,fchmod,fchmodat:error=EPERM:when=1 | current $PWD/d/current | traced multilog ./d < in
            unable to append to ./d/current: input/output error     | open,openat:error=EIO:when=1       | current       | mkdir d; : > d/current; chmod 744 d/current; traced multilog ./d < in
            unable to set mode of ./d/current: permission denied    | chmod,fchmod,fchmodat:error=EPERM:when=1 | current $PWD/d/current | mkdir d; : > d/current; chmod 744 d/current; traced multilog ./d < in
            unable to stat ./d/current, pausing: input/output error | %%stat:error=EIO:when=2       | current       | mkdir d; echo x > d/current; traced multilog ./d < in
            unable to remove ./d/current, pausing: input/output     | unlink:error=EIO:when=1       | current       | mkdir d; echo x > d/current; traced multilog ./d < in
            unable to create st: input/output error                 | open,openat:error=EIO:when=1       | st            | traced multilog =st < in
            unable to write st: input/output error                  | open,openat:error=EIO:when=2       | st            | traced multilog =st < in
            unable to move to beginning of st, pausing: input       | lseek:error=EIO:when=1        | $PWD/st       | traced multilog =st < in
            unable to write st, pausing: input/output error         | write:error=EIO:when=1        | $PWD/st       | traced multilog =st < in
            unable to write st, pausing: no error                   | write:retval=100:when=1       | $PWD/st       | traced multilog =st < in
            unable to write to ./d/current, pausing: input/output   | write:error=EIO:when=1        | $PWD/d/current | traced multilog s4096 ./d < in
            unable to write ./d/current to disk, pausing: input     | fsync:error=EIO:when=1        | $PWD/d/current | traced multilog s4096 ./d < in
            unable to rename current to previous in directory ./d, pausing: cross-device link | rename:error=EXDEV:when=1 | current | traced multilog s4096 ./d < in
            unable to create ./d/current, pausing: system cannot    | open,openat:error=ENFILE:when=2    | current       | traced multilog s4096 ./d < in
            unable to set mode of ./d/current, pausing: permission  | chmod,fchmod,fchmodat:error=EPERM:when=2 | current $PWD/d/current | traced multilog s4096 ./d < in
            unable to set mode of ./d/current, pausing: permission  | chmod,fchmod,fchmodat:error=EPERM:when=3 | current $PWD/d/current | traced multilog s4096 ./d < in
            unable to set mode of ./d/previous, pausing: permission | chmod,fchmod,fchmodat:error=EPERM:when=1 | previous $PWD/d/previous | traced multilog s4096 ./d < in
            unable to stat ./d/previous, pausing: input/output      | %%stat:error=EIO:when=1       | previous      | traced multilog s4096 ./d < in
            unable to link to ./d/@STAMP.s, pausing: too many links | link:error=EMLINK:when=1      | previous      | traced multilog s4096 ./d < in
            unable to remove ./d/previous, pausing: input/output    | unlink:error=EIO:when=1       | previous      | traced multilog s4096 ./d < in
            unable to read ./d, pausing: input/output error         | getdents64:error=EIO:when=1   | $PWD/d        | traced multilog s4096 ./d < in
            unable to write ./d/processed to disk, pausing: input   | fsync:error=EIO:when=1        | $PWD/d/processed | traced multilog s4096 !cat ./d < in
            unable to set mode of ./d/processed, pausing: permission | chmod,fchmod,fchmodat:error=EPERM:when=1 | processed $PWD/d/processed | traced multilog s4096 !cat ./d < in
            unable to write ./d/newstate to disk, pausing: input    | fsync:error=EIO:when=1        | $PWD/d/newstate | traced multilog s4096 !cat ./d < in
            unable to remove ./d/previous, pausing: input/output    | unlink:error=EIO:when=1       | previous      | traced multilog s4096 !cat ./d < in
            unable to rename newstate to state in directory ./d, pausing: input/output error | rename:error=EIO:when=1 | newstate | traced multilog s4096 !cat ./d < in
            unable to link to ./d/@STAMP.s, pausing: input/output   | link:error=EIO:when=1         | processed     | traced multilog s4096 !cat ./d < in
            code: 0                                                 | read:error=EIO                | $PWD/in       | traced multilog ./d < in
            code: 0                                                 | read:error=EINTR:when=1       | $PWD/in       | traced multilog ./d < in
            """)
    @Spec({"1.3", "11.2", "11.3", "11.5", "11.7", "11.9"})
    void multilogSaysWhatItIsRefusedAndPausesWhereItMay(String said, String calls, String paths, String script)
            throws Exception {
        compare(said, calls, paths, script);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            wait failed for processor in ./d, pausing: no child processes | wait4,waitid:error=ECHILD |
            unable to run cat: input/output error                         | execve:error=EIO          | /bin/sh
            """)
    @Spec({"1.3", "11.7"})
    void aProcessorThatIsRefusedHasFailed(String said, String calls, String paths) throws Exception {
        Differential.compare(stage -> {
            Result result = stage.sh(
                    FUNCTIONS + Strace.traced(calls, paths) + "traced multilog s4096 !cat ./d < in 2> said & seen 2");
            stage.note(result);
            stage.note(stage.read("d/previous"));
            assertThat(stage.transcript()).contains(said);
        });
    }
}

package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signals that come at an odd moment: while a command starts, writes, rotates, waits for a lock, or pauses. */
@Execution(ExecutionMode.CONCURRENT)
class SignalsIT {
    @BeforeAll
    static void assumeStrace() throws Exception {
        Strace.assumeAvailable();
    }

    private static final String FUNCTIONS = """
            service() { mkdir -p $1; printf '#!/bin/sh\\necho run >> runs\\n%s\\n' "$2" > $1/run; chmod +x $1/run; }
            is() { until svstat $1 | grep -q "$2"; do sleep 0.1; done; }
            seq 1000 2000 > in; seq 3 > few
            """;

    private static void compare(String calls, String paths, String script) throws Exception {
        Differential.compare(stage -> {
            Result result = stage.sh(FUNCTIONS + Strace.traced(calls, paths) + script);
            // a shell may tell of the death
            stage.note(Strace.withoutItsWords(result.out()) + result.code());
            stage.note(Tree.of(stage.folder()));
        });
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            mkdir:signal=TERM               | supervise                   | service s; traced supervise s; echo $?
            flock:signal=HUP                |                             | service s; traced supervise s; echo $?
            mknodat,mknod:signal=TERM       | supervise/control           | service s; traced supervise s; echo $?
            write:signal=INT:when=1         | $PWD/s/supervise/status.new | service s; traced supervise s; echo $?
            rename:signal=ALRM:when=1       | supervise/status.new        | service s; traced supervise s; echo $?
            mknodat,mknod:signal=HUP        | supervise/ok                | service s; traced supervise s; echo $?
            rename:signal=TERM:when=2       | supervise/status.new        | service s 'exec sleep 1'; traced supervise s; echo $?; svstat s
            mkdir:signal=CONT               | supervise                   | service s 'exec sleep 1000'; traced supervise s & is s ' up '; svc -dx s; wait; cat s/runs
            rename:signal=CONT:when=3       | supervise/status.new        | service s 'exec sleep 1000'; traced supervise s & is s ' up '; svc -dx s; wait; cat s/runs
            rename:signal=CHLD:when=2       | supervise/status.new        | service s 'exec sleep 1000'; traced supervise s & is s ' up '; svc -dx s; wait; cat s/runs
            kill:signal=CONT                |                             | service s 'exec sleep 1000'; traced supervise s & is s ' up '; svc -dx s; wait; cat s/runs
            """)
    @Spec({"2.1", "2.2", "2.3", "2.5"})
    void supervise(String calls, String paths, String script) throws Exception {
        compare(calls, paths, script);
    }

    /** Of what a pipe holds C's and ours read the same, 1024 bytes at a time. */
    @ParameterizedTest(name = "{0} of {1}")
    @CsvSource({
        "fsync:signal=HUP, $PWD/d/current",
        "rename:signal=HUP, current",
        "link:signal=KILL, previous",
        "unlink:signal=KILL, previous",
        "rename:signal=CONT, current",
        "flock:signal=INT,",
        "'chmod,fchmod,fchmodat:signal=USR1', current $PWD/d/current"
    })
    @Spec({"11.5", "11.7", "11.9"})
    void multilogThatIsEndedLeavesWhatTheNextCanRecover(String calls, String paths) throws Exception {
        compare(calls, paths, """
                cat in | { traced multilog s4096 ./d; echo $?; cat > rest; }
                for f in d/*; do stat -c '%A %s' $f; done
                multilog s4096 ./d < rest; echo $?; rm rest
                """);
    }

    /** When just it is noticed differs: 0.76 reads once more where the signal comes between two reads. */
    @ParameterizedTest(name = "{0} of {1}")
    @CsvSource({
        "fsync:signal=TERM, $PWD/d/current",
        "rename:signal=TERM, current",
        "link:signal=TERM, previous",
        "write:signal=TERM, $PWD/d/current",
        "write:signal=ALRM:when=2, $PWD/d/current",
        "rename:signal=ALRM, current",
        "getdents64:signal=ALRM, $PWD/d",
        "flock:signal=TERM,",
        "flock:signal=ALRM,",
        "'chmod,fchmod,fchmodat:signal=TERM', current $PWD/d/current",
    })
    @Spec({"11.5", "11.7", "11.9"})
    void multilogThatIsToldToEndOrRotateLosesNothing(String calls, String paths) throws Exception {
        Differential.compare(stage -> {
            stage.note(stage.sh(FUNCTIONS + Strace.traced(calls, paths) + """
                    cat in | { traced multilog s4096 ./d; echo $?; cat > rest; }
                    ls d | grep -v @; stat -c %A d/*; cat $(ls d/@*) d/current rest 2> /dev/null | cmp - in && echo whole
                    """)
                    .out()
                    .replaceAll("(?m)^(-rwxr--r--\n)+", "finished files\n"));
        });
    }

    /** In 0.76 it waits there for the next input. */
    @ParameterizedTest
    @ValueSource(strings = {"TERM", "ALRM"})
    void multilogActsAtOnceOnASignalBetweenTwoReads(String signal) throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.start(
                    "logger",
                    "/bin/sh",
                    "-c",
                    "mkfifo fifo; exec 3<>fifo; echo one >&3\n"
                            + Strace.traced("write:signal=" + signal + ":when=1", "$PWD/d/current")
                            + "traced multilog ./d < fifo; echo ended");
            if (signal.equals("TERM")) {
                stage.awaitContent("logger.out", "ended\n");
                assertThat(stage.path("d/current")).hasContent("one").isExecutable();
            } else {
                assertThat(stage.sh("until cat d/@*.s; do sleep 0.1; done 2> /dev/null")
                                .out())
                        .isEqualTo("one\n");
            }
        }
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            write:signal=TERM:when=1        | $PWD/out                  | traced tai64n < few > out; echo $?; cut -c26- out; rm out
            write:signal=HUP:when=1         | $PWD/out                  | traced tai64nlocal < few > out; echo $?
            read:signal=CONT:when=1         | $PWD/few                  | traced tai64n < few > out; echo $?; cut -c26- out; rm out
            read:signal=TERM:when=1         | $PWD/in                   | traced readproctitle ..... < in; echo $?
            read:signal=CONT:when=7         | $PWD/in                   | traced readproctitle ..... < in; echo $?
            write:signal=TERM:when=1        | $PWD/s/supervise/control  | mkdir -p s/supervise; mkfifo s/supervise/control; exec 9<>s/supervise/control; traced svc -u s; echo $?; dd count=1 status=none <&9
            flock:signal=TERM               |                           | traced setlock lock true; echo $?
            flock:signal=CONT               |                           | traced setlock lock echo locked; echo $?
            wait4,waitid:signal=TERM:when=1 |                           | traced fghack true; echo $?
            setsid:signal=HUP               |                           | traced pgrphack true; echo $?
            read:signal=CONT:when=1         | $PWD/s/A                  | mkdir s; echo v > s/A; traced envdir s sh -c 'echo $A'; echo $?
            getdents64:signal=HUP:when=1    | $PWD/services             | mkdir services; traced svscan services; echo $?
            """)
    @Spec({"3", "5", "8", "9", "10", "12", "13", "16", "18"})
    void tools(String calls, String paths, String script) throws Exception {
        compare(calls, paths, script);
    }

    /** What came in the meantime is done when it goes on. */
    @ParameterizedTest
    @ValueSource(strings = {"multilog ./d", "tai64n", "tai64nlocal", "readproctitle service: 0123456789"})
    @Spec({"10", "11.3", "12", "13"})
    void whatWasStoppedGoesOn(String command) throws Exception {
        Differential.compare(stage -> {
            Process filter = stage.start("filter", "/bin/sh", "-c", "mkfifo in; exec " + command + " < in");
            Process writer = stage.start("writer", "/bin/sh", "-c", """
                    until [ -p in ]; do sleep 0.1; done; exec 3> in; : > opened
                    echo before >&3; until [ -e stopped ]; do sleep 0.1; done
                    echo after >&3; : > written; until [ -e continued ]; do sleep 0.1; done; echo last
                    """);
            // Before that, nobody could go on: each would wait for the other to open the fifo.
            Await.until("it reads", () -> stage.path("opened").toFile().exists());
            for (String signal : List.of("STOP", "CONT", "STOP")) Kernel.signal(filter.pid(), signal);
            Await.until("it is stopped", () -> Kernel.state(filter.pid()) == 'T');
            stage.write("stopped", "");
            Await.until(
                    "it has been written to",
                    () -> stage.path("written").toFile().exists());
            Kernel.signal(filter.pid(), "CONT");
            stage.write("continued", "");
            stage.note(writer.waitFor() + " " + filter.waitFor());
            stage.note(Tree.maskStamps(stage.read("filter.out")));
            if (command.startsWith("multilog")) stage.note(stage.read("d/current"));
        });
    }

    @Test
    @Spec({"2.3", "2.4"})
    void superviseThatIsStoppedInItsPauseDoesAllLater() throws Exception {
        Differential.compare(stage -> {
            stage.service("s", "echo run >> runs; exec sleep 1000");
            Process supervise = stage.supervise("s");
            for (int i = 0; i < 3; i++) {
                Kernel.signal(supervise.pid(), "STOP");
                Kernel.signal(supervise.pid(), "CONT");
            }
            Kernel.signal(supervise.pid(), "STOP");
            stage.awaitContent("s/runs", "run\n");
            stage.run("svc", "-o", "s");
            stage.run("svc", "-t", "s");
            Kernel.signal(supervise.pid(), "CONT");
            stage.note(stage.awaitStatus("s", "down .*").replaceAll("\\d+", "N"));
            stage.note(stage.read("s/runs"));
            stage.note(stage.read("s.err"));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"HUP", "TERM", "USR1"})
    @Spec({"2.5", "3"})
    void aSignalThatIsIgnoredIsNoNewsForTheDaemons(String signal) throws Exception {
        Differential.compare(stage -> {
            stage.service("services/a", "echo run >> runs; exec sleep 1000");
            Process svscan =
                    stage.start("svscan", "/bin/sh", "-c", "exec env --ignore-signal=" + signal + " svscan services");
            stage.awaitSupervised("services/a");
            stage.awaitContent("services/a/runs", "run\n");
            Kernel.signal(svscan.pid(), signal);
            for (ProcessHandle supervise : svscan.children().toList()) Kernel.signal(supervise.pid(), signal);
            stage.run("svc", "-k", "services/a");
            stage.awaitContent("services/a/runs", "run\nrun\n");
            stage.note(svscan.isAlive() + stage.read("svscan.err"));
        });
    }
}

package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What commands do and say where the clock stands still or jumps. */
@Unrecorded("libfaketime")
@Spec({"1.9", "2.3", "7", "11.5", "11.7", "12"})
class ClockIT {
    private static final List<String> TIMES = List.of(
            "2001-09-09 01:46:40",
            "1969-12-31 23:59:50",
            "1970-01-01 00:00:00",
            "2038-01-19 03:14:08",
            "2100-01-01 00:00:00");

    @BeforeAll
    static void linkAgain() throws Exception {
        FakeClock.assumeAvailable();
    }

    @Test
    void stampsAreTheClocksWhateverItSays() throws Exception {
        StringBuilder script = new StringBuilder(FakeClock.FUNCTIONS + "seq 3 > in\n");
        for (String time : TIMES) {
            script.append("at '" + time + "' tai64n < in; at '" + time + "' multilog t ./log < in; cat log/current\n");
        }
        Differential.compareShell(script.toString());
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            assertThat(stage.sh(FakeClock.FUNCTIONS + "echo x | at '2001-09-09 01:46:40' tai64n"))
                    .isEqualTo(new Result("@400000003b9aca0a000001f4 x\n", "", 0));
        }
    }

    @Test
    void svstatCountsNoNegativeSeconds() throws Exception {
        Differential.compareShell(FakeClock.FUNCTIONS + """
                mkdir -p s/supervise; mkfifo s/supervise/ok; exec 9<>s/supervise/ok
                printf '\\100\\0\\0\\0\\73\\232\\312\\12\\0\\0\\0\\0\\0\\0\\0\\0\\0u' > s/supervise/status
                for t in '2001-09-09 01:46:40' '2001-09-09 01:46:39' '1999-01-01 00:00:00' '2001-09-10 01:46:41'; do
                  at "$t" svstat s
                done
                """);
    }

    @Test
    void tai64nFollowsAClockThatJumps() throws Exception {
        Differential.compareShell(FakeClock.FUNCTIONS + """
                jump 2020-01-01 00:00:00; mkfifo in; : > out; jumping tai64n < in > out & exec 3> in
                n=0; for t in '2020-01-01 00:00:05' '2019-01-01 00:00:00' '2030-06-01 12:00:00' '2000-01-01 00:00:00'; do
                  n=$((n + 1)); jump "$t"; echo line >&3; until [ $(wc -l < out) = $n ]; do sleep 0.01; done
                done
                exec 3>&-; wait; cat out
                """);
    }

    @Test
    void multilogLosesNothingWhenTheClockJumps() throws Exception {
        Differential.compareShell(FakeClock.FUNCTIONS + """
                jump 2020-01-01 00:00:00; mkfifo in; jumping multilog n9 t ./log < in & p=$!; exec 3> in
                n=0; for t in '2020-01-01 00:00:05' '2019-01-01 00:00:00' '2030-06-01 12:00:00' '2000-01-01 00:00:00'; do
                  n=$((n + 1)); jump "$t"; echo "line $n" >&3; until grep -q "line $n" log/current; do sleep 0.01; done
                  until [ $(ls log | grep -c @) = $n ]; do kill -ALRM $p; sleep 0.1; done
                done 2> /dev/null
                exec 3>&-; wait; cd log; for f in @*; do echo "$f: $(cat $f)"; done
                """);
    }

    /** 0.76 waits for the clock to come back. */
    @Test
    void aServiceIsStartedAgainWhenTheClockWasSetBack() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            Commands.assumeNative("the library holds a JVM's waits up");
            stage.service("s", "unset LD_PRELOAD; echo run >> runs; exec sleep 1000");
            stage.start(
                    "supervise",
                    "/bin/sh",
                    "-c",
                    FakeClock.FUNCTIONS + "jump 2020-01-01 00:00:00; jumping supervise s");
            stage.awaitContent("s/runs", "run\n");
            stage.sh(FakeClock.FUNCTIONS + "jump 2010-01-01 00:00:00");
            stage.run("svc", "-t", "s");
            stage.awaitContent("s/runs", "run\nrun\n");
            stage.run("svc", "-t", "s");
            stage.awaitContent("s/runs", "run\nrun\nrun\n");
            assertThat(stage.read("supervise.err")).isEmpty();
        }
    }
}

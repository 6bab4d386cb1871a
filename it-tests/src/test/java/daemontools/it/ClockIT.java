package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A clock that stands still or jumps, as no test may set the machine's: libfaketime's, and for executables that are linked
 * statically, which it does not reach, one that the image is linked with again.
 */
@Unrecorded("libfaketime")
@Spec({"1.9", "2.3", "7", "11.5", "11.7", "12"})
class ClockIT {
    private static final Path LIBRARY = List.of("x86_64-linux-gnu", "aarch64-linux-gnu").stream()
            .map(machine -> Path.of("/usr/lib/" + machine + "/faketime/libfaketime.so.1"))
            .filter(Files::exists)
            .findFirst()
            .orElse(null);

    private static final Path RELINKED = Path.of("target/fake-clock").toAbsolutePath();

    /** {@code at TIME COMMAND} stops the clock; {@code exec}-like {@code jumping COMMAND} follows {@code jump TIME}. */
    private static final String FUNCTIONS =
            """
            TZ=UTC; export TZ
            if readelf -lW "$(command -v tai64n)" | grep -q INTERP; then clock=LD_PRELOAD=LIBRARY; else clock=PATH=RELINKED:$PATH; fi
            at() { t=$1; shift; env "$clock" "FAKETIME=$t" FAKETIME_NO_CACHE=1 "$@"; }
            jump() { echo "$*" > clock.new; mv clock.new clock; }
            jumping() {
              exec env "$clock" FAKETIME_TIMESTAMP_FILE=$PWD/clock FAKETIME_NO_CACHE=1 DONT_FAKE_MONOTONIC=1 "$@"
            }
            """.replace("LIBRARY", String.valueOf(LIBRARY)).replace("RELINKED", RELINKED.toString());

    private static final List<String> TIMES = List.of(
            "2001-09-09 01:46:40",
            "1969-12-31 23:59:50",
            "1970-01-01 00:00:00",
            "2038-01-19 03:14:08",
            "2100-01-01 00:00:00");

    @BeforeAll
    static void linkAgain() throws Exception {
        assumeTrue(LIBRARY != null, "libfaketime is not there");
        if (!Commands.SUBJECT.isNative()) return;
        Path relink = Commands.PACKAGING.resolve("target/relink");
        assumeTrue(Files.exists(relink), "the executables were not built here");
        Path clock = Path.of("src/test/c/fake-clock.c").toAbsolutePath();
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            Result result = stage.sh("PATH=/usr/bin:/bin exec " + relink + " " + RELINKED + " " + clock);
            assertThat(result).isEqualTo(new Result("", "", 0));
        }
    }

    @Test
    void stampsAreTheClocksWhateverItSays() throws Exception {
        StringBuilder script = new StringBuilder(FUNCTIONS + "seq 3 > in\n");
        for (String time : TIMES) {
            script.append("at '" + time + "' tai64n < in; at '" + time + "' multilog t ./log < in; cat log/current\n");
        }
        Differential.compareShell(script.toString());
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            assertThat(stage.sh(FUNCTIONS + "echo x | at '2001-09-09 01:46:40' tai64n"))
                    .isEqualTo(new Result("@400000003b9aca0a000001f4 x\n", "", 0));
        }
    }

    @Test
    void svstatCountsNoNegativeSeconds() throws Exception {
        Differential.compareShell(FUNCTIONS + """
                mkdir -p s/supervise; mkfifo s/supervise/ok; exec 9<>s/supervise/ok
                printf '\\100\\0\\0\\0\\73\\232\\312\\12\\0\\0\\0\\0\\0\\0\\0\\0\\0u' > s/supervise/status
                for t in '2001-09-09 01:46:40' '2001-09-09 01:46:39' '1999-01-01 00:00:00' '2001-09-10 01:46:41'; do
                  at "$t" svstat s
                done
                """);
    }

    @Test
    void tai64nFollowsAClockThatJumps() throws Exception {
        Differential.compareShell(FUNCTIONS + """
                jump 2020-01-01 00:00:00; mkfifo in; : > out; jumping tai64n < in > out & exec 3> in
                n=0; for t in '2020-01-01 00:00:05' '2019-01-01 00:00:00' '2030-06-01 12:00:00' '2000-01-01 00:00:00'; do
                  n=$((n + 1)); jump "$t"; echo line >&3; until [ $(wc -l < out) = $n ]; do sleep 0.01; done
                done
                exec 3>&-; wait; cat out
                """);
    }

    @Test
    void multilogLosesNothingWhenTheClockJumps() throws Exception {
        Differential.compareShell(FUNCTIONS + """
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
            stage.start("supervise", "/bin/sh", "-c", FUNCTIONS + "jump 2020-01-01 00:00:00; jumping supervise s");
            stage.awaitContent("s/runs", "run\n");
            stage.sh(FUNCTIONS + "jump 2010-01-01 00:00:00");
            stage.run("svc", "-t", "s");
            stage.awaitContent("s/runs", "run\nrun\n");
            stage.run("svc", "-t", "s");
            stage.awaitContent("s/runs", "run\nrun\nrun\n");
            assertThat(stage.read("supervise.err")).isEmpty();
        }
    }
}

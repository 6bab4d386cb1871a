package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Spec("13")
class Tai64nlocalIT {
    private static final long EPOCH = (1L << 62) + 10;

    static String label(long unixSeconds, int nanoseconds) {
        return "@" + String.format("%016x%08x", EPOCH + unixSeconds, nanoseconds);
    }

    /** Labels that C does not crash on: any time whose year fits, half of them of our days. */
    private static String randomLines(Random random, int count) {
        StringBuilder lines = new StringBuilder();
        long near = 0;
        for (int i = 0; i < count; i++) {
            long seconds = switch (random.nextInt(4)) {
                case 0 -> random.nextLong(-60_000_000_000_000_000L, 60_000_000_000_000_000L);
                case 1 -> random.nextLong(-3_000_000_000L, 5_000_000_000L);
                case 2 -> near + random.nextInt(100);
                default -> near;
            };
            near = seconds;
            lines.append(label(seconds, random.nextInt()))
                    .append(random.nextBoolean() ? " text" : "Z")
                    .append('\n');
        }
        return lines.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "UTC",
                "CET",
                "America/New_York",
                "Asia/Kolkata",
                "Asia/Kathmandu",
                "Australia/Lord_Howe",
                "Africa/Monrovia",
                "Europe/Amsterdam",
                "Pacific/Apia",
                "America/St_Johns",
                "right/UTC",
                "right/Europe/Paris",
                "XYZ-3:17:05",
                "EST5EDT,M3.2.0,M11.1.0",
                "No/Such_Zone",
                ":Asia/Tokyo"
            })
    @Unrecorded("the machine's time zones")
    void isTheSameAsCsInAnyZone(String zone) throws Exception {
        Differential.compare(stage -> {
            stage.write("lines", randomLines(new Random(zone.hashCode()), 5000));
            stage.note(stage.sh("TZ='" + zone + "' tai64nlocal < lines"));
        });
    }

    @Test
    @Unrecorded("the machine's time zones")
    void withoutTzTheMachinesZoneCounts() throws Exception {
        Differential.compare(stage -> {
            stage.write("lines", randomLines(new Random(64), 2000));
            stage.note(stage.sh("unset TZ; tai64nlocal < lines; echo $?"));
        });
    }

    @Test
    @Unrecorded("the machine's time zones")
    void isTheSameAsCsEverySecondAroundTransitions() throws Exception {
        Differential.compare(stage -> {
            StringBuilder lines = new StringBuilder();
            // New York 2024 and 1883 (a jump by 3:58 minutes), Lord Howe 2024 (half an hour)
            for (long transition : new long[] {1710054000, 1730613600, -2717650800L, 1712415600, 1728142200}) {
                for (int i = -300; i < 300; i++)
                    lines.append(label(transition + i, i)).append(" x\n");
            }
            stage.write("lines", lines.toString());
            stage.note(stage.sh("TZ=America/New_York tai64nlocal < lines; TZ=Australia/Lord_Howe tai64nlocal < lines;"
                    + " TZ=right/America/New_York tai64nlocal < lines"));
        });
    }

    @Test
    void readsLabelsOfAnyLengthAndLeavesOtherLinesAlone() throws Exception {
        Differential.compareShell("""
                l=@4000000037c219bf2ef02e94
                for line in "$l" "$l x" "@123456789abcdef$(echo $l | cut -c2-) x" "x$l" " $l" "$l$l" "${l}g" "${l}A" \
                    "@0000000000000000$(echo $l | cut -c2-) x" '' 'a b' "$l	tab"; do
                  echo "$line" | TZ=UTC tai64nlocal | od -An -c; echo "$line" | tr -d '\\n' | TZ=UTC tai64nlocal | od -An -c
                done
                printf "$l\\000x\\n\\000$l\\n$l\\r\\n$l\\377\\n" | tai64nlocal a b | od -An -c
                """);
    }

    @Test
    void whatHasNoLocalTimeStaysAsItIs() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            String lines = "@\n@ x\n@@\n@40000000 x\n@4000000037C219BF2EF02E94\n@ffffffffffffffffffffffff y\n@"
                    + "7".repeat(100_000) + "\n";
            stage.write("lines", lines);
            assertThat(stage.sh("tai64nlocal < lines")).isEqualTo(new Result(lines, "", 0));
        }
    }

    @Test
    void aLabelMayComeInPiecesAndTheLineGoesOutWhenItIsComplete() throws Exception {
        Differential.compare(stage -> {
            stage.start("filter", "/bin/sh", "-c", """
                    mkfifo in; : > out; TZ=UTC tai64nlocal < in >> out & exec 3> in
                    for c in x '\\n' @40 000000 37c219bf2ef02e94 ' ' a '\\n'; do
                      n=$(wc -c < out); printf "$c" >&3
                      case $c in @*|0*|3*) ;; *) until [ $(wc -c < out) -gt $n ]; do :; done ;; esac
                    done
                    mv out done
                    """);
            stage.awaitContent("done", ".*\n.*\n");
            stage.note(stage.read("done"));
        });
    }

    @Test
    void labelsLieAcrossTheEndsOfReads() throws Exception {
        Differential.compare(stage -> {
            Random random = new Random(12);
            StringBuilder lines = new StringBuilder();
            while (lines.length() < 1_000_000) {
                lines.append(label(random.nextLong(0, 2_000_000_000L), random.nextInt(1_000_000_000)))
                        .append(' ')
                        .append("x".repeat(random.nextInt(300)))
                        .append('\n');
            }
            stage.write("lines", lines.toString());
            stage.note(stage.sh("tai64nlocal < lines | sha256sum; cat lines | tai64nlocal | sha256sum"));
        });
    }

    @Test
    void aZoneFileThatIsReplacedCountsFromTheNextReadOn() throws Exception {
        Differential.compare(stage -> {
            // In a mount namespace of its own, so that the machine's zone stays.
            Result result = stage.run("/usr/bin/unshare", "-m", "/bin/sh", "-c", """
                    unset TZ; z=/usr/share/zoneinfo; l=@4000000037c219bf2ef02e94
                    cp $z/Asia/Tokyo zone; touch /etc/localtime 2>/dev/null; mount --bind zone /etc/localtime || exit 99
                    mkfifo in; : > out; tai64nlocal < in >> out & exec 3> in
                    echo "$l" >&3; until [ $(wc -l < out) -eq 1 ]; do :; done
                    cat $z/America/Lima > zone; touch -d 2001-01-01 zone
                    echo "$l" >&3; until [ $(wc -l < out) -eq 2 ]; do :; done
                    cat out
                    """);
            org.junit.jupiter.api.Assumptions.assumeTrue(
                    result.code() != 99 && !result.err().contains("unshare"));
            stage.note(result);
        });
    }

    @Test
    void troubleWithItsInputOrOutputEndsItSilently() throws Exception {
        Differential.compareShell(
                "tai64nlocal < /; echo $?; echo a | tai64nlocal > /dev/full; echo $?;" + " tai64nlocal <&-; echo $?");
    }

    @Test
    @Spec({"1.9", "13"})
    void readsWhatTai64nWrote() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            List<String> lines = stage.sh("seq 1000 | tai64n | TZ=UTC tai64nlocal")
                    .out()
                    .lines()
                    .toList();
            assertThat(lines)
                    .hasSize(1000)
                    .allMatch(line -> line.matches("20\\d\\d(-\\d\\d){2} (\\d\\d:){2}\\d\\d\\.\\d{6}500 \\d+"));
        }
    }
}

package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A clock that stands still or jumps, as no test may set the machine's: libfaketime's, and for executables that are linked
 * statically, which it does not reach, one that the image is linked with again. The clock that nobody sets goes on.
 */
final class FakeClock {
    private static final Path LIBRARY = List.of("x86_64-linux-gnu", "aarch64-linux-gnu").stream()
            .map(machine -> Path.of("/usr/lib/" + machine + "/faketime/libfaketime.so.1"))
            .filter(Files::exists)
            .findFirst()
            .orElse(null);

    private static final Path RELINKED = Path.of("target/fake-clock").toAbsolutePath();

    /** {@code at TIME COMMAND} stops the clock; {@code exec}-like {@code jumping COMMAND} follows {@code jump TIME}. */
    static final String FUNCTIONS =
            """
            TZ=UTC; export TZ
            if readelf -lW "$(command -v tai64n)" | grep -q INTERP; then clock=LD_PRELOAD=LIBRARY; else clock=PATH=RELINKED:$PATH; fi
            at() { t=$1; shift; env "$clock" "FAKETIME=$t" FAKETIME_NO_CACHE=1 "$@"; }
            jump() { echo "$*" > clock.new; mv clock.new clock; }
            jumping() {
              exec env "$clock" FAKETIME_TIMESTAMP_FILE=$PWD/clock FAKETIME_NO_CACHE=1 DONT_FAKE_MONOTONIC=1 "$@"
            }
            """.replace("LIBRARY", String.valueOf(LIBRARY)).replace("RELINKED", RELINKED.toString());

    private static boolean isLinked;

    private FakeClock() {}

    /** Skips what needs it, where it cannot be had. */
    static synchronized void assumeAvailable() throws Exception {
        if (Commands.SUBJECT.isNative()) assumeRelinked();
        assumeTrue(LIBRARY != null, "libfaketime is not there");
    }

    /** The same for ours alone. */
    static synchronized void assumeRelinked() throws Exception {
        Commands.assumeNative("the library holds a JVM's waits up");
        Path relink = Commands.PACKAGING.resolve("target/relink");
        assumeTrue(Files.exists(relink), "the executables were not built here");
        if (isLinked) return;
        Path clock = Path.of("src/test/c/fake-clock.c").toAbsolutePath();
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            Result result = stage.sh("PATH=/usr/bin:/bin exec " + relink + " " + RELINKED + " " + clock);
            assertThat(result).isEqualTo(new Result("", "", 0));
        }
        isLinked = true;
    }
}

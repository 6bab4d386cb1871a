package daemontools.tai64n;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Beside glibc's localtime, in this process, whose TZ it sets: {@code -Ddaemontools.seed=NUMBER} plays other random ones. */
class SystemZoneTest {
    private static final Path ZONES = Path.of("/usr/share/zoneinfo");
    private static final long SEED = Long.getLong("daemontools.seed", 76);

    private final Glibc glibc = new Glibc();
    private final Random random = new Random(SEED);
    private final ZoneComparison comparison = new ZoneComparison(glibc, random);
    private final String[] before = {System.getenv("TZ"), System.getenv("TZDIR")};

    @TempDir
    private Path scratch;

    @BeforeEach
    void glibcIsTheReference() {
        assumeTrue(glibc.isReference(), "needs glibc 2.36");
        assumeTrue(Files.isDirectory(ZONES), "needs tzdata");
    }

    @AfterEach
    void putBack() {
        glibc.set("TZ", before[0]);
        glibc.set("TZDIR", before[1]);
    }

    @Test
    void isTheSameAsGlibcsInEveryZone() throws IOException {
        try (Stream<Path> files = Files.walk(ZONES)) {
            List<Path> zones = files.filter(file -> Files.isRegularFile(file) && !Files.isSymbolicLink(file))
                    .sorted()
                    .toList();
            for (Path zone : zones) comparison.compare(ZONES.relativize(zone).toString());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "::",
                ":Europe/Paris",
                "/usr/share/zoneinfo/Europe/Paris",
                "/etc/localtime",
                "/nonexistent",
                "/dev/null",
                "/dev/zero",
                "../zoneinfo/Asia/Tokyo",
                "./Asia/Tokyo",
                "Europe",
                "Europe/",
                "No/Such_Zone",
                "posixrules",
                "garbage",
                "EST",
                "EST5",
                "EST+5",
                "EST-5",
                "EST 5",
                "EST+",
                "EST5:",
                "EST5:30",
                "EST5:30:15",
                "EST5:60:99",
                "EST25",
                "EST24:59:59",
                "EST-167",
                "EST99999999999999999999",
                "EST65541",
                "EST+-5",
                "EST5E",
                "EST5EDT4",
                "XYZ5ABC",
                "XYZ-12ABC",
                "XYZ5ABC4",
                "XYZ5ABC4,",
                "XYZ5ABC 4",
                "XYZ5ABC,,",
                "XYZ5ABC,M3.2.0",
                "XYZ5ABC,M3.2.0,",
                "XYZ5ABC,M3.2.0,M11.1.0",
                "XYZ5ABCM3.2.0M11.1.0",
                "XYZ5,M3.2.0,M11.1.0",
                "XYZ5M3.2.0,M11.1.0",
                "XYZ5J60,J300",
                "XYZ5<a>J60,J300",
                "XYZ5ABC,M3.2.0/,M11.1.0",
                "XYZ5ABC,M3.2.0/-,M11.1.0",
                "XYZ5ABC,M3.2.0/x,M11.1.0",
                "XYZ5ABC,M3.2.0/167,M11.1.0/-167",
                "XYZ5ABC,M3.2.0/1:2:3,M11.1.0/65535:65535:65535",
                "XYZ5ABC,M3.2.7,M11.1.0",
                "XYZ5ABC,M3.6.0,M11.1.0",
                "XYZ5ABC,M3.0.0,M11.1.0",
                "XYZ5ABC,M3.2,M11.1.0",
                "XYZ5ABC,M3,M11",
                "XYZ5ABC,M 3. 2. 0,M+11.+1.+0",
                "XYZ5ABC,M2.5.1,M1.5.6",
                "XYZ5ABC,59,299",
                "XYZ5ABC,0/0,365",
                "XYZ5ABC,J59,J60",
                "XYZ5ABC,J1,J365",
                "XYZ5ABC,J0,J365",
                "XYZ5ABC,J366,J1",
                "XYZ5ABC,65596,J1",
                "XYZ5ABC,J,J1",
                "XYZ5ABC,J60x,J300",
                "XYZ5ABC,J60/2x,J300",
                "XYZ5ABC,J60,J300,J301",
                "AAA-10BBB,M10.1.0,M4.1.0/3",
                "IST-1GMT0,M10.5.0,M3.5.0/1",
                "<+03>-3",
                "<+03>-3<+04>",
                "<-03>3<-02>,M3.5.0/-2,M10.5.0/-1",
                "<+0>0",
                "<>0",
                "<+03-3",
                "<a_b>3",
                "\u00c4BC5",
                " UTC0",
                "XYZ-3:17:05",
                "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-7"
            })
    void isTheSameAsGlibcsForAnOddTz(String tz) {
        comparison.compare(tz);
    }

    @Test
    void isTheSameAsGlibcsForALongTz() {
        for (int length : new int[] {200, 5000, 100_000}) {
            comparison.compare("x".repeat(length));
            comparison.compare("x".repeat(length) + "-3");
            comparison.compare("XYZ-3" + "<0000>".repeat(length));
            comparison.compare("XYZ" + "0".repeat(length) + "5");
        }
    }

    @Test
    void isTheSameAsGlibcsForRandomTzs() {
        for (int i = 0; i < 100; i++) comparison.compare(new RandomTz(random).text());
    }

    @Test
    void isTheSameAsGlibcsWithoutATz() {
        comparison.compare(null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/usr/share/zoneinfo/right", "/nonexistent", "/usr/share", "relative"})
    void isTheSameAsGlibcsWithATzdir(String folder) {
        glibc.set("TZDIR", folder);
        for (String tz : new String[] {"Europe/Paris", "", "/usr/share/zoneinfo/Asia/Tokyo", "XYZ5ABC", null}) {
            comparison.compare(tz);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"right/Europe/Paris", "Asia/Tokyo", "America/New_York"})
    void isTheSameAsGlibcsForAFileThatIsNotAsItShouldBe(String name) throws IOException {
        byte[] bytes = Files.readAllBytes(ZONES.resolve(name));
        for (int i = 0; i < 30; i++) {
            int length = i < 5 ? bytes.length - i : random.nextInt(bytes.length);
            compareFile("cut" + i, Arrays.copyOf(bytes, length));
        }
        compareFile("longer", Arrays.copyOf(bytes, bytes.length + 3));
        byte[] version1 = bytes.clone();
        version1[4] = 0;
        compareFile("version1", version1);
    }

    private void compareFile(String name, byte[] bytes) throws IOException {
        comparison.compare(Files.write(scratch.resolve(name), bytes).toString());
    }
}

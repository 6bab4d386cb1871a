package daemontools.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** tai64nlocal's zones: it reads them itself, where C asks glibc. */
@Unrecorded("the machine's time zones")
@Spec("13")
class LocalTimeIT {
    private static final long STEP = 40 * 86_400L;
    private static final long FIRST = -4_000_000_000L;
    private static final long LAST = 4_300_000_000L;
    /** C crashes where a year does not fit, which is little further. */
    private static final long FURTHEST = 67_768_000_000_000_000L;

    /** What a TZ may be, one a line; {@code %} stands for the scratch folder. */
    private static final String ODD_ZONES = """

            :
            :Europe/Paris
            :CET-1CEST,M3.5.0,M10.5.0/3
            %/zone
            %/cut
            %/garbage
            %
            /etc/localtime
            /nonexistent
            /dev/null
            /dev/zero
            ../zoneinfo/Asia/Tokyo
            ./Asia/Tokyo
            Europe
            No/Such_Zone
            right/UTC
            posixrules
            garbage
            UTC
            EST
            EST5
            EST 5
            EST+5:30:15
            EST25:60:99
            EST+-5
            EST5EDT4
            XYZ5ABC
            XYZ-12ABC-14
            XYZ5ABC,
            XYZ5ABC,M3.2.0
            XYZ5ABC,M3.2.0,M11.1.0
            XYZ5ABC4,M3.2.0/0:30,M11.1.0/-1
            XYZ5ABC,M3.5.0/167,M10.5.0/-167
            XYZ5ABC,M3.2.7,M11.1.0
            XYZ5M3.2.0,M11.1.0
            XYZ5ABC,59,299
            XYZ5ABC,J59/1,J300/25
            XYZ5ABC,J366,J1
            AAA-10BBB,M10.1.0,M4.1.0/3
            <+03>-3
            <+03>-3<+04>,M3.5.0/-2,M10.5.0/-1
            <+03-3
            XYZ-3:17:05
             UTC0
            XYZ99999999999999999999
            """;

    /** Around the years in which zones change, at leap seconds, and far before and after. */
    private static String lines() {
        StringBuilder lines = new StringBuilder();
        // glibc 2.36 may be wrong about the first.
        lines.append(Tai64nlocalIT.label(0, 0)).append('\n');
        for (long moment = FIRST; moment < LAST; moment += STEP) append(lines, moment);
        for (long leapSecond : new long[] {78_796_800, 94_694_401, 1_483_228_826}) {
            for (int i = -2; i < 3; i++) append(lines, leapSecond + i);
        }
        Random random = new Random(9636);
        for (int i = 0; i < 300; i++) {
            append(lines, random.nextLong(FIRST, LAST));
            append(lines, random.nextLong(-FURTHEST, FURTHEST));
        }
        for (int i = 0; i < 20; i++) {
            append(lines, FURTHEST + i * 1_000_000_000L);
            append(lines, -FURTHEST - i * 1_000_000_000L);
            append(lines, -62_167_219_200L + random.nextLong(-40_000_000, 40_000_000));
        }
        return lines.toString();
    }

    private static void append(StringBuilder lines, long moment) {
        lines.append(Tai64nlocalIT.label(moment, (int) moment)).append(" x\n");
    }

    /** glibc's answers to odd questions may change with its version. */
    private static void assumeReference(Stage stage) throws Exception {
        assumeTrue(stage.sh("getconf GNU_LIBC_VERSION").out().startsWith("glibc 2.36"), "needs glibc 2.36");
    }

    private static void assumeZones() {
        assumeTrue(Files.exists(Path.of("/usr/share/zoneinfo/Europe/Paris")), "needs tzdata");
    }

    @Test
    void isTheSameAsCsInEveryZoneOfTheMachine() throws Exception {
        assumeZones();
        // A JVM takes a hundred times as long to start.
        int each = Commands.SUBJECT.isNative() ? 1 : 30;
        Differential.compare(stage -> {
            stage.write("lines", lines());
            stage.note(stage.sh(
                    "cd /usr/share/zoneinfo; find * -type f | sort | awk 'NR %% %d == 0' > \"$OLDPWD/zones\"; cd \"$OLDPWD\""
                                    .formatted(each)
                            + "; while read -r z; do echo \"$z $(TZ=$z tai64nlocal < lines | cksum)\"; done < zones"));
        });
    }

    @Test
    void isTheSameAsCsForOddZones() throws Exception {
        assumeZones();
        Differential.compare(stage -> {
            assumeReference(stage);
            stage.write("lines", lines());
            stage.write("odd", ODD_ZONES);
            stage.note(stage.sh("""
                    cp /usr/share/zoneinfo/right/Asia/Tokyo zone; head -c 700 zone > cut; echo garbage > garbage
                    while IFS= read -r z; do
                      t=$z; case $z in %*) t=$PWD${z#%} ;; esac
                      echo "$z $(TZ=$t tai64nlocal < lines | cksum)"
                    done < odd
                    long=$(printf '%0100000d' 5)
                    TZ=XYZ$long tai64nlocal < lines | cksum; TZ=$(echo $long | tr 05 xy) tai64nlocal < lines | cksum
                    """));
        });
    }

    @Test
    void isTheSameAsCsWithAFolderOfZonesOfItsOwn() throws Exception {
        assumeZones();
        Differential.compare(stage -> {
            assumeReference(stage);
            stage.write("lines", lines());
            stage.note(stage.sh("""
                    mkdir mine; cp /usr/share/zoneinfo/Asia/Tokyo mine/Here
                    t() { for z in Here Europe/Paris '' XYZ5ABC; do TZ=$z tai64nlocal < lines | cksum; done; tai64nlocal < lines | cksum; }
                    export TZDIR; TZDIR=; t; TZDIR=/nonexistent; t; TZDIR=mine; t; TZDIR=$PWD/mine; t
                    cp /usr/share/zoneinfo/Australia/Lord_Howe mine/posixrules; t
                    cp /usr/share/zoneinfo/Asia/Kolkata mine/Universal; cp /usr/share/zoneinfo/UTC mine/posixrules; t
                    """));
        });
    }

    @Test
    void isTheSameAsCsWhateverTheMachinesZoneIs() throws Exception {
        assumeZones();
        Differential.compare(stage -> {
            stage.write("lines", lines());
            Result result = stage.run("/usr/bin/unshare", "-m", "/bin/sh", "-c", """
                    mount -t tmpfs none /etc || exit 99
                    t() { tai64nlocal < lines | cksum; TZ=/etc/localtime tai64nlocal < lines | cksum; rm -r /etc/localtime; }
                    mkdir /etc/localtime; t
                    cp /usr/share/zoneinfo/Asia/Tokyo /etc/localtime; t
                    ln -s ../usr/share/zoneinfo/right/Europe/Paris /etc/localtime; t
                    ln -s nowhere /etc/localtime; t
                    echo garbage > /etc/localtime; t
                    : > /etc/localtime; t
                    tai64nlocal < lines | cksum
                    """);
            assumeTrue(result.code() != 99 && !result.err().contains("unshare"), "needs a mount namespace");
            stage.note(result);
        });
    }

    @Test
    void withMoreRightsThanItsCallerItOpensNoFileOfTheCallersChoice() throws Exception {
        Commands.assumeNative("a launcher cannot be copied");
        assumeZones();
        Differential.compare(stage -> {
            stage.assumeMayBeRunBy("nobody");
            stage.write("line", Tai64nlocalIT.label(0, 0) + "\n");
            stage.note(stage.sh("""
                    mkdir plain privileged; cp $(command -v tai64nlocal) plain; cp plain/tai64nlocal privileged
                    chmod 4755 privileged/tai64nlocal; cp /usr/share/zoneinfo/Asia/Tokyo Here
                    t() { for c in plain privileged; do setuidgid nobody $c/tai64nlocal < line; done; }
                    export TZ TZDIR; TZ=$PWD/Here; t; TZ=../../..$PWD/Here; t; TZ=/usr/share/zoneinfo/Asia/Tokyo; t
                    TZ=../zoneinfo/Asia/Tokyo; t; TZ=Asia/Tokyo; t; TZ=/etc/localtime; t; TZ=Here; TZDIR=$PWD; t
                    """));
        });
    }
}

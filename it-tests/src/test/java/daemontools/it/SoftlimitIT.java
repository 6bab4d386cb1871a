package daemontools.it;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Spec("17")
class SoftlimitIT {
    private static final String SHOW = """
            show() { softlimit "$@" sh -c "grep -v -i pending /proc/self/limits"; echo $?; }
            """;

    private static final String MEMORY = "a JVM may fail under the limit of memory that it sets";

    @ParameterizedTest
    @ValueSource(strings = {"a", "c", "d", "f", "l", "m", "o", "p", "r", "s", "t"})
    @Unrecorded("the machine's limits")
    void eachOptionLowersItsSoftLimitsAndNoHardOne(String letter) throws Exception {
        if ("adm".contains(letter)) Commands.assumeNative(MEMORY);
        Differential.compareShell(SHOW + """
                show -%1$s 50000000; show -%1$s50000001; show -%1$s =; show -%1$s=
                show -%1$s 99999999999999999999; show -%1$s 18446744073709551615; show -%1$s 18446744123709551616
                """.formatted(letter));
    }

    @Test
    @Unrecorded("the machine's limits")
    void theHardLimitIsTheHighestAndTheLastOptionWins() throws Exception {
        Differential.compareShell(SHOW + """
                ulimit -Hn 200; ulimit -Sn 100; ulimit -Hs 5000; ulimit -Hc 0
                show -o 300; show -o =; show -o 50 -o 60; show -o 60 -o =; show -s 99999999; show -s =; show -c 5 -c =
                show -c '' -o 0030; show -c0 -- ; show -c0 -
                """);
    }

    @Test
    @Unrecorded("the machine's limits")
    void ofLimitsOfMemoryTheLastWinsAndBeneathThemAMissingProgramIsReported() throws Exception {
        Commands.assumeNative(MEMORY);
        Differential.compareShell(SHOW + """
                show -a 50000000 -a 60000000; show -m 50000000 -s 1000000 -d 2000000; show -d 40000000 -m 50000000
                softlimit -m 5000000 nosuch; echo $?; softlimit -a 0 nosuch; echo $?
                """);
    }

    @Test
    @Spec({"1.4", "17"})
    void whatIsNoNumberIsWrongUsage() throws Exception {
        Differential.compareShell("""
                for n in -1 +1 ' 1' '1 ' 1k 1m 0x10 == =1 1= - x 1.5 "$(printf '\\351')" -c --; do
                  softlimit -c "$n" true; echo $?; softlimit "-c$n" true; echo $?
                done
                softlimit -m -c true; echo $?; softlimit -c; echo $?; softlimit -c 1 -m; echo $?
                """);
    }

    @Test
    @Spec({"1.1", "1.4", "1.5", "17"})
    void wrongOptionsAndMissingProgramsAreReported() throws Exception {
        Differential.compareShell("""
                softlimit; echo $?; softlimit -c 1; echo $?; softlimit --; echo $?; softlimit -c 1 --; echo $?
                softlimit -z true; echo $?; softlimit -c1 -z true; echo $?; softlimit --halp; echo $?; softlimit -1; echo $?
                softlimit -A 5 true; echo $?; softlimit "$(printf -- '-\\351')" true; echo $?
                softlimit - true; echo $?; softlimit '' true; echo $?; softlimit true -z; echo $?; softlimit -- -z; echo $?
                softlimit -c 1 nosuch; echo $?
                """);
    }

    @Test
    void limitsBindSoftlimitItselfFromThenOn() throws Exception {
        Differential.compareShell("""
                softlimit -f 0 -z 2> err; echo $?; cat err
                softlimit -f 0 nosuch 2> err; echo $?; cat err
                softlimit -f 10 nosuch 2> err; echo $?; cat err
                softlimit -f 0 true 2> err; echo $?; cat err
                softlimit -f 0 sh -c 'echo 12345 > out'; echo $?; cat out
                """);
    }

    @Test
    void limitsThatAreNextToNothingReachTheProgram() throws Exception {
        Commands.assumeNative("another thread of a JVM may meet the limit first");
        Differential.compareShell("""
                chmod 755 .
                for option in -a -d -m -s; do
                  for n in 0 1 4096 100000 1000000 3000000 8000000; do
                    echo "$option $n"; softlimit $option $n /bin/true; echo $?
                    softlimit $option $n nosuch; echo $?
                  done
                done
                for n in 0 1 2 3 4; do
                  softlimit -o $n /bin/true; echo $?; softlimit -o $n nosuch; echo $?
                  softlimit -o $n sh -c 'exec 3</dev/null; echo here'; echo $?
                done
                setuidgid daemon softlimit -p 0 sh -c 'sleep 0 & wait'; echo $?
                softlimit -t 0 sh -c 'while :; do :; done'; echo $?
                """);
    }

    @Test
    void aLongCommandLineFitsBesideSmallLimits() throws Exception {
        Commands.assumeNative("another thread of a JVM may meet the limit first");
        Differential.compareShell("""
                set -- $(yes 0123456789abcdef | head -n 8000)
                softlimit -m 3000000 /bin/echo "$@" | cksum; softlimit -m 3000000 nosuch "$@"; echo $?
                softlimit -a 0 nosuch "$@"; echo $?; softlimit -s 0 -d 0 nosuch "$@"; echo $?
                """);
    }
}

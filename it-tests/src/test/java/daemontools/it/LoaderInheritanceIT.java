package daemontools.it;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the program at the end of loaders finds in its process: just what C's loaders would have given it. */
@Spec(
        value = "1.5",
        commands = {"envdir", "envuidgid", "fghack", "pgrphack", "setlock", "setuidgid", "softlimit"})
@Unrecorded("limits and capabilities")
class LoaderInheritanceIT {
    private static final String SIGNALS = "--block-signal=HUP,USR2,ALRM --ignore-signal=INT,QUIT,PIPE,USR1";

    private static final String SETTING = """
            chmod 777 .; mkdir env; printf 'value \\nmore' > env/A; : > env/B; printf 'x\\0y' > env/N
            umask 027; ulimit -Sn 500; exec 8<>/dev/null 9</dev/null; echo 23 > /proc/$$/coredump_filter
            A=1 B=2 C=3; export A B C
            """;

    static List<String> loaders() {
        return List.of(
                "envdir env",
                "envuidgid daemon",
                "setuidgid daemon",
                "softlimit -o 50 -c 0 -f 1000000",
                "setlock lock",
                "pgrphack",
                "fghack");
    }

    static Stream<Arguments> pairs() {
        return loaders().stream().flatMap(first -> loaders().stream().map(second -> Arguments.of(first, second)));
    }

    private static void compareProbeAtTheEndOf(String chain) throws Exception {
        Differential.compare(stage -> {
            Probe.putOn(stage);
            String loaded = "nice -n 3 env " + SIGNALS + " " + chain;
            // The probe is a shell, and a shell forgets the signal mask that it was started with.
            String mask = " grep -E '^Sig(Blk|Ign)' /proc/self/status";
            Result result = stage.sh(SETTING + loaded + " ./probe a '' 'b  c'; " + loaded + mask);
            stage.note(result);
        });
    }

    @ParameterizedTest
    @MethodSource("loaders")
    void aProgramInheritsTheSameFromALoaderAsFromC(String loader) throws Exception {
        compareProbeAtTheEndOf(loader);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void aProgramInheritsTheSameFromTwoLoadersAsFromC(String first, String second) throws Exception {
        compareProbeAtTheEndOf(first + " " + second.replace("lock lock", "lock lock2"));
    }

    @ParameterizedTest
    @MethodSource("loaders")
    void limitsOnMemoryReachTheProgramThroughAnyLoader(String loader) throws Exception {
        Commands.assumeNative("another thread of a JVM may meet the limit first");
        compareProbeAtTheEndOf("softlimit -m 12000000 " + loader);
        compareProbeAtTheEndOf(loader + " softlimit -a 20000000 -d 4000000 -s 1000000");
    }
}

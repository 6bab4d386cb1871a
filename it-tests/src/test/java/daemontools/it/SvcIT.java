package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

@Spec("5")
class SvcIT {
    /** The service directory s, whose control fifo is full; how many blocks of 512 bytes are in it. */
    private static final String FULL = """
            mkdir -p s/supervise; mkfifo s/supervise/control; exec 9<>s/supervise/control
            blocks=$(dd if=/dev/zero of=s/supervise/control oflag=nonblock bs=512 2>&1 | sed -n 's/+.* out//p')
            """;

    @Test
    @Spec({"1.1", "1.4", "5"})
    void complainsOfOptionsItDoesNotKnow() throws Exception {
        Differential.compareShell("""
                for w in -z -dz -3 --help -= -d- '-d ' -dux= ; do svc $w dir; echo $?; done
                cp "$(command -v svc)" other 2>/dev/null; svc -; echo $?; svc --; echo $?; svc; echo $?
                """);
    }

    @Test
    @Spec({"1.3", "5"})
    void warnsOfWhatItCannotControlAndGoesOn() throws Exception {
        Differential.compareShell("""
                mkdir plain; mkdir -p gone/supervise nofifo/supervise; mkfifo gone/supervise/control
                mkdir nofifo/supervise/control; touch file
                svc -u plain gone nofifo file nowhere ''; echo $?
                svc plain gone; echo $?
                svc -- -u; echo $?; svc plain -u; echo $?
                """);
    }

    @Test
    void writesEachLetterOnceInTheOrderOfTheirFirstAppearance() throws Exception {
        Differential.compareShell("""
                mkdir -p s/supervise; mkfifo s/supervise/control; exec 9<>s/supervise/control
                svc -xd -ud -txkiahcpod s s -u; echo $?
                dd bs=100 count=1 status=none <&9 | od -c
                """);
    }

    /** daemontools-encore's letters; in 0.76 they are illegal options. */
    @Test
    void lettersOfDaemontoolsEncoreAreWrittenToo() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            Result result = stage.sh("""
                    mkdir -p s/supervise; mkfifo s/supervise/control; exec 9<>s/supervise/control
                    svc -1wd2q1 s; echo $?; dd bs=100 count=1 status=none <&9
                    """);
            assertThat(result).isEqualTo(new Result("0\n1wd2q", "", 0));
        }
    }

    @Test
    void writesNothingWithoutLetters() throws Exception {
        Differential.compareShell("""
                mkdir -p s/supervise; mkfifo s/supervise/control; exec 9<>s/supervise/control
                svc s; echo $?; svc -d s; dd bs=100 count=1 status=none <&9 | od -c
                """);
    }

    @Test
    void aFullFifoIsWaitedFor() throws Exception {
        Differential.compareShell(FULL + """
                svc -dux s & svc=$!
                dd bs=512 count=$blocks status=none <&9 | wc -c; wait $svc; echo $?
                dd bs=100 count=1 status=none <&9 | od -c
                """);
    }

    /** In 0.76 for ever: whoever owns the directory could hold up those who control all services. */
    @Test
    void aFullFifoThatNobodyReadsIsNotWaitedForForEver() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            Result result = stage.sh(FULL + """
                    mkdir -p t/supervise; mkfifo t/supervise/control; exec 8<>t/supervise/control
                    svc -d s s t; echo $?; dd bs=100 count=1 status=none <&8
                    """);
            String warning = "svc: warning: error writing commands to s: temporary failure\n";
            assertThat(result).isEqualTo(new Result("0\nd", warning + warning, 0));
        }
    }

    @Test
    void aRegularFileTakesTheLettersToo() throws Exception {
        Differential.compareShell(
                "mkdir -p s/supervise; echo 12345 > s/supervise/control; svc -du s; cat s/supervise/control");
    }
}

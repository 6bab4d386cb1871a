package daemontools.it;

import org.junit.jupiter.api.Test;

@Spec("5")
class SvcIT {
    @Test
    @Spec({"1.1", "1.4", "5"})
    void complainsOfOptionsItDoesNotKnow() throws Exception {
        Differential.compareShell("""
                for w in -z -dz -1 --help -= -d- '-d ' -dux= ; do svc $w dir; echo $?; done
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

    @Test
    void writesNothingWithoutLetters() throws Exception {
        Differential.compareShell("""
                mkdir -p s/supervise; mkfifo s/supervise/control; exec 9<>s/supervise/control
                svc s; echo $?; svc -d s; dd bs=100 count=1 status=none <&9 | od -c
                """);
    }

    @Test
    void aRegularFileTakesTheLettersToo() throws Exception {
        Differential.compareShell(
                "mkdir -p s/supervise; echo 12345 > s/supervise/control; svc -du s; cat s/supervise/control");
    }
}

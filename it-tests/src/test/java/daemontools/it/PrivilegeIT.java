package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Copies of the executables that give their caller more rights than it has. */
class PrivilegeIT {
    /** Files of root's in a folder d, and somebody else who runs them. */
    private static final String FUNCTIONS = """
            chmod 755 .; mkdir d env; chmod 755 d env
            copy() { for c in "$@"; do cp "$(command -v $c)" d/$c; chmod 755 d/$c; done; }
            as_nobody() { setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; echo $?; }
            """;

    private static final String LOADERS = """
            'envdir env' 'envuidgid daemon' 'setuidgid daemon' 'softlimit -c 5' 'setlock lock' pgrphack fghack""";

    @BeforeAll
    static void assumeSuchFiles() throws Exception {
        Commands.assumeNative("a copy of a launcher finds no JVM");
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.assumeMayBeRunBy("nobody");
            Result id = stage.sh(FUNCTIONS + "copy id; chmod 4755 d/id; as_nobody d/id -u");
            assumeTrue(id.out().equals("0\n0\n"), "no file here is set-user-ID: " + id);
        }
    }

    private static Result run(String script) throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            return stage.sh(FUNCTIONS + script);
        }
    }

    @Test
    @Spec("5")
    void aSetUserIdSvcControlsServicesForOthers() throws Exception {
        Differential.compareShell(FUNCTIONS + """
                mkdir -p s/supervise; mkfifo -m 600 s/supervise/control; exec 9<>s/supervise/control
                copy svc; as_nobody d/svc -d s; chmod 4755 d/svc; as_nobody d/svc -u s
                as_nobody bash -c 'exec -a /any/svc d/svc -x s'; dd bs=100 count=1 status=none <&9
                """);
    }

    @Test
    void itIsSvcWhateverItsCallerCallsIt() throws Exception {
        Result result = run("""
                copy svc; chmod 4755 d/svc
                for name in pgrphack fghack multilog supervise /d/svscanboot svok other ''; do
                  as_nobody bash -c "exec -a '$name' d/svc ./sh"
                done 2>&1
                """);
        assertThat(result.out()).isEqualTo("svc: warning: unable to chdir to ./sh: file does not exist\n0\n".repeat(8));
    }

    @ParameterizedTest
    @CsvSource({"chmod 4755, set-user-ID", "chmod 2755, set-group-ID", "setcap cap_net_raw+ep, with file capabilities"})
    void noLoaderGivesRightsOfItsFileToTheProgram(String grant, String privilege) throws Exception {
        Result result = run("""
                for loader in LOADERS; do
                  copy ${loader%% *}; GRANT d/${loader%% *}; as_nobody d/$loader echo here 2>&1
                done; ls
                """.replace("LOADERS", LOADERS).replace("GRANT", grant));
        StringBuilder expected = new StringBuilder();
        for (String loader : LOADERS.replace("'", "")
                .replaceAll(" (env|daemon|-c 5|lock)\\b", "")
                .split(" ", -1)) {
            expected.append(loader + ": fatal: refusing to run " + privilege + "\n111\n");
        }
        assertThat(result.out()).isEqualTo(expected + "d\nenv\n");
    }

    @Test
    @Spec(
            value = "1.5",
            commands = {"envdir", "envuidgid", "fghack", "pgrphack", "setlock", "setuidgid", "softlimit"})
    void whoHasTheRightsAnywayMayUseThem() throws Exception {
        Differential.compareShell(FUNCTIONS + """
                for loader in LOADERS; do
                  copy ${loader%% *}; chmod 6755 d/${loader%% *}; d/$loader echo here; d/$loader d/pgrphack echo there
                done
                """.replace("LOADERS", LOADERS));
    }

    /** In one process they would be lost. */
    @Test
    void aLoaderInAChainHasTheRightsOfItsFile() throws Exception {
        Result result = run("""
                copy setuidgid pgrphack; setcap cap_net_raw+ep d/pgrphack; d/setuidgid nobody d/pgrphack echo here; echo $?
                setcap -r d/pgrphack; chmod 4755 d/pgrphack; d/setuidgid nobody d/pgrphack echo here; echo $?
                """);
        assertThat(result).isEqualTo(new Result("111\n111\n", """
                        pgrphack: fatal: refusing to run with file capabilities
                        pgrphack: fatal: refusing to run set-user-ID
                        """, 0));
    }
}

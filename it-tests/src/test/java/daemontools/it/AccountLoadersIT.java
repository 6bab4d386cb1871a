package daemontools.it;

import org.junit.jupiter.api.Test;

/** setuidgid and envuidgid. */
@Spec({"14", "15"})
class AccountLoadersIT {
    @Test
    @Spec("14")
    void setuidgidBecomesTheAccountInItsPrimaryGroupAlone() throws Exception {
        Differential.compareShell("""
                HOME=/h USER=u; export HOME USER
                for account in root daemon nobody games; do
                  setuidgid $account sh -c 'id -u; id -ru; id -g; id -G; echo $HOME $USER; umask'; echo $?
                done
                """);
    }

    @Test
    @Spec("14")
    void setuidgidNeedsRoot() throws Exception {
        Differential.compareShell("""
                setuidgid daemon setuidgid daemon true; echo $?
                setuidgid daemon setuidgid root true; echo $?
                setuidgid daemon setuidgid nosuchaccount true; echo $?
                """);
    }

    @Test
    @Spec({"1.6", "15"})
    void envuidgidPutsTheIdsAtTheEndOfTheEnvironment() throws Exception {
        Differential.compareShell("""
                for variables in "UID=9 GID=9 Z=1" "Z=1" "GID=1" "Y=1 GID=2 UID=3" "A=1 B=2 UID=3 GID=4 C=5"; do
                  env -i $variables "$(command -v envuidgid)" nobody /usr/bin/env; echo $?
                done
                env -i PATH="$PATH" envuidgid root sh -c 'id -u; id -G; echo $GID'; echo $?
                """);
    }

    @Test
    @Spec({"1.1", "1.4", "14", "15"})
    void unknownAccountsAndWrongUsageAreReported() throws Exception {
        Differential.compareShell("""
                for loader in setuidgid envuidgid; do
                  $loader; echo $?; $loader daemon; echo $?; $loader ''; echo $?; $loader -h; echo $?; $loader --; echo $?
                  for account in nosuchaccount 0 1 '' -- -h root: "$(printf 'caf\\351')" "$(printf '%0300d' 0)"; do
                    $loader "$account" true; echo $?
                  done
                  $loader nosuchaccount nosuch; echo $?; $loader daemon nosuch; echo $?; $loader daemon ''; echo $?
                done
                """);
    }
}

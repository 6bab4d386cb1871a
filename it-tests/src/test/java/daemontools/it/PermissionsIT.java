package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Commands in places where their user may not do all that they need. */
class PermissionsIT {
    private static void compareAsNobody(String script) throws Exception {
        Differential.compare(stage -> {
            stage.assumeMayBeRunBy("nobody");
            stage.note(stage.sh(
                    "as() { c=$(command -v $1); shift; setuidgid nobody \"$c\" \"$@\"; echo $?; }\n" + script));
        });
    }

    /** As in a folder that can be passed through but not read. */
    @Test
    @Spec({"1.3", "5", "7", "11.2", "16"})
    void whoCannotOpenTheCurrentDirectoryIsTold() throws Exception {
        compareAsNobody("""
                mkdir -p blind/d plain; cd blind; chmod 711 .
                as svc -u $OLDPWD/plain; as svstat $OLDPWD/plain; as envdir d true; as multilog ./log < /dev/null
                as svok ../plain; as svc; as svstat
                """);
    }

    /** As in a folder that can be read but not gone to. */
    @Test
    @Spec({"1.3", "5", "7", "11.2", "16"})
    void whoCannotComeBackIsTold() throws Exception {
        compareAsNobody("""
                mkdir -p shut/d plain/e; chmod 777 plain; cd shut; chmod 744 .
                as svc -u $OLDPWD/plain $OLDPWD/plain; as svstat $OLDPWD/plain $OLDPWD/plain; as envdir $OLDPWD/plain/e true
                as multilog =$OLDPWD/plain/status =$OLDPWD/plain/more < /dev/null; as multilog $OLDPWD/plain/log < /dev/null
                """);
    }

    @Test
    @Spec({"1.3", "5", "6", "7"})
    void aServiceOfAnotherCannotBeControlledNorSeen() throws Exception {
        compareAsNobody("""
                mkdir -p s/supervise closed open/supervise; chmod 755 s s/supervise open open/supervise; chmod 700 closed
                mkfifo -m 600 s/supervise/ok s/supervise/control; exec 8<>s/supervise/ok 9<>s/supervise/control
                mkfifo -m 666 open/supervise/ok; exec 7<>open/supervise/ok; echo x > open/supervise/status
                chmod 0 open/supervise/status
                as svc -d s closed open; as svok s; as svok closed; as svok open; as svstat s closed open
                """);
    }

    @Test
    @Spec("5")
    void commandsThatCannotBeWrittenAreAWarning() throws Exception {
        Differential.compareShell("""
                mkdir -p s/supervise t/supervise; ln -s /dev/full s/supervise/control; mkfifo t/supervise/control
                exec 9<>t/supervise/control; svc -du s t; echo $?; dd bs=100 count=1 status=none <&9
                """);
    }

    @Test
    @Spec(
            value = {"1.1", "1.2"},
            commands = {"envdir", "multilog", "setlock", "softlimit", "supervise", "svc", "svok", "svscan", "svstat"})
    void whatCannotBeSaidChangesNothing() throws Exception {
        Differential.compareShell("""
                for out in /dev/full closed; do
                  if [ $out = closed ]; then exec 2>&-; else exec 2> $out; fi
                  svc -z; echo $?; svc -u nowhere; echo $?; svok; echo $?; svscan nowhere; echo $?; supervise; echo $?
                  envdir; echo $?; softlimit -z; echo $?; setlock; echo $?; setlock nowhere/lock true; echo $?
                  multilog ./no/where; echo $?; svstat nowhere; echo $?

                done
                """);
    }

    /** 0.76 writes one of more than 256 bytes in pieces. */
    @Test
    @Spec(
            value = "1.2",
            commands = {"setlock", "svok"})
    void aMessageOfAnyLengthIsOneWrite() throws Exception {
        Strace.assumeAvailable();
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            assertThat(stage.sh("""
                            name=$(printf '%02000d' 0)
                            for c in svok 'setlock -- lock'; do
                              strace -f -o trace -e trace=write,writev $c $name 2> said; grep -c -e 'write(2' -e 'writev(2' trace; wc -l < said
                            done
                            """).out()).isEqualTo("1\n1\n1\n1\n");
        }
    }

    @Test
    @Spec({"1.2", "7"})
    void outputOfAnyLengthComesOut() throws Exception {
        Differential.compareShell("""
                name=$(printf '%0200d' 0); set -- $(yes $name | head -30); svstat "$@"; echo $?
                svc -u "$@"; echo $?; svok $(printf '%01000d' 0); echo $?; svc -d $(printf '%05000d' 0); echo $?
                """);
    }
}

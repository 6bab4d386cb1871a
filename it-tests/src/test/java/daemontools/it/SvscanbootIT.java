package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;

/** svscanboot knows only fixed paths, so it is run in a root of its own. */
@Spec("4")
class SvscanbootIT {
    /** Makes the folder "root" a root with the system's programs, /command and an empty /service, and runs a script in it. */
    private static final String IN_A_ROOT_OF_ITS_OWN = """
            mkdir -p root/usr root/dev root/proc root/tmp root/service root/etc root$(dirname $BIN)
            for link in bin sbin lib lib64; do [ -L /$link ] && cp -P /$link root/ || ln -s usr/$link root/; done
            ln -s $BIN root/command; ln -s /service root/etc/service
            cp script root/script
            exec unshare --mount --pid --fork --kill-child /bin/sh -ec '
              mount --make-rprivate /
              mount --rbind /usr root/usr; mount --rbind /dev root/dev
              mount --rbind $(dirname $BIN) root$(dirname $BIN)
              mount -t proc proc root/proc
              exec chroot root /bin/sh /script'
            """;

    private static void compareInRoot(String script) throws Exception {
        Differential.compare(stage -> {
            Result result = stage.sh(inRoot(stage, script));
            stage.note(result.toString().replace(bin(stage), "BIN"));
        });
    }

    private static Result runInRoot(String script) throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            return stage.sh(inRoot(stage, script));
        }
    }

    private static String inRoot(Stage stage, String script) throws Exception {
        assumeTrue(stage.sh("unshare --mount --pid --fork true").code() == 0, "namespaces need root, or are forbidden");
        stage.write("script", script);
        return "BIN=" + bin(stage) + "; export BIN\n" + IN_A_ROOT_OF_ITS_OWN;
    }

    private static String bin(Stage stage) throws Exception {
        return stage.commands().folder().toRealPath().toString();
    }

    private static final String FUNCTIONS = """
            PATH=/command:/usr/bin:/bin
            # the pid of the first process whose command line matches
            pid_of() {
              for p in /proc/[0-9]*; do
                { tr '\\0' ' ' < $p/cmdline; } 2>/dev/null | grep -q -e "$1" && { echo ${p#/proc/}; return; }
              done
            }
            describe() {
              p=$(pid_of "$1")
              echo "== $1"
              tr '\\0' '\\n' < /proc/$p/environ
              for fd in 0 1 2; do echo "$fd $(readlink /proc/$p/fd/$fd | sed 's/[0-9]*//g')"; done
            }
            """;

    @Test
    void startsTheScannerOnServiceWithItsErrorsInTheProcessTitle() throws Exception {
        compareInRoot(FUNCTIONS + """
                mkdir -p /service/hello
                printf '#!/bin/sh\\necho this is a complaint >&2; exec sleep 1000\\n' > /service/hello/run
                chmod +x /service/hello/run
                X=y /command/svscanboot < /script &
                until svok /service/hello; do sleep 0.1; done
                until pid_of '^readproctitle.*complaint' | grep -q .; do sleep 0.1; done
                describe '^svscan'
                describe '^readproctitle'
                describe '^supervise'
                # Debian's services are in /etc/service
                tr '\\0' '\\n' < /proc/$(pid_of '^svscan ')/cmdline | sed 's#^/etc/#/#'
                tr '\\0' ' ' < /proc/$(pid_of '^readproctitle')/cmdline
                parent=$(cut -d' ' -f4 /proc/$(pid_of '^readproctitle')/stat); [ $parent = $! ]; echo "child $?"
                """);
    }

    @Test
    void takesDebiansServiceDirectoryWhereThereIsNoOther() throws Exception {
        compareInRoot(FUNCTIONS + """
                rm /etc/service; rmdir /service
                mkdir -p /etc/service/hello
                printf '#!/bin/sh\\nexec sleep 1000\\n' > /etc/service/hello/run
                chmod +x /etc/service/hello/run
                /command/svscanboot &
                until svok /etc/service/hello; do sleep 0.1; done
                tr '\\0' '\\n' < /proc/$(pid_of '^svscan ')/cmdline
                """);
    }

    @Test
    void takesDownWhatAnEarlierScannerLeftAndItsLogs() throws Exception {
        compareInRoot(FUNCTIONS + """
                mkdir -p /service/hello/log
                printf '#!/bin/sh\\necho $$ >> pids; exec sleep 1000\\n' | tee /service/hello/run > /service/hello/log/run
                chmod +x /service/hello/run /service/hello/log/run
                cd /service; supervise hello & supervise hello/log & cd /
                until svok /service/hello && svok /service/hello/log; do sleep 0.1; done
                until [ -s /service/hello/pids ] && [ -s /service/hello/log/pids ]; do sleep 0.1; done
                /command/svscanboot &
                until [ $(wc -l < /service/hello/pids) = 2 ] && [ $(wc -l < /service/hello/log/pids) = 2 ]; do sleep 0.1; done
                for p in $(head -qn 1 /service/hello/pids /service/hello/log/pids); do kill -0 $p; echo $?; done
                """);
    }

    @Test
    void endsWhenTheScannerAndItsServicesHaveEnded() throws Exception {
        compareInRoot(FUNCTIONS + """
                /command/svscanboot &
                boot=$!
                until scanner=$(pid_of '^svscan ') && [ -n "$scanner" ]; do sleep 0.1; done
                kill $scanner
                wait $boot; echo $?
                """);
    }

    /** 0.76 ignores its operands. */
    @Test
    void anOperandIsTheDirectory() throws Exception {
        Result result = runInRoot(FUNCTIONS + """
                mkdir -p /elsewhere/hello
                printf '#!/bin/sh\nexec sleep 1000\n' > /elsewhere/hello/run
                chmod +x /elsewhere/hello/run
                cd /elsewhere; supervise hello & old=$!; cd /
                until svok /elsewhere/hello; do sleep 0.1; done
                /command/svscanboot /elsewhere ignored 2> /err &
                wait $old
                until svok /elsewhere/hello; do sleep 0.1; done
                tr '\\0' '\\n' < /proc/$(pid_of '^svscan ')/cmdline; cat /err
                """);
        assertThat(result.out()).isEqualTo("svscan\n/elsewhere\n");
    }

    @Test
    void saysWhichOfTwoDirectoriesItRuns() throws Exception {
        Result result = runInRoot(FUNCTIONS + """
                rm /etc/service; mkdir /etc/service
                /command/svscanboot 2> /err &
                until scanner=$(pid_of '^svscan ') && [ -n "$scanner" ]; do sleep 0.1; done
                tr '\\0' ' ' < /proc/$scanner/cmdline; cat /err
                """);
        assertThat(result.out())
                .isEqualTo(
                        "svscan /service svscanboot: warning: running /service, and not /etc/service, which exists too\n");
    }

    private static String asFirstProcess(String beside) {
        return "cat > /beside <<'END'\n#!/bin/sh\n" + FUNCTIONS + beside
                + "END\nchmod +x /beside; /beside > /beside.out 2>&1 &\nexec /command/svscanboot\n";
    }

    @Test
    void asTheFirstProcessItCollectsWhatServicesLeaveBehind() throws Exception {
        Differential.compare(stage -> {
            String script = """
                    mkdir -p /service/a
                    printf '#!/bin/sh\necho run >> runs; (sleep 0.2 &); exec sleep 0.5\n' > /service/a/run
                    chmod +x /service/a/run
                    """ + asFirstProcess("""
                    until [ -e /service/a/runs ] && [ $(wc -l < /service/a/runs) -ge 6 ]; do sleep 0.1; done
                    while grep -q '^State:.Z' /proc/[0-9]*/status 2> /dev/null; do sleep 0.1; done
                    echo collected
                    """);
            stage.start("boot", "/bin/sh", "-c", inRoot(stage, script));
            stage.awaitContent("root/beside.out", "collected\n");
            stage.note(stage.read("root/beside.out"));
        });
    }

    @Test
    void asTheFirstProcessItEndsServicesAndThenLogsWhenItIsTold() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            String script = """
                    mkdir -p /service/a/log
                    cat > /service/a/run <<'END'
                    #!/bin/sh
                    trap 'echo last; echo told >&2; exit' TERM
                    echo first
                    while :; do sleep 0.1; done
                    END
                    printf '#!/bin/sh\nexec multilog ./main\n' > /service/a/log/run
                    chmod +x /service/a/run /service/a/log/run
                    """ + asFirstProcess("""
                    until [ -s /service/a/log/main/current ]; do sleep 0.1; done
                    until pid_of '^readproctitle' > /dev/null; do sleep 0.1; done
                    kill 1
                    """);
            assertThat(stage.sh(inRoot(stage, script))).isEqualTo(new Result("", "", 0));
            assertThat(stage.read("root/service/a/log/main/current")).isEqualTo("first\nlast\n");
            assertThat(stage.path("root/service/a/log/main/current")).isExecutable();
        }
    }

    private static final String SERVICE_AND_CATCH_ALL = """
            mkdir -p /service/a /service/all
            cat > /service/a/run <<'END'
            #!/bin/sh
            trap 'echo last; exit' TERM
            env | sort
            while :; do sleep 0.1; done
            END
            printf '#!/bin/sh\\nexec cat >> lines\\n' > /service/all/run
            chmod +x /service/a/run /service/all/run
            """;

    @Test
    void withStopOnTermItBecomesSvscanInChargeWithReadproctitleBesideIt() throws Exception {
        Result result = runInRoot(FUNCTIONS + SERVICE_AND_CATCH_ALL + """
                NOTIFY_SOCKET=/socket /command/svscanboot --stop-on-term --grace=5 &
                boot=$!
                until svok /service/a && pid_of '^readproctitle.*PATH' | grep -q .; do sleep 0.1; done
                tr '\\0' ' ' < /proc/$boot/cmdline | sed 's/ $/\\n/'
                tr '\\0' '\\n' < /proc/$(pid_of '^readproctitle')/environ | grep NOTIFY
                kill $boot; wait $boot; echo $?
                svstat /service/a
                until [ -z "$(pid_of '^readproctitle')" ]; do sleep 0.1; done
                """);
        assertThat(result).isEqualTo(new Result("""
                        svscan --stop-on-term --grace=5 /service
                        0
                        /service/a: supervise not running
                        """, "", 0));
    }

    @Test
    void withACatchAllLogThereIsNoReadproctitle() throws Exception {
        Result result = runInRoot(FUNCTIONS + SERVICE_AND_CATCH_ALL + """
                X=y /command/svscanboot --stop-on-term --log=all &
                boot=$!
                until [ -s /service/all/lines ]; do sleep 0.1; done
                pid_of '^readproctitle'
                kill $boot; wait $boot; echo $?
                grep -v -e '^_=' -e PWD /service/all/lines
                """);
        assertThat(result).isEqualTo(new Result("""
                0
                PATH=/command:/usr/local/bin:/usr/local/sbin:/bin:/sbin:/usr/bin:/usr/sbin:/usr/X11R6/bin
                last
                """, "", 0));
    }

    @Test
    void whatSvscanTakesInChargeItRefusesWhereItIsNot() throws Exception {
        assertThat(runInRoot("/command/svscanboot --grace=5")).isEqualTo(new Result("", """
                        svscanboot: option needs --stop-on-term -- grace
                        svscanboot: usage: svscanboot [--stop-on-term] [--grace=SECONDS] [--log=NAME] [dir]
                        """, 100));
    }
}

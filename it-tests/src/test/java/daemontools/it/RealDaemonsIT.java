package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Daemons of other people under our supervise: those that say that they are ready, and those that go into the background. */
@Execution(ExecutionMode.CONCURRENT)
class RealDaemonsIT {
    /** What a daemon is started with, and what a client needs to ask it something. */
    private static final String SET_UP = """
            S=$PWD; case $PWD in */s) ;; *) S=$PWD/s;; esac; N=
            if [ $(id -u) = 0 ]; then N='setuidgid nobody'; fi
            own() { [ -d own ] || mkdir own; [ -z "$N" ] || chown -R nobody own; }
            bus() {
              echo '<busconfig><type>session</type><listen>unix:path='$S'/sock</listen>
                <policy context="default"><allow own="*"/></policy></busconfig>' > conf
            }
            syslog() {
              echo 'global(workDirectory="'$S'") module(load="'$L'/rsyslog/imuxsock.so" SysSock.Use="off")
                input(type="imuxsock" Socket="'$S'/sock") action(type="omfile" file="'$S'/out")' > conf
            }
            key() { [ -d own ] || { own; ssh-keygen -q -t ed25519 -N '' -f own/key; own; }; }
            database() { own; cd own; [ -e base ] || $N $P/initdb -D . -A trust --no-sync > ../made; }
            P=$(ls -d /usr/lib/postgresql/*/bin | tail -n 1)
            """;

    /** The columns: a program, its ./run, and what works as soon as it is ready. */
    private static final String ON_DESCRIPTOR = """
            usr/bin/s6-log | mkfifo in; exec $D/usr/bin/s6-log -d 3 t ./log <> in | [ -d s/log ]
            usr/bin/s6-ipcserverd | exec >&3 3>&- $D/usr/bin/s6-ipcserver-socketbinder ./sock $D/usr/bin/s6-ipcserverd -1 cat | [ -S s/sock ]
            usr/bin/s6-fdholderd | mkdir x; exec >&3 3>&- $D/usr/bin/s6-ipcserver-socketbinder ./sock $D/usr/bin/s6-fdholderd -1 -i x | [ -S s/sock ]
            usr/bin/s6-socklog | exec $D/usr/bin/s6-socklog -d 3 -x ./sock | [ -S s/sock ]
            usr/bin/s6-svscan | mkdir x; exec $D/usr/bin/s6-svscan -d 3 x | [ -p s/x/.s6-svscan/control ]
            usr/bin/dbus-daemon | bus; exec $D/usr/bin/dbus-daemon --config-file=conf --nofork --print-address=3 | [ -S s/sock ]
            """;

    private static final String ON_SOCKET = """
            usr/bin/dbus-daemon | bus; exec $D/usr/bin/dbus-daemon --config-file=conf --nofork | [ -S s/sock ]
            usr/bin/redis-server | exec $D/usr/bin/redis-server --port 0 --unixsocket $S/sock --supervised systemd --save '' | $D/usr/bin/redis-cli -s s/sock ping
            usr/sbin/rsyslogd | syslog; exec $D/usr/sbin/rsyslogd -n -f $S/conf -i $S/pid -M $L/rsyslog | [ -S s/sock ]
            usr/sbin/sshd | key; exec $N $D/usr/sbin/sshd -D -f /dev/null -h $S/own/key -o ListenAddress=127.0.0.1:$PORT -o PidFile=none | bash -c ': < /dev/tcp/127.0.0.1/$PORT'
            postgres | database; exec $N $P/postgres -D . -c listen_addresses= -c unix_socket_directories=. | $N $P/psql -h $S/own -U nobody -c 'SELECT 1' postgres
            """;

    /** The columns: a program, its ./run, and a signal that ends all of it. */
    private static final String IN_BACKGROUND = """
            usr/sbin/nginx | rm -f sock; exec $D/usr/sbin/nginx -c $S/conf -e $S/errors -p $S/ | TERM
            usr/bin/redis-server | exec $D/usr/bin/redis-server --port 0 --unixsocket $S/sock --daemonize yes --pidfile $S/pid --save '' | KILL
            usr/sbin/sshd | key; $N $D/usr/sbin/sshd -f /dev/null -h $S/own/key -o ListenAddress=127.0.0.1:$PORT -o PidFile=$S/own/pid; ln -sf own/pid pid | KILL
            usr/sbin/rsyslogd | syslog; exec $D/usr/sbin/rsyslogd -f $S/conf -i $S/pid -M $L/rsyslog | KILL
            usr/bin/dbus-daemon | bus; $D/usr/bin/dbus-daemon --config-file=conf --fork --print-pid > pid.new; mv pid.new pid | KILL
            postgres | ln -sf own/postmaster.pid pid; database; exec $N $P/pg_ctl -w -D . -l log -o '-c listen_addresses= -c unix_socket_directories=.' start | INT
            usr/sbin/cron | exec unshare -m sh -c "$ALONE $D/usr/sbin/cron" | KILL
            """;

    /** Where cron sees none of the machine's tables, and nobody sees its pid file. */
    private static final String ALONE = """
            ALONE='
              mount -t tmpfs none /run; mount -t tmpfs none /var/spool; mkdir -p /var/spool/cron/crontabs
              [ ! -d /etc/cron.d ] || mount -t tmpfs none /etc/cron.d; [ ! -f /etc/crontab ] || mount --bind /dev/null /etc/crontab
              : > pid; : > /run/crond.pid; mount --bind pid /run/crond.pid; exec'
            """;

    private static final String NGINX = """
            pid HERE/pid; events {}
            http {
              access_log off; client_body_temp_path HERE/t; proxy_temp_path HERE/t; fastcgi_temp_path HERE/t;
              uwsgi_temp_path HERE/t; scgi_temp_path HERE/t; server { listen unix:HERE/sock; }
            }
            """;

    private static String setUp(String program) throws Exception {
        String path = program;
        if (program.equals("postgres")) {
            assumeTrue(Files.isDirectory(Path.of("/usr/lib/postgresql")), "postgres is not there");
            path = "bin/sh";
        }
        String port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = "PORT=" + free.getLocalPort() + "; export PORT\n";
        }
        return Packaged.setUp(Packaged.rootOf(path)) + port + SET_UP;
    }

    private static Supervised service(Stage stage, String setUp, String run) throws Exception {
        stage.service("s", "exec 2>&1\n" + setUp + run);
        return new Supervised(stage, "s");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = ON_DESCRIPTOR)
    void aDaemonIsReadyWhenItSaysSoOnADescriptor(String program, String run, String works) throws Exception {
        becomesReady(program, run, works, "notification-fd", "3\n");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = ON_SOCKET)
    void aDaemonIsReadyWhenItSaysSoToTheSocket(String program, String run, String works) throws Exception {
        becomesReady(program, run, works, "notification-socket", "");
    }

    private static void becomesReady(String program, String run, String works, String file, String content)
            throws Exception {
        String setUp = setUp(program);
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            Supervised service = service(stage, setUp, run).with(file, content).start();
            service.await("state up", "ready 1", "readies 1", "starts 1");
            assertThat(stage.sh(setUp + works).code()).isZero();
            service.send("d");
            service.await("state down", "ready 0", "starts 1");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = IN_BACKGROUND)
    void aDaemonInTheBackgroundIsSupervised(String program, String run, String signal) throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            Supervised service = inBackground(stage, program, run);
            try {
                awaitDaemon(stage, service, 1);
                Kernel.signal(service.pid(), signal);
                awaitDaemon(stage, service, 2);
                service.send("d");
                service.await("state down", "ends 2", "starts 2");
                assertThat(service.supervise().descendants()).isEmpty();
            } finally {
                service.supervise().descendants().forEach(ProcessHandle::destroyForcibly);
            }
        }
    }

    private static Supervised inBackground(Stage stage, String program, String run) throws Exception {
        if (program.endsWith("cron")) assumeTrue(stage.sh("unshare -m true").code() == 0, "no mount namespaces");
        stage.write("s/conf", NGINX.replace("HERE", stage.path("s").toString()));
        return service(stage, setUp(program) + ALONE, run)
                .with("orphanage", "daemon\n")
                .start();
    }

    /** The service's pid is the one that the daemon has written into its file. */
    private static void awaitDaemon(Stage stage, Supervised service, int starts) throws Exception {
        service.awaitCount("starts", starts);
        Await.until(
                "the service is the daemon",
                () -> Files.exists(stage.path("s/pid"))
                        && stage.read("s/pid").lines().findFirst().orElse("").equals(service.detail("pid")));
        service.await("state up", "starts " + starts, "ends " + (starts - 1));
    }

    @Test
    void aDaemonIsUpAsLongAsOneOfItsProcessesIs() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            Supervised service =
                    inBackground(stage, "usr/sbin/nginx", "exec $D/usr/sbin/nginx -c $S/conf -e $S/errors -p $S/");
            try {
                awaitDaemon(stage, service, 1);
                ProcessHandle master = ProcessHandle.of(service.pid()).orElseThrow();
                Await.until("a worker", () -> master.children().count() == 1);
                long worker = master.children().findFirst().orElseThrow().pid();
                master.destroyForcibly();
                service.await("state up", "pid " + worker, "starts 1", "ends 0");
                service.send("d");
                service.await("state down", "ends 1");
            } finally {
                service.supervise().descendants().forEach(ProcessHandle::destroyForcibly);
            }
        }
    }
}

package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Service directories that are not as they should be, or change while supervise runs in them. */
@Spec({"2.1", "2.2", "2.3", "2.4", "5", "6", "7"})
class SpoiledServiceIT {
    private static final String MASK = "sed 's/pid [0-9]*/pid N/; s/[0-9]* seconds/N seconds/'";

    @SeededTest(3)
    void statusFilesMayHoldAnything(long seed) throws Exception {
        Differential.compare(stage -> {
            Random random = new Random(seed);
            stage.sh("mkfifo ok");
            StringBuilder names = new StringBuilder();
            for (int i = 0; i < 300; i++) {
                Path folder = Files.createDirectories(stage.path("s" + i + "/supervise"));
                byte[] status = new byte[random.nextInt(3) == 0 ? random.nextInt(40) : 18];
                random.nextBytes(status);
                for (int k = 0; k < status.length; k++) if (random.nextInt(3) == 0) status[k] = 0;
                Files.write(folder.resolve("status"), status);
                Files.createSymbolicLink(folder.resolve("ok"), stage.path("ok"));
                if (random.nextBoolean()) Files.createFile(stage.path("s" + i + "/down"));
                names.append(" s").append(i);
            }
            // the time that passes between the two forms is not to be seen
            stage.note(stage.sh("exec 9<>ok; svstat" + names + " | sed 's/\\([0-9]\\)[0-9]* seconds/\\1 seconds/'"));
        });
    }

    @Test
    void aStatusFileMayBeHuge() throws Exception {
        Differential.compareShell("""
                mkdir -p s/supervise; mkfifo s/supervise/ok; exec 9<>s/supervise/ok
                head -c 5000000 /dev/zero > s/supervise/status; svstat s | MASK
                truncate -s 9000G s/supervise/status; svstat s | MASK
                """.replace("MASK", MASK));
    }

    @ParameterizedTest
    @ValueSource(strings = {"control", "ok", "status", "status.new", "lock"})
    void aFileOfSuperviseMayBeAnythingElse(String name) throws Exception {
        String script = """
                mkfifo fifo; x=s/supervise/NAME
                for what in 'echo hello > $x' 'mkdir $x' 'ln -s nowhere/x $x' 'ln -s NAME $x' 'ln -s /dev/zero $x' \\
                    'ln -s . $x' 'ln -s /dev/null $x' 'ln -s /dev/full $x' ': > $x; chmod 0 $x' 'ln -s $PWD/fifo $x' \\
                    'mkfifo $x' 'ln socket $x' 'ln -s $PWD/socket $x' 'mkdir -p $x/full'; do
                  # a device's lock is everybody's
                  case $x$what in */lock*/dev/*) continue ;; esac
                  # ours makes a fifo of these
                  case NAME:$what in control:*'> $x'* | ok:*'> $x'* | control:*/dev/* | ok:*/dev/*) continue ;; esac
                  rm -rf s; mkdir -p s/supervise; touch s/down; printf '#!/bin/sh\\nexec sleep 100\\n' > s/run; chmod +x s/run
                  eval "$what"; echo "== $what"
                  svok s; echo $?; svstat s | MASK; svc -u s; echo $?
                  : > out; supervise s > out 2>&1 & p=$! n=0
                  # svok may never be content, whose ever supervise it is
                  until svok s > /dev/null 2>&1 && svstat s | grep -q seconds || ! kill -0 $p 2> /dev/null ||
                      grep -qs '^[^:]*: warning.*' out || [ $n = 50 ]; do sleep 0.02; n=$((n + 1)); done
                  { kill $p; wait $p; } 2> /dev/null; echo $?; sort -u out
                done
                """.replace(
                        "MASK", name.equals("status") ? "sed 's/^s: .*/s: as far as its status can be read/'" : MASK)
                .replace("NAME", name);
        Differential.compare(stage -> {
            UnixDomainSocketAddress socket = UnixDomainSocketAddress.of(stage.path("socket"));
            try (ServerSocketChannel closed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                closed.bind(socket);
            }
            stage.note(stage.sh(script));
        });
    }

    /** 0.76's supervise takes a whole processor then, and svok finds it whether it runs or not. */
    @ParameterizedTest
    @CsvSource({
        "control, echo hello > $x", "control, : > $x; chmod 0 $x", "control, ln -s ../run $x",
                "control, ln -s /dev/zero $x",
        "ok, echo hello > $x", "ok, : > $x; chmod 0 $x", "ok, ln -s ../run $x", "ok, ln -s /dev/null $x"
    })
    void whatIsInThePlaceOfAFifoIsMadeAnewAsOne(String name, String what) throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("s", "exec sleep 1000");
            stage.sh("mkdir s/supervise; x=s/supervise/" + name + "; " + what);
            Process supervise = stage.supervise("s");
            Stage.awaitIdle(supervise);
            assertThat(stage.read("s.err"))
                    .isEqualTo("supervise: warning: s/supervise/" + name + " is not a fifo: making it anew\n");
            assertThat(stage.sh("stat -c '%F %a' s/supervise/" + name).out()).isEqualTo("fifo 600\n");
            assertThat(stage.sh("cat s/run").out()).contains("exec sleep");
            stage.run("svc", "-dx", "s");
            assertThat(supervise.waitFor()).isZero();
            assertThat(stage.run("svok", "s").code()).isEqualTo(100);
        }
    }

    @Test
    void permissionMayBeMissing() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            assumeTrue(stage.sh("setuidgid nobody true").code() == 0, "needs root, and commands that nobody may run");
        }
        Differential.compareShell("""
                chmod 755 .
                mkdir -p unreadable/supervise; mkfifo unreadable/supervise/control unreadable/supervise/ok; chmod 0 unreadable
                mkdir readonly; chmod 555 readonly; printf '#!/bin/sh\\nexec sleep 100\\n' > readonly/run
                mkdir noexec; chmod 666 noexec; mkdir -p nosupervise/supervise; chmod 0 nosupervise/supervise
                for d in unreadable readonly noexec nosupervise; do
                  for c in "svok $d" "svstat $d" "svc -u $d" "supervise $d" "multilog ./$d"; do
                    setuidgid nobody $c < /dev/null; echo "$c $?"
                  done
                done
                setuidgid nobody svscan unreadable; echo $?; setuidgid nobody envdir unreadable true; echo $?
                setuidgid nobody setlock unreadable/x true; echo $?; setuidgid nobody setlock readonly/x true; echo $?
                """);
    }

    @Test
    void theFileSystemMayBeReadOnly() throws Exception {
        Differential.compare(stage -> {
            Result result = stage.run("/usr/bin/unshare", "-m", "/bin/sh", "-c", """
                    mkdir m; mount -t tmpfs tmpfs m || exit 99
                    mkdir -p m/new m/old m/odd/supervise m/log m/used; printf '#!/bin/sh\\nexec sleep 100\\n' > m/old/run
                    chmod +x m/old/run; echo x | multilog ./m/used; touch m/lock
                    (cd m; supervise old & until svok old; do sleep 0.02; done; svc -dx old; wait)
                    mount -o remount,ro m
                    for d in new old odd; do supervise m/$d; echo $?; svok m/$d; echo $?; svstat m/$d; svc -d m/$d; done
                    for d in log used new/log; do echo x | multilog ./m/$d; echo $?; done
                    echo x | multilog =m/status; echo $?
                    for f in lock new.lock; do setlock m/$f true; echo $?; setlock -x m/$f true; echo $?; done
                    """);
            assumeTrue(result.code() != 99 && !result.err().startsWith("unshare"), "no file system can be mounted");
            stage.note(result);
        });
    }

    @Test
    void theDiskMayBeFull() throws Exception {
        Differential.compare(stage -> {
            Result result = stage.run("/usr/bin/unshare", "-m", "/bin/sh", "-c", """
                    mkdir m; mount -t tmpfs -o size=64k,nr_inodes=30 tmpfs m || exit 99
                    told() { until [ $(wc -l < err) -ge $1 ]; do sleep 0.1; done; }
                    is() { until svstat m/s | grep -q "$1"; do sleep 0.1; done; svstat m/s | MASK; }
                    fill() { i=0; while touch m/i$i; do i=$((i + 1)); done 2> /dev/null; }
                    mkdir -p m/s m/empty/supervise; printf '#!/bin/sh\nexec sleep 1000\n' > m/s/run; chmod +x m/s/run
                    supervise m/s 2> err & p=$!
                    until svok m/s; do sleep 0.1; done; is ' up '; svc -c m/s; svc -p m/s; is paused; svc -c m/s; is 'seconds$'

                    echo 'no room for bytes'; cat /dev/zero > m/filler 2> /dev/null
                    svc -p m/s; told 1; svstat m/s | MASK
                    rm m/filler; svc -u m/s; is paused; svc -c m/s; is 'seconds$'

                    echo 'no room for names'; fill
                    svc -p m/s; told 2; svstat m/s | MASK
                    setlock m/lock true; echo $?; setlock -x m/lock echo locked; echo $?; setlock m/s/run echo locked; echo $?
                    supervise m/empty; echo $?; multilog ./m/log < /dev/null; echo $?; multilog =m/status < /dev/null; echo $?
                    rm m/i*; svc -u m/s; is paused; svc -c m/s; is 'seconds$'

                    fill; svc -dx m/s; wait $p; echo $?; sort -u err; rm m/i*; svstat m/s
                    """.replace("MASK", MASK));
            assumeTrue(result.code() != 99 && !result.err().startsWith("unshare"), "no file system can be mounted");
            stage.note(result);
        });
    }

    private static Process up(Stage stage) throws Exception {
        stage.service("s", "exec sleep 1000");
        Process supervise = stage.supervise("s");
        Stage.awaitIdle(supervise);
        return supervise;
    }

    private static String masked(String text) {
        return text.replaceAll("\\d+", "N");
    }

    @Test
    void aDirectoryThatIsRenamedStaysSupervised() throws Exception {
        Differential.compare(stage -> {
            Process supervise = up(stage);
            Files.move(stage.path("s"), stage.path("t"));
            stage.note(masked(stage.svstat("t")));
            stage.run("svc", "-d", "t");
            stage.note(masked(stage.awaitStatus("t", "down .*")));
            stage.run("svc", "-u", "t");
            stage.note(masked(stage.awaitStatus("t", "up .*")));
            stage.run("svc", "-dx", "t");
            stage.note(supervise.waitFor());
            stage.note(stage.svstat("t") + stage.read("s.err"));
        });
    }

    @Test
    void aDirectoryThatIsReplacedIsAnotherService() throws Exception {
        Differential.compare(stage -> {
            Process first = up(stage);
            Files.move(stage.path("s"), stage.path("old"));
            stage.service("s", "exec sleep 1000");
            stage.write("s/down", "");
            Process second = stage.supervise("s");
            stage.note(masked(stage.svstat("s") + stage.svstat("old")));
            stage.run("svc", "-dx", "s", "old");
            stage.note(first.waitFor() + " " + second.waitFor());
        });
    }

    @Test
    void aServiceGoesOnWithoutItsSuperviseDirectory() throws Exception {
        Differential.compare(stage -> {
            up(stage);
            long pid = stage.pid("s");
            stage.sh("rm -r s/supervise");
            stage.note(stage.run("svstat", "s"));
            stage.note(stage.run("svok", "s"));
            ProcessHandle.of(pid).orElseThrow().destroy();
            stage.awaitContent("s.err", "(.*\n){2}.*");
            stage.note(stage.read("s.err").lines().distinct().toList());
            stage.note(ProcessHandle.of(pid).isPresent());
        });
    }

    @Test
    void aRunThatIsGoneIsMissedUntilItIsBack() throws Exception {
        Differential.compare(stage -> {
            up(stage);
            Files.move(stage.path("s/run"), stage.path("s/away"));
            stage.run("svc", "-t", "s");
            stage.awaitContent("s.err", "(.*\n)+");
            stage.script("s/new", "echo new > got; exec sleep 1000");
            Files.move(stage.path("s/new"), stage.path("s/run"));
            stage.awaitContent("s/got", "new\n");
            stage.note(masked(stage.awaitStatus("s", "up .*")));
            stage.note(stage.read("s.err").lines().distinct().toList());
        });
    }

    @Test
    void fifosThatAreRemovedLeaveTheServiceAlone() throws Exception {
        Differential.compare(stage -> {
            Process supervise = up(stage);
            Files.delete(stage.path("s/supervise/ok"));
            stage.note(stage.run("svok", "s"));
            stage.note(stage.run("svstat", "s"));
            Files.delete(stage.path("s/supervise/control"));
            stage.note(stage.run("svc", "-d", "s"));
            stage.note(stage.run("supervise", "s"));
            stage.note(supervise.isAlive());
        });
    }

    @Test
    void bytesThatAreNoCommandsAreIgnored() throws Exception {
        Differential.compare(stage -> {
            Process supervise = up(stage);
            stage.sh("LC_ALL=C; export LC_ALL; awk 'BEGIN { for (i = 0; i < 256; i++) printf \"%c\", i }'"
                    + " | tr -d udopchaitkx > s/supervise/control");
            stage.note(masked(stage.svstat("s")));
            stage.run("svc", "-dx", "s");
            stage.note(supervise.waitFor());
            stage.note(stage.read("s.err"));
        });
    }
}

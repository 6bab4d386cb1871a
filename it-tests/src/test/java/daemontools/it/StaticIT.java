package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The native executables need nothing of the machine but its kernel. */
@Execution(ExecutionMode.CONCURRENT)
class StaticIT {
    private static final Path PACKAGES =
            Path.of(System.getProperty("daemontools.originals")).toAbsolutePath();

    /** A folder that is to be the root, with the commands in {@code /command}, and {@code inside COMMAND...} to run one there. */
    private static final String ROOT =
            """
            mkdir -p root/command; cp -a COMMANDS/. root/command/
            inside() { name=$1; shift; chroot root /command/$name "$@"; }
            until_true() { until "$@" > /dev/null 2>&1; do sleep 0.1; done; }
            """.replace("COMMANDS", Commands.SUBJECT.folder().toString());

    @BeforeEach
    void assumeStatic() {
        Commands.assumeNative("the jlink'd form has a JVM, and that a libc");
    }

    private static void assumeChroot(Stage stage) throws Exception {
        assumeTrue(stage.sh("chroot / true").code() == 0, "only root may change the root");
    }

    @Test
    void noCommandIsADynamicExecutable() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            for (String name : Commands.names()) {
                Result result = stage.sh("ldd " + Commands.SUBJECT.path(name) + " 2>&1");
                assertThat(result.out()).as(name).contains("not a dynamic executable");
            }
        }
    }

    @Test
    void inARootOfNothingElseTheyDoWhatNeedsNoOtherProgram() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            assumeChroot(stage);
            Result result = stage.sh(ROOT + """
                    mkdir -p root/env root/services/s; echo value > root/env/NAME; : > root/services/s/down
                    inside svok nowhere; echo $?
                    inside svstat nowhere
                    inside envdir env /command/softlimit -d 100000000 /command/setlock lock /command/pgrphack /command/fghack \\
                      /command/svok nowhere; echo $?
                    inside setuidgid joe /command/svok nowhere; echo $?
                    echo 'joe:x:5:6' > root/passwd; mkdir root/etc; mv root/passwd root/etc/
                    inside setuidgid joe /command/svok nowhere; echo $?
                    inside envuidgid joe /command/envdir nowhere /command/svok; echo $?
                    seq 3 | inside multilog ./log; cat root/log/current
                    echo @400000003b9aca0a00000000 line | inside tai64nlocal
                    echo line | inside tai64n | inside tai64nlocal | sed 's/[0-9]/N/g'
                    echo text | inside readproctitle errors: ..........; echo $?
                    (PATH=/command; exec /usr/sbin/chroot root /command/svscan services) & scanner=$!
                    until_true inside svok services/s
                    inside svstat services/s | sed 's/[0-9]* seconds/N seconds/'
                    kill $scanner; wait $scanner 2> /dev/null; echo $?; inside svc -dx services/s
                    until_true eval '! inside svok services/s'
                    inside svscanboot missing; echo $?
                    """);
            assertThat(result).isEqualTo(new Result("""
                    111
                    nowhere: unable to chdir: file does not exist
                    111
                    111
                    111
                    111
                    1
                    2
                    3
                    2001-09-09 01:46:40.000000000 line
                    NNNN-NN-NN NN:NN:NN.NNNNNNNNN line
                    0
                    services/s: down N seconds
                    143
                    111
                    """, """
                    svok: fatal: unable to chdir to nowhere: file does not exist
                    svok: fatal: unable to chdir to nowhere: file does not exist
                    setuidgid: fatal: unknown account joe
                    svok: fatal: unable to chdir to nowhere: file does not exist
                    envdir: fatal: unable to switch to directory nowhere: file does not exist
                    svscanboot: fatal: unable to open /dev/null: file does not exist
                    """, 0));
        }
    }

    @Test
    void inARootWithMuslTheyRunServices() throws Exception {
        Path busybox = PACKAGES.resolve("bin/busybox");
        Path musl = PACKAGES.resolve("lib/ld-musl-x86_64.so.1");
        assumeTrue(Files.exists(busybox) && Files.exists(musl), "Debian's busybox-static and musl are not there");
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            assumeChroot(stage);
            Result result = stage.sh(
                    ROOT + """
                    mkdir -p root/bin root/dev root/service; cp BUSYBOX root/bin/; cp -RL MUSL root/lib
                    for applet in sh sleep cat; do ln -s busybox root/bin/$applet; done
                    mknod root/dev/null c 1 3; chmod 666 root/dev/null
                    mkdir -p root/s/log/main
                    printf '#!/bin/sh\\necho hello\\nexec sleep 1000\\n' > root/s/run
                    printf '#!/bin/sh\\nexec multilog ./main\\n' > root/s/log/run
                    chmod +x root/s/run root/s/log/run; mv root/s root/service/
                    (exec chroot root /command/svscanboot) & boot=$!
                    until_true grep -q hello root/service/s/log/main/current
                    inside svstat /service/s /service/s/log | sed 's/pid [0-9]*) [0-9]*/pid N) N/'
                    cat root/service/s/log/main/current
                    scanner=$(cat /proc/$boot/task/$boot/children | cut -d' ' -f1)
                    kill -STOP $boot; kill $scanner; inside svc -dx /service/s /service/s/log
                    until_true eval '! inside svok /service/s && ! inside svok /service/s/log'
                    kill -CONT $boot; wait $boot 2> /dev/null; echo $?
                    """.replace("BUSYBOX", busybox.toString()).replace("MUSL", PACKAGES.resolve("lib") + ""));
            assertThat(result).isEqualTo(new Result("""
                    /service/s: up (pid N) N seconds
                    /service/s/log: up (pid N) N seconds
                    hello
                    0
                    """, "", 0));
        }
    }

    /** No command calls a native method of the JDK, so a program that does stands in for one. */
    @Test
    void aNativeMethodThatIsNotInTheImageSaysSo() throws Exception {
        Path support = Commands.PACKAGING.resolve("native-toolchain/support");
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            assumeTrue(stage.sh("command -v gcc").code() == 0, "gcc is not there");
            Result result = stage.sh("""
                    echo 'STAND_IN(Java_java_io_Console_ttyStatus)' > stand-ins
                    echo 'extern void Java_java_io_Console_ttyStatus(void); int main(void) { Java_java_io_Console_ttyStatus(); }' > svok.c
                    gcc -I. -o svok svok.c SUPPORT/absent.c && ./svok
                    """.replace("SUPPORT", support.toString()));
            assertThat(result)
                    .isEqualTo(new Result(
                            "",
                            "svok: fatal: internal error: Java_java_io_Console_ttyStatus is not in this image\n",
                            111));
        }
    }
}

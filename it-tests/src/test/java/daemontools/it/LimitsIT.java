package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that are given too little: descriptors, processes, file sizes, memory. */
@Spec(
        value = {
            "1.3", "2.1", "2.2", "3.1", "5", "6", "7", "8", "9", "10", "11.2", "11.7", "12", "13", "14", "15", "16",
            "18"
        },
        commands = {"softlimit"})
class LimitsIT {
    private static final String NATIVE_ONLY = "a JVM cannot start under small limits";
    private static final String EACH_COMMAND = """
            mkdir env; printf 'a\\nb\\n' > in
            for c in 'svok nowhere' 'svstat nowhere' 'svc -d nowhere' 'supervise nowhere' 'svscan nowhere' \\
                'envdir env true' 'envuidgid daemon true' 'setuidgid daemon true' 'softlimit -c 5 true' \\
                'setlock lock true' 'pgrphack true' 'fghack true' 'readproctitle x .....' 'multilog ./log' tai64n tai64nlocal; do
            """;

    /** The supervise/ directory of a service that is described, behind fifos that the shell holds open. */
    private static final String SERVICE = """
            mkdir -p t/supervise; mkfifo t/supervise/ok t/supervise/control
            (exec 9<>t/supervise/ok 8<>t/supervise/control; echo here > here; exec sleep 1000) & holder=$!
            until [ -s here ]; do sleep 0.02; done
            printf '\\100\\0\\0\\0\\377\\377\\377\\377\\0\\0\\0\\0\\0\\0\\0\\0\\0u' > t/supervise/status
            """;

    /** From four on: with fewer 0.76 does not get past the dynamic linker, which opens libc. */
    @Test
    void descriptorsMayBeFew() throws Exception {
        Commands.assumeNative(NATIVE_ONLY);
        Differential.compareShell(SERVICE + """
                mkdir env
                for n in 4 5 6 7 8; do
                  for c in 'svok t' 'svstat t' 'svc -h t' 'envdir env true' 'envuidgid daemon true' \\
                      'setuidgid daemon true' 'softlimit -c 5 true' 'setlock lock true' 'pgrphack true' 'fghack true' \\
                      'readproctitle x .....' tai64n tai64nlocal; do
                    prlimit --nofile=$n $c < /dev/null > out 2>&1; echo "$n $c: $?"; cat out
                  done
                done
                kill $holder
                """);
    }

    /** Ours need another number of them than 0.76's, but say the same when there are too few. */
    @ParameterizedTest
    @ValueSource(strings = {"multilog ./log =status", "supervise s"})
    void descriptorsThatAreTooFewForADaemonAreReported(String command) throws Exception {
        Commands.assumeNative(NATIVE_ONLY);
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.sh("mkdir s; touch s/down");
            for (int n = 4; n <= 8; n++) {
                Result result = stage.sh("timeout 2 prlimit --nofile=" + n + " " + command);
                if (result.code() != 111) continue;
                String name = command.substring(0, command.indexOf(' '));
                assertThat(result.err())
                        .matches("(?s)(.*\n)?" + name + ": fatal: unable to .*: process cannot open more files\n.*");
                assertThat(result.err().lines()).allMatch(line -> line.startsWith(name + ": "));
            }
        }
    }

    /** The fewest with which a command does its work. */
    @Test
    void multilogNeedsOneDescriptorMoreThan076sAndSuperviseFewer() throws Exception {
        Commands.assumeNative(NATIVE_ONLY);
        int[] ours = fewestDescriptors(Commands.SUBJECT);
        int[] cs = fewestDescriptors(Commands.assumeOriginal());
        assertThat(ours[0]).isEqualTo(cs[0] + 1);
        assertThat(ours[1]).isLessThan(cs[1]);
    }

    private static int[] fewestDescriptors(Commands commands) throws Exception {
        try (Stage stage = new Stage(commands)) {
            String[] numbers = stage.sh("""
                            mkdir -p s/supervise; : > s/down; mkfifo s/supervise/control; exec 9<>s/supervise/control
                            n=3; until prlimit --nofile=$n multilog ./log < /dev/null 2> /dev/null; do n=$((n + 1)); done; echo $n
                            n=3; until printf x >&9; prlimit --nofile=$n supervise s 9>&- 2> /dev/null; do n=$((n + 1)); done; echo $n
                            """).out().split("\n", -1);
            return new int[] {Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1])};
        }
    }

    @ParameterizedTest
    @CsvSource({
        "supervise s, unable to fork for s",
        "svscan services, unable to fork for a",
        "fghack true, unable to fork",
        "multilog s4096 !cat ./log, unable to fork for processor"
    })
    void aForkMayBeRefused(String command, String trouble) throws Exception {
        Commands.assumeNative(NATIVE_ONLY);
        Differential.compare(stage -> {
            assumeTrue(
                    stage.sh("setpriv --reuid=games --regid=games --clear-groups true")
                                    .code()
                            == 0,
                    "needs root");
            stage.service("s", "exec sleep 1000");
            stage.service("services/a", "exec sleep 1000");
            stage.sh("yes 012345678901234567890 | head -n 1000 > in; chown -R games .");
            stage.start(
                    "refused",
                    "/bin/sh",
                    "-c",
                    "exec setpriv --reuid=games --regid=games --clear-groups prlimit --nproc=1 " + command + " < in");
            stage.awaitContent("refused.err", "(?s).*" + trouble + ".*\n.*");
            stage.note(stage.read("refused.err").lines().distinct().toList());
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 17, 5000})
    void filesMayNotGrow(int bytes) throws Exception {
        Differential.compareShell("""
                yes 0123456789 | head -n 1000 > in; mkdir env
                limited() {
                  rm -rf log; : > out; : > err
                  prlimit --fsize=BYTES env --$how-signal=XFSZ $c < in > out 2> err; echo "$how $c: $?"
                  sed 's/^@4[0-9a-f]\\{1,23\\}/STAMP/' out | cksum; sed 's/@4[0-9a-f]*/STAMP/' err
                }
                for how in default ignore; do
                  for c in tai64n tai64nlocal 'svstat nowhere' 'svc -z' 'setlock lock true' 'svok nowhere' 'supervise x' \\
                      'envdir env echo hello' 'fghack echo hello' 'pgrphack nosuch'; do
                    limited
                  done
                done
                how=default; for c in 'multilog ./log' 'multilog s4096 ./log'; do limited; done
                """.replace("BYTES", Integer.toString(bytes)));
    }

    @Test
    void multilogWaitsUntilFilesMayGrowAndLosesNothing() throws Exception {
        Differential.compare(stage -> {
            stage.sh("yes 0123456789 | head -n 50 > in");
            for (String actions : new String[] {"./log", "=status"}) {
                Process logger = stage.start(
                        "logger",
                        "/bin/sh",
                        "-c",
                        "ulimit -Sf 0; prlimit --fsize=100: --pid $$; exec env --ignore-signal=XFSZ multilog " + actions
                                + " < in");
                stage.awaitContent("logger.err", "(?s).*pausing: .*\n.*");
                stage.sh("prlimit --fsize=100000: --pid " + logger.pid());
                stage.note(logger.waitFor());
                stage.note(stage.read("logger.err").lines().distinct().toList());
            }
            stage.note(stage.read("log/current"));
            stage.note(stage.read("status"));
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10})
    void superviseWarnsOfAStatusThatCannotBeWrittenAndGoesOn(int bytes) throws Exception {
        Differential.compare(stage -> {
            stage.service("s", "echo here; exec sleep 1000");
            // what it prints goes through a pipe, which has no size
            stage.start(
                    "supervise",
                    "/bin/sh",
                    "-c",
                    "mkfifo pipe; cat < pipe & exec prlimit --fsize=" + bytes
                            + " env --ignore-signal=XFSZ supervise s > pipe 2>&1");
            stage.awaitContent("supervise.out", "(?s).*here\n.*");
            stage.note(stage.read("supervise.out").lines().distinct().toList());
            stage.note(stage.run("svstat", "s"));
        });
    }

    /** From 10,000 warnings to restarts: what a supervise does needs no memory that it does not have from its start. */
    @Test
    void aSuperviseWhoseMemoryCannotGrowGoesOn() throws Exception {
        Commands.assumeNative(NATIVE_ONLY);
        Differential.compare(stage -> {
            stage.service("s", "echo run >> runs; exec sleep 1000");
            Process supervise = stage.supervise("s");
            stage.awaitContent("s/runs", "run\n");
            Stage.awaitIdle(supervise);
            String limit = "prlimit --data=%s: --as=%s: --pid " + supervise.pid();
            String size =
                    "$(($(sed -n 's/VmSize:[^0-9]*\\([0-9]*\\).*/\\1/p' /proc/" + supervise.pid() + "/status) * 1024))";
            assertThat(stage.sh(limit.formatted("1", size))).isEqualTo(new Result("", "", 0));

            stage.sh("mkdir s/supervise/status.new; head -c 10000 /dev/zero | tr '\\0' p > s/supervise/control");
            Await.until("10,000 warnings", () -> stage.read("s.err").lines().count() >= 10_000);
            Stage.awaitIdle(supervise);
            stage.note(stage.read("s.err").lines().distinct().toList());
            stage.sh("rmdir s/supervise/status.new");

            // under the limit a shell can't start, or hardly
            for (int i = 0; i < 3; i++) {
                long pid = stage.pid("s");
                stage.run("svc", "-k", "s");
                Await.until("another pid", () -> stage.pid("s") != pid);
            }
            stage.sh(limit.formatted("unlimited", "unlimited"));
            stage.run("svc", "-k", "s");
            stage.awaitContent("s/runs", "run\nrun\n.*");
            stage.note(stage.awaitStatus("s", "up .*").replaceAll("\\d+", "N"));
            stage.run("svc", "-dx", "s");
            stage.note(supervise.waitFor());
        });
    }

    @Test
    void memoryThatIsEnoughForTheExecutablesIsEnough() throws Exception {
        Commands.assumeNative(NATIVE_ONLY);
        Differential.compareShell(EACH_COMMAND + """
                  for l in '-v 7812' '-d 2929' '-s 64' '-s 128' '-l 0'; do
                    (ulimit $l; exec $c) < in > out 2> err; echo "$l $c: $?"; sed 's/@4[0-9a-f]\\{23\\}/STAMP/' out; cat err
                  done
                done
                """);
    }

    @Test
    void tooLowALimitOnDataIsNamed() throws Exception {
        Commands.assumeNative(NATIVE_ONLY);
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            Result result = stage.sh("ulimit -Sd 1000; exec svok .");
            assertThat(result)
                    .isEqualTo(new Result("", "svok: fatal: out of memory: the limit RLIMIT_DATA is too low\n", 111));
        }
    }

    /** C's softlimit executes the next program, and the limit holds while the kernel starts it. */
    @ParameterizedTest
    @ValueSource(strings = {"-m 8000000", "-a 8000000", "-d 3000000"})
    void aLimitOfTheOriginalsIsEnoughForOurs(String limit) throws Exception {
        Commands.assumeNative(NATIVE_ONLY);
        Path softlimit = Commands.assumeOriginal().path("softlimit");
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            assertThat(stage.sh(softlimit + " " + limit + " pgrphack setlock lock echo started"))
                    .isEqualTo(new Result("started\n", "", 0));
        }
    }

    /** Between what the kernel refuses to start at all and what is enough. */
    @ParameterizedTest
    @CsvSource({"v, 4000, 7000, 125", "d, 200, 2800, 100", "s, 8, 64, 2"})
    void memoryThatIsTooLittleIsReportedInOneLine(String limit, int from, int to, int step) throws Exception {
        Commands.assumeNative(NATIVE_ONLY);
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            Result result = stage.sh("""
                    for c in 'svok nowhere' 'multilog e' 'pgrphack true' 'supervise nowhere'; do
                      n=FROM; while [ $n -le TO ]; do
                        (ulimit -LIMIT $n; exec $c) < /dev/null; n=$((n + STEP))
                      done
                    done 2>&1
                    """.replace("LIMIT", limit)
                    .replace("FROM", "" + from)
                    .replace("TO", "" + to)
                    .replace("STEP", "" + step));
            // the first are the shell's and the dynamic loader's words, the last what the command has to say anyway
            assertThat(result.out().lines())
                    .allMatch(line -> line.matches(
                            "Segmentation fault.*|Killed.*|.*error while loading shared libraries.*|cannot allocate TLS data.*"
                                    + "|(svok|multilog|pgrphack|supervise): fatal: out of memory(: the limit RLIMIT_(AS|DATA) is too low)?"
                                    + "|pgrphack: fatal: unable to run true: .*"
                                    + "|(svok|supervise): fatal: unable to chdir to nowhere: file does not exist"));
        }
    }
}

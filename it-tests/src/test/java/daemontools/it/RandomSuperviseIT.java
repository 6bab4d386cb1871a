package daemontools.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The state machine of supervise in lockstep with C's: the same steps, and after each of them the same state. */
@Execution(ExecutionMode.CONCURRENT)
@Spec({"2.2", "2.3", "2.4", "7"})
class RandomSuperviseIT {
    private static final int STEPS = 25;

    /**
     * Ends with the code that the file says, once; else ignores what it can or not, and sleeps. It has no children, whose
     * ends would wake it.
     */
    private static final String RUN = """
            echo start >> starts
            if [ -s code ]; then read c < code; : > code; exit $c; fi
            if [ -s stubborn ]; then
              for s in HUP ALRM INT TERM; do trap "echo $s >> got" $s; done
              exec 3<> silent
              while :; do read never <&3; done
            fi
            exec sleep 1000
            """;

    @SeededTest(6)
    void isInTheSameStateAsCsAfterEachOfManySteps(long seed) throws Exception {
        Differential.compare(stage -> new Play(stage, new Random(seed)).run());
    }

    /** One supervise that is driven; where it waits, its service is at rest too. */
    private static final class Play {
        private final Stage stage;
        private final Random random;
        private Process supervise;
        private byte[] before = new byte[18];

        Play(Stage stage, Random random) {
            this.stage = stage;
            this.random = random;
        }

        void run() throws Exception {
            stage.service("s", RUN);
            stage.sh("mkfifo s/silent");
            start();
            for (int i = 0; i < STEPS; i++) {
                if (!supervise.isAlive()) start();
                step();
            }
            stage.note(stage.read("s.err").lines().distinct().sorted().toList());
        }

        private void step() throws Exception {
            switch (random.nextInt(16)) {
                case 0 -> {
                    byte[] coded = (random.nextInt(256) + "\n").getBytes(ISO_8859_1);
                    Files.write(stage.path("s/code"), coded);
                    endService("the service ends, and the next one with a code");
                }
                case 1, 2 -> endService("the service is killed");
                case 3, 4 -> whileItCannotReact();
                case 5 -> withoutRun();
                case 6 -> toggle("s/down");
                case 7 -> toggle("s/stubborn");
                case 8 -> killSupervise();
                default -> command(bytes());
            }
        }

        private void start() throws Exception {
            if (random.nextInt(3) == 0) toggle("s/down");
            supervise = stage.start("s", "supervise", "s");
            stage.awaitSupervised("s");
            observe("supervise is started");
        }

        /** A few bytes; one that may end the service is the last, as what follows could come before or after its death. */
        private byte[] bytes() {
            StringBuilder bytes = new StringBuilder();
            for (int i = random.nextInt(3); i > 0; i--) bytes.append(pick("uuooccxz\0U"));
            return bytes.append(pick(bytes.isEmpty() ? "uuudddooopppcccxhaitk\377" : "uuuddooccxhaitk"))
                    .toString()
                    .getBytes(ISO_8859_1);
        }

        private char pick(String letters) {
            return letters.charAt(random.nextInt(letters.length()));
        }

        private void command(byte[] bytes) throws Exception {
            send(bytes);
            observe("command " + text(bytes));
        }

        private void send(byte[] bytes) throws IOException {
            try (FileChannel control = FileChannel.open(stage.path("s/supervise/control"), StandardOpenOption.WRITE)) {
                control.write(ByteBuffer.wrap(bytes));
            }
        }

        private static String text(byte[] bytes) {
            return new String(bytes, ISO_8859_1).replace("\0", "NUL").replace("\377", "0xff");
        }

        private void endService(String description) throws Exception {
            long pid = pid();
            if (pid != 0) end(pid);
            observe(description);
        }

        private static void end(long pid) throws Exception {
            Kernel.signal(pid, "KILL");
            Await.until("the end of " + pid, () -> "-ZX".indexOf(Kernel.state(pid)) >= 0);
        }

        /** A death and commands that supervise finds at the same time. */
        private void whileItCannotReact() throws Exception {
            byte[] bytes = bytes();
            Kernel.signal(supervise.pid(), "STOP");
            Await.until("supervise is stopped", () -> Kernel.state(supervise.pid()) == 'T');
            if (pid() != 0) end(pid());
            send(bytes);
            Kernel.signal(supervise.pid(), "CONT");
            observe("at once a death and command " + text(bytes));
        }

        /** There is no run for a while, and then there is, or the service is not wanted any more. */
        private void withoutRun() throws Exception {
            Files.move(stage.path("s/run"), stage.path("s/away"));
            long complaints = Files.size(stage.path("s.err"));
            long pid = pid();
            if (pid != 0) end(pid);
            Await.until(
                    "supervise complains or rests", () -> Files.size(stage.path("s.err")) > complaints || isAtRest());
            boolean wanted = random.nextBoolean();
            if (wanted) Files.move(stage.path("s/away"), stage.path("s/run"));
            if (!wanted && supervise.isAlive()) send(new byte[] {'d'});
            observe("run is away, and " + (wanted ? "comes back" : "the service is taken down"));
            if (!wanted) Files.move(stage.path("s/away"), stage.path("s/run"));
        }

        private void toggle(String name) throws Exception {
            Path file = stage.path(name);
            if (!Files.deleteIfExists(file)) Files.writeString(file, "x");
            if (supervise != null && supervise.isAlive()) observe("toggled " + name);
        }

        private void killSupervise() throws Exception {
            supervise.destroyForcibly().waitFor();
            long pid = pid();
            stage.note("the service " + (pid == 0 || Kernel.state(pid) == '-' ? "is not there" : "lives on"));
            if (pid != 0) Kernel.signal(pid, "KILL");
            observe("supervise is killed");
        }

        private boolean isAtRest() throws Exception {
            if (!supervise.isAlive()) return true;
            if (!Kernel.isIdleSupervise(supervise.pid())) return false;
            long pid = pid();
            return (pid == 0 || Kernel.isAtRest(pid)) && Kernel.isIdleSupervise(supervise.pid()) && pid == pid();
        }

        private byte[] status() throws IOException {
            return Files.readAllBytes(stage.path("s/supervise/status"));
        }

        private long pid() throws IOException {
            return ByteBuffer.wrap(status()).order(ByteOrder.LITTLE_ENDIAN).getInt(12);
        }

        private void observe(String step) throws Exception {
            try {
                Await.until("rest", this::isAtRest);
            } catch (AssertionError e) {
                throw new AssertionError("no rest after: " + step + "\n" + stage.transcript(), e);
            }
            byte[] now = status();
            boolean sameTime = ByteBuffer.wrap(now, 0, 12).equals(ByteBuffer.wrap(before, 0, 12));
            boolean samePid = ByteBuffer.wrap(now, 12, 4).equals(ByteBuffer.wrap(before, 12, 4));
            before = now;
            stage.note(step);
            stage.note("  %s, %s, paused %d, want %s, %d bytes, %s, %s starts, got %s"
                    .formatted(
                            sameTime ? "same time" : "other time",
                            samePid ? "same pid" : pid() == 0 ? "no pid" : "other pid",
                            now[16],
                            now[17] == 0 ? "neither" : (char) now[17],
                            now.length,
                            supervise.isAlive()
                                    ? "service " + Kernel.state(pid())
                                    : "ended with " + supervise.exitValue(),
                            lines("s/starts").lines().count(),
                            lines("s/got").lines().sorted().toList()));
            stage.note("  " + stage.svstat("s").replaceAll("\\d+", "N"));
        }

        private String lines(String file) throws IOException {
            return Files.exists(stage.path(file)) ? stage.read(file) : "";
        }
    }
}

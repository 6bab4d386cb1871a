package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** supervise with files that ask for more than 0.76, beside a model of it: the same steps, and after each the same state. */
@Execution(ExecutionMode.CONCURRENT)
class RandomBeyondIT {
    private static final int STEPS = 20;

    /** Says that it is ready on USR1, ends with 0 on TERM, and leaves a process behind where that is wanted. */
    private static final String RUN = """
            trap 'echo >&3' USR1; trap 'exit 0' TERM
            if [ -e orphanage ]; then setsid sleep 1000 3>&- & fi
            exec 8<> silent; echo $$ > listens
            while :; do read never <&8; done
            """;

    /** The machine, as the table of files and commands describes it. */
    private static final class Model {
        private boolean up;
        private String want = "up";
        private boolean paused;
        private boolean ready;
        private boolean failed;
        private int starts;
        private int readies;
        private int ends;
        private String lastEnd;
        /** Files as they are now, and as the last start found them. */
        private boolean adopt;

        private boolean adoptable;
        private boolean orphanage;
        private boolean leaves;
        private boolean adopted;
        /** It was ready when it was taken over: nobody listens to it any more. */
        private boolean unheard;

        private String finish = "absent";

        void start() {
            up = true;
            paused = false;
            ready = false;
            starts++;
            adoptable = adopt;
            leaves = orphanage;
            adopted = false;
            unheard = false;
        }

        void end(String how, boolean again) {
            up = false;
            ready = false;
            leaves = false;
            ends++;
            lastEnd = adopted ? null : how;
            boolean forGood = finish.equals("exit 125");
            if (forGood) {
                failed = true;
                want = "down";
            } else if (again || want.equals("up")) start();
        }

        void command(char command) {
            switch (command) {
                case 'u', 'o' -> {
                    want = command == 'u' ? "up" : "once";
                    failed = false;
                    if (!up) start();
                }
                case 'd' -> {
                    want = "down";
                    if (up) end("exit 0", false);
                }
                case 'r' -> {
                    if (up) end("exit 0", true);
                    else command('u');
                }
                case 'p' -> paused = up;
                case 'c' -> paused = false;
                case 't' -> {
                    if (up) end("exit 0", false);
                }
                case 'k' -> {
                    if (up) end("signal 9", false);
                }
                case '1' -> {
                    if (up && !ready) readies++;
                    ready |= up;
                }
                default -> throw new AssertionError(command);
            }
        }

        /** A new supervise comes after one that was killed, or told to exit. */
        void supervised() {
            starts = 0;
            ends = 0;
            failed = false;
            lastEnd = null;
            adopted = up && adopt && adoptable;
            ready &= adopted;
            unheard = ready;
            readies = ready ? 1 : 0;
            leaves = false;
            if (adopted) {
                starts = 1;
            } else {
                want = "up";
                start();
                leaves = orphanage;
            }
        }

        List<String> details() {
            List<String> lines = new ArrayList<>(List.of("state " + (up ? "up" : "down"), "want " + want));
            lines.add("paused " + (paused && up ? 1 : 0));
            lines.add("failed " + (failed ? 1 : 0));
            lines.add("ready " + (ready ? 1 : 0));
            lines.add("starts " + starts);
            lines.add("readies " + readies);
            lines.add("ends " + ends);
            lines.add("finishes " + ends);
            if (lastEnd != null) lines.add(lastEnd);
            return lines;
        }
    }

    private static final class Play {
        private final Stage stage;
        private final Random random;
        private final Model model = new Model();
        private final Supervised service;

        Play(Stage stage, Random random) {
            this.stage = stage;
            this.random = random;
            this.service = new Supervised(stage, "s");
        }

        void run() throws Exception {
            stage.service("s", RUN);
            stage.sh("mkfifo s/silent");
            service.with("notification-fd", "3").with("timeout-finish", "200").start();
            model.start();
            observe("supervise is started");
            for (int i = 0; i < STEPS; i++) step();
        }

        private void step() throws Exception {
            switch (random.nextInt(10)) {
                case 0 -> {
                    model.adopt = !model.adopt;
                    toggle("adopt", model.adopt);
                }
                case 1 -> {
                    model.orphanage = !model.orphanage;
                    toggle("orphanage", model.orphanage);
                }
                case 2, 3 -> changeFinish();
                case 4 -> killSupervise();
                case 5 -> {
                    if (model.up) Kernel.signal(service.pid(), "KILL");
                    model.command('k');
                    observe("the service is killed");
                }
                default -> command("uodrpctk1111".charAt(random.nextInt(12)));
            }
        }

        private void toggle(String file, boolean there) throws Exception {
            if (there) service.with(file, "");
            else Files.delete(stage.path("s/" + file));
            observe((there ? "there is " : "there is no longer ") + file);
        }

        private void changeFinish() throws Exception {
            model.finish =
                    List.of("absent", "exit 1", "exit 125", "exec sleep 1000").get(random.nextInt(4));
            Files.deleteIfExists(stage.path("s/finish"));
            if (!model.finish.equals("absent")) service.withScript("finish", model.finish);
            observe("finish: " + model.finish);
        }

        /** What a stopped process would do is not waited for. */
        private void command(char command) throws Exception {
            if ((model.paused && "t1".indexOf(command) >= 0) || (model.unheard && command == '1')) return;
            service.send(String.valueOf(command));
            model.command(command);
            observe("command " + command);
        }

        /** What the service has left to a supervise that is gone is ended by us, as nobody else can. */
        private void killSupervise() throws Exception {
            long run = model.up ? service.pid() : 0;
            boolean isTakenOver = model.adopt && model.adoptable;
            service.supervise().destroyForcibly().waitFor();
            for (long pid : service.processes()) {
                if (pid != run || !isTakenOver) Kernel.signal(pid, "KILL");
            }
            model.up &= isTakenOver;
            model.supervised();
            service.startAgain();
            observe("supervise is killed, and another comes");
            if (model.adopted) assertThat(service.pid()).isEqualTo(run);
        }

        private void observe(String step) throws Exception {
            stage.note(step + ": " + model.details());
            try {
                service.await(model.details().toArray(new String[0]));
                Await.until(
                        "the service listens",
                        () -> !model.up || stage.read("s/listens").equals(service.pid() + "\n"));
                int processes = !model.up ? 0 : model.leaves ? 2 : 1;
                Await.until(processes + " processes", () -> service.processes().size() == processes);
                assertThat(service.number("pid")).isEqualTo(model.up ? service.pid() : 0);
                boolean hasEnd = service.details().containsKey("exit")
                        || service.details().containsKey("signal");
                assertThat(hasEnd).isEqualTo(model.lastEnd != null);
            } catch (AssertionError e) {
                throw new AssertionError(stage.transcript() + service.processes() + "\n" + e.getMessage(), e);
            }
        }
    }

    @SeededTest(6)
    void isInTheStateOfTheModelAfterEachOfManySteps(long seed) throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            new Play(stage, new Random(seed)).run();
        }
    }
}

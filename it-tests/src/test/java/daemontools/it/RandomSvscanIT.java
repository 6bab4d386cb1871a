package daemontools.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A directory that changes between the passes of svscan: it starts the same supervises as C's, in the same way. */
@Execution(ExecutionMode.CONCURRENT)
@Spec({"3", "3.1"})
class RandomSvscanIT {
    private static final int ROUNDS = 3;
    private static final int CHANGES = 8;

    /** In place of supervise: tells how it was started, and stays. */
    private static final String SUPERVISE = """
            what() { readlink /proc/$$/fd/$1 | sed "s#$HERE##; s#pipe:.*#a pipe#"; }
            words=$* where=$(pwd | sed "s#$HERE##") in=$(what 0) out=$(what 1) err=$(what 2)
            set -- /proc/$$/fd/*; for fd; do open="$open ${fd##*/}"; done
            echo "supervise $words in $where, from $in to $out and $err, open:$open" > $HERE/starts/.$$
            echo $$ > $HERE/alive/$$; mv $HERE/starts/.$$ $HERE/starts/$$
            exec sleep 1000
            """;

    @SeededTest(5)
    void startsTheSameSupervisesAsCs(long seed) throws Exception {
        Differential.compare(stage -> {
            Random random = new Random(seed);
            stage.script("bin/supervise", SUPERVISE);
            stage.sh("mkdir services elsewhere starts alive");
            for (int i = 0; i < CHANGES; i++) change(stage, random, i);
            String svscan = stage.commands().path("svscan").toString();
            Process scanner = stage.start(
                    "svscan",
                    "/usr/bin/env",
                    "PATH=" + stage.path("bin") + ":/usr/bin:/bin",
                    "HERE=" + stage.folder(),
                    svscan,
                    "services");
            for (int round = 0; round < ROUNDS; round++) {
                awaitTwoPasses(stage, scanner, round);
                observe(stage);
                List<Integer> services = new ArrayList<>();
                for (int i = 0; i < CHANGES + round; i++) services.add(i);
                Collections.shuffle(services, random);
                for (int service : services.subList(0, CHANGES / 2)) change(stage, random, service);
                change(stage, random, CHANGES + round);
            }
            awaitTwoPasses(stage, scanner, ROUNDS);
            observe(stage);
        });
    }

    /** The second pass has seen all that was there before the first ended, and all that it started has told so. */
    private static void awaitTwoPasses(Stage stage, Process scanner, int round) throws Exception {
        for (String pass : List.of("pass" + round + "a", "pass" + round + "b")) {
            Files.createDirectory(stage.path("services/" + pass));
            Await.until(
                    pass, () -> starts(stage).stream().anyMatch(start -> start.startsWith("supervise " + pass + " ")));
        }
        Await.until(
                "all supervises have told how they were started",
                () -> scanner.children()
                        .allMatch(supervise -> Files.exists(stage.path("starts/" + supervise.pid()))
                                || Kernel.state(supervise.pid()) == 'Z'));
    }

    private static List<String> starts(Stage stage) throws IOException {
        List<String> starts = new ArrayList<>();
        try (Stream<Path> files = Files.list(stage.path("starts"))) {
            for (Path file : files.toList()) {
                if (!file.getFileName().toString().startsWith(".")) starts.add(Files.readString(file));
            }
        }
        Collections.sort(starts);
        return starts;
    }

    /** Every change is of a service of its own and done at once, so that it does not matter which pass sees it first. */
    private static void change(Stage stage, Random random, int service) throws Exception {
        String name = "s" + service;
        String other = List.of("renamed" + service, ".hidden" + service, "back" + service)
                .get(random.nextInt(3));
        String script = switch (random.nextInt(14)) {
            case 0 -> "mkdir services/" + name;
            case 1 -> "mkdir new; mkdir new/log; mv -nT new services/" + name;
            case 2 -> "mkdir new; : > new/log; mv -nT new services/" + name;
            case 3 -> "mkdir elsewhere/" + name + "; ln -s ../elsewhere/" + name + " services/" + name;
            case 4 -> "mkdir -p elsewhere/" + name + "/log; ln -s ../elsewhere/" + name + " services/" + name;
            case 5 -> "ln -s $(readlink services/" + name + ") services/second-" + name;
            case 6 -> "ln -s nowhere services/" + name;
            case 7 -> ": > services/" + name;
            case 8 -> "mkdir new; ln -s log new/log; mv -nT new services/" + name;
            case 9 -> "mv -nT services/" + name + " services/" + other;
            case 10 -> "rm services/" + name;
            case 11 -> "mkdir services/" + name + "/log";
            case 12 -> "rmdir services/" + name + "/log";
            default -> "chmod +t services/" + name + "; chmod 0 services/" + name;
        };
        boolean killed = random.nextInt(3) == 0;
        stage.note(script + (killed ? ", and its supervise is killed" : ""));
        stage.sh(script + " 2>/dev/null; rm -rf new");
        if (killed) killSupervises(stage, name);
    }

    private static void killSupervises(Stage stage, String name) throws Exception {
        try (Stream<Path> files = Files.list(stage.path("starts"))) {
            for (Path file : files.toList()) {
                Path alive = stage.path("alive/" + file.getFileName());
                if (!Files.exists(alive)
                        || !Files.readString(file).matches("(?s)supervise (log in .*/)?" + name + "\\b.*")) continue;
                Files.delete(alive);
                Kernel.signal(Long.parseLong(file.getFileName().toString()), "KILL");
            }
        }
    }

    private static void observe(Stage stage) throws Exception {
        stage.note(String.join("", starts(stage)));
        try (Stream<Path> alive = Files.list(stage.path("alive"))) {
            stage.note(alive.filter(file -> "-ZX"
                                            .indexOf(Kernel.state(Long.parseLong(
                                                    file.getFileName().toString())))
                                    < 0)
                            .count()
                    + " run");
        }
        stage.note(stage.read("svscan.err").lines().distinct().sorted().toList());
    }
}

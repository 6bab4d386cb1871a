package daemontools.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;

/**
 * One way to call one command, which ends at once.
 *
 * @param line with SERVICE for a service directory that is supervised
 * @param remark what the row's name says beside the line
 * @param chart its name in the chart, or null
 */
record Call(String line, String remark, String chart, int expected) {
    /** What scripts call in loops. */
    static final List<Call> CLIENTS = List.of(client("svstat"), client("svok"), client("svc -u"));

    private static final int MISUSED = 100;
    private static final int FAILED = 111;

    private static Call client(String words) {
        return new Call(words + " SERVICE", "", words.replaceAll(" .*", ""), 0);
    }

    private static Call loader(String words) {
        return new Call(words + " /bin/true", "", words, 0);
    }

    /** Each command of the suite once: daemons where they end by themselves, and loaders in front of /bin/true. */
    static List<Call> ofEachCommand() {
        boolean root = System.getProperty("user.name").equals("root");
        List<Call> calls = new ArrayList<>();
        calls.add(new Call("/bin/true", ", for comparison", null, 0));
        calls.addAll(CLIENTS);
        calls.add(new Call("supervise", ", a wrong command line", null, MISUSED));
        calls.add(new Call("svscan nowhere", ", nothing there", null, FAILED));
        for (String line : List.of("readproctitle . ....................", "multilog", "tai64n", "tai64nlocal")) {
            calls.add(new Call(line, ", empty input", null, 0));
        }
        calls.add(loader("envdir env"));
        calls.add(loader("envuidgid ACCOUNT"));
        if (root) calls.add(loader("setuidgid ACCOUNT"));
        for (String words : List.of("softlimit -o 100 -c 0", "setlock lock", "pgrphack", "fghack")) {
            calls.add(loader(words));
        }
        calls.add(new Call(root ? Suite.CHAIN : Suite.CHAIN_WITHOUT_ROOT, "", "a chain of four loaders", 0));
        return calls;
    }

    /** Makes what the calls find: a service of each suite, supervised, and a directory of variables. */
    static Path scene(Lab lab, String name) throws Exception {
        Path scene = lab.scratch().folder(name);
        Services.oneEach(lab.suites(), scene);
        Path environment = Files.createDirectory(scene.resolve("env"));
        for (int i = 1; i <= 5; i++) Files.writeString(environment.resolve("VARIABLE" + i), "value " + i + "\n");
        return scene;
    }

    /** Measures the call in a scene, for all suites that have the command in turns. */
    Row row(Lab lab, Path scene, int rounds, String unit, ToDoubleFunction<Program> measure) throws Exception {
        Map<Suite, Callable<Double>> contenders = new LinkedHashMap<>();
        for (Suite suite : lab.suites()) {
            suite.program(line, scene, "./" + suite, expected)
                    .ifPresent(program -> contenders.put(suite, () -> measure.applyAsDouble(program)));
        }
        return new Row(what(), chart, unit, Lab.medians(lab.rounds(rounds), contenders));
    }

    String what() {
        return "`" + line.replace("SERVICE", "DIR") + "`" + remark;
    }
}

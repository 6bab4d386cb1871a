package daemontools.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** From posix_spawn to the end: what each command costs a script that calls it. */
final class Starts implements Measurement {
    private static final int ROUNDS = 300;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final int MISUSED = 100;
    private static final int FAILED = 111;

    @Override
    public String name() {
        return "starts";
    }

    @Override
    public String about() {
        return "one run of each command, from posix_spawn to its end; loaders in front of /bin/true";
    }

    @Override
    public List<Row> measure(Lab lab) throws Exception {
        Path scene = scene(lab);
        boolean root = System.getProperty("user.name").equals("root");
        List<Row> rows = new ArrayList<>();
        rows.add(row(lab, scene, ", for comparison", null, "/bin/true", 0));
        for (String line : List.of("svstat SERVICE", "svok SERVICE", "svc -u SERVICE")) {
            rows.add(row(lab, scene, "", line.replaceAll(" .*", ""), line, 0));
        }
        rows.add(row(lab, scene, ", a wrong command line", null, "supervise", MISUSED));
        rows.add(row(lab, scene, ", nothing there", null, "svscan nowhere", FAILED));
        for (String line : List.of("readproctitle . ....................", "multilog", "tai64n", "tai64nlocal")) {
            rows.add(row(lab, scene, ", empty input", null, line, 0));
        }
        List<String> loaders = new ArrayList<>(List.of("envdir env", "envuidgid ACCOUNT"));
        if (root) loaders.add("setuidgid ACCOUNT");
        loaders.addAll(List.of("softlimit -o 100 -c 0", "setlock lock", "pgrphack", "fghack"));
        for (String line : loaders) rows.add(row(lab, scene, "", null, line + " /bin/true", 0));
        String chain = root ? Suite.CHAIN : Suite.CHAIN_WITHOUT_ROOT;
        rows.add(row(lab, scene, "", "a chain of four loaders", chain, 0));
        lab.scratch().clear();
        return rows;
    }

    private static Path scene(Lab lab) throws Exception {
        Path scene = lab.scratch().folder("starts");
        Services.oneEach(lab.suites(), scene);
        Path environment = Files.createDirectory(scene.resolve("env"));
        for (int i = 1; i <= 5; i++) Files.writeString(environment.resolve("VARIABLE" + i), "value " + i + "\n");
        return scene;
    }

    private static Row row(Lab lab, Path scene, String remark, String chart, String line, int expected)
            throws Exception {
        Map<Suite, Callable<Double>> contenders = new LinkedHashMap<>();
        for (Suite suite : lab.suites()) {
            suite.program(line, scene, "./" + suite, expected)
                    .ifPresent(each -> contenders.put(suite, () -> each.nanos() / NANOS_PER_MILLI));
        }
        return new Row(
                "`" + line.replace("SERVICE", "DIR") + "`" + remark,
                chart,
                "ms",
                Lab.medians(lab.rounds(ROUNDS), contenders));
    }
}

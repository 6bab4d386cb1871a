package daemontools.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** The same commands as a shell script starts them: most of it is the shell's own fork. */
final class StartsByBash implements Measurement {
    private static final int ROUNDS = 20;
    private static final int RUNS_IN_A_ROUND = 25;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final String LOOP = "for ((i = 0; i < " + RUNS_IN_A_ROUND + "; i++)); do \"$@\"; done";

    @Override
    public String name() {
        return "bash";
    }

    @Override
    public String about() {
        return "one run of a command in a loop of bash, bash's own fork included";
    }

    @Override
    public List<Row> measure(Lab lab) throws Exception {
        Path scene = lab.scratch().folder("bash");
        Services.oneEach(lab.suites(), scene);
        List<Row> rows = new ArrayList<>();
        for (Call call : Call.CLIENTS) {
            Map<Suite, Callable<Double>> contenders = new LinkedHashMap<>();
            for (Suite suite : lab.suites()) {
                suite.words(call.line()).ifPresent(words -> {
                    words.replaceAll(word -> word.equals("SERVICE") ? "./" + suite : word);
                    words.addAll(0, List.of("/bin/bash", "-c", LOOP, "bash"));
                    Program loop = new Program(words, suite.environment(), scene, Program.NOTHING, 0);
                    contenders.put(suite, () -> loop.nanos() / RUNS_IN_A_ROUND / NANOS_PER_MILLI);
                });
            }
            Map<Suite, Double> medians = Lab.medians(lab.rounds(ROUNDS), contenders);
            rows.add(new Row(call.what() + ", started by bash", null, "ms", medians));
        }
        lab.scratch().clear();
        return rows;
    }
}

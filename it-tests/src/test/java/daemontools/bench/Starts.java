package daemontools.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** From posix_spawn to the end: what each command costs a script that calls it. */
final class Starts implements Measurement {
    private static final int ROUNDS = 300;
    private static final double NANOS_PER_MILLI = 1e6;

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
        Path scene = Call.scene(lab, name());
        List<Row> rows = new ArrayList<>();
        for (Call call : Call.ofEachCommand()) {
            rows.add(call.row(lab, scene, ROUNDS, "ms", program -> program.nanos() / NANOS_PER_MILLI));
        }
        lab.scratch().clear();
        return rows;
    }
}

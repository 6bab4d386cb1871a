package daemontools.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the kernel charges for a run of each command: less noisy than the time it takes, and where that comes from. */
final class Costs implements Measurement {
    private static final int ROUNDS = 100;

    @Override
    public String name() {
        return "costs";
    }

    @Override
    public String about() {
        return "what the kernel charged for the same runs: time of the processor, and page faults, of which each is a"
                + " page that is mapped or made the process's own";
    }

    @Override
    public List<Row> measure(Lab lab) throws Exception {
        Path scene = Call.scene(lab, name());
        List<Row> rows = new ArrayList<>();
        for (Call each : Call.ofEachCommand()) {
            Call call = new Call(each.line(), each.remark(), null, each.expected());
            rows.add(call.row(
                    lab, scene, ROUNDS, "us", program -> program.usage().cpuMicros()));
            rows.add(call.row(
                    lab, scene, ROUNDS, "faults", program -> program.usage().pageFaults()));
        }
        lab.scratch().clear();
        return rows;
    }
}

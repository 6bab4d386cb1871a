package daemontools.doctor;

import java.util.ArrayList;
import java.util.List;

/** What the checks have found so far. */
final class Findings {
    private final List<Finding> all = new ArrayList<>();

    /** @param problem what was found at the path, a sentence without its full stop */
    void add(String path, Diagnosis diagnosis, String problem) {
        all.add(new Finding(shown(path), diagnosis, shown(problem)));
    }

    /** What only the shell knows is left out of words. */
    private static String shown(String text) {
        return text.replace(String.valueOf(ShellReader.UNKNOWN), "...");
    }

    List<Finding> all() {
        return all;
    }

    int count(Severity severity) {
        int count = 0;
        for (Finding finding : all) {
            if (finding.severity() == severity) count++;
        }
        return count;
    }

    /** Zero if there are none, else the exit code of the worst. */
    int exitCode() {
        int code = 0;
        for (Finding finding : all) code = Math.max(code, finding.severity().exitCode());
        return code;
    }
}

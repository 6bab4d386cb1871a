package daemontools.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;

/** How svscan gets in charge of a stage's directory {@code services}. */
enum Manner {
    WITH_THE_OPTION,
    AS_THE_FIRST_PROCESS;

    private static final List<String> IN_A_NAMESPACE =
            List.of("unshare", "--user", "--map-root-user", "--pid", "--fork", "--kill-child", "--mount-proc");

    /** Starts svscan with options, its output in {@code svscan.out} and {@code svscan.err}. */
    Process start(Stage stage, String... options) throws Exception {
        return start(stage, List.of(), options);
    }

    /** The same with variables in its environment. */
    Process start(Stage stage, List<String> variables, String... options) throws Exception {
        List<String> words = new ArrayList<>(List.of("/usr/bin/env"));
        words.addAll(variables);
        if (this == AS_THE_FIRST_PROCESS) {
            assumeTrue(stage.sh(String.join(" ", IN_A_NAMESPACE) + " true").code() == 0, "namespaces are forbidden");
            words.addAll(IN_A_NAMESPACE);
        }
        words.add(stage.commands().path("svscan").toString());
        if (this == WITH_THE_OPTION) words.add("--stop-on-term");
        words.addAll(List.of(options));
        words.add("services");
        return stage.start("svscan", words.toArray(new String[0]));
    }

    /** svscan's pid, as all others see it. */
    long pid(Process started) throws Exception {
        if (this == WITH_THE_OPTION) return started.pid();
        Await.until("svscan runs", () -> started.children().findAny().isPresent());
        return started.children().findAny().orElseThrow().pid();
    }
}

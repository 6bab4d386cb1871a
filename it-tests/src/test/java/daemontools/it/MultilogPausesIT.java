package daemontools.it;

import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trouble that multilog cannot get around: it says so, waits, tries again, and hears of nothing in the meantime. */
@Execution(ExecutionMode.CONCURRENT)
@Spec({"11.3", "11.5", "11.7", "11.9"})
class MultilogPausesIT {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "previous is a loop          | ln -s previous d/previous                          | ./d",
                "current is a loop           | ln -s current d/current                            | ./d",
                "previous cannot be replaced | : > d/current; chmod 744 d/current; mkdir d/previous | ./d",
                "processed is a directory    | : > d/current; chmod 744 d/current; mkdir d/processed | !cat ./d",
                "newstate is a directory     | : > d/current; chmod 744 d/current; mkdir d/newstate | !cat ./d",
                "an old file is a directory  | mkdir d/@400000000000000000000000                  | n2 ./d",
                "the status file is a pipe   | mkfifo d/fifo                                      | =d/fifo",
                "the status file is full     | :                                                  | =/dev/full"
            })
    void troubleIsReportedAndTriedAgain(String name, String trouble, String script) throws Exception {
        Differential.compare(stage -> {
            stage.sh("mkdir d; seq 1000 3000 > in; " + trouble);
            Process logger = stage.start(
                    "logger",
                    "/bin/sh",
                    "-c",
                    "[ ! -e d/fifo ] || exec 9<>d/fifo; exec multilog s4096 " + script + " < in");
            stage.awaitContent("logger.err", ".*\n.*\n|.*fatal.*unable to (stat|write).*");
            logger.destroy();
            boolean fatal = stage.read("logger.err").matches("(?s)multilog: fatal: unable to [sw].*");
            if (!fatal) stage.awaitContent("logger.err", "(.*\n){3}.*");
            stage.note(fatal ? "ended with " + logger.waitFor() : "alive " + logger.isAlive());
            stage.note(stage.read("logger.err").lines().distinct().toList());
        });
    }
}

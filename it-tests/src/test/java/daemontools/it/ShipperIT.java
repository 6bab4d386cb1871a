package daemontools.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** rsyslog follows finished files, as packaging/LOGS.md says; where it is not installed, {@code -Ddaemontools.rsyslog=FOLDER} has it unpacked. */
class ShipperIT {
    private static final String ROOT = System.getProperty("daemontools.rsyslog", "");
    private static final Path DAEMON = Path.of(ROOT + "/usr/sbin/rsyslogd");
    private static final String LIBRARIES = ROOT + "/usr/lib/x86_64-linux-gnu";

    @Test
    void nothingIsLostAtAnyNumberOfRotations() throws Exception {
        assumeTrue(Files.exists(DAEMON), "rsyslog is not there");
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.sh("mkdir work log");
            stage.write("conf", """
                    global(workDirectory="HERE/work")
                    module(load="LIBRARIES/rsyslog/imfile.so" mode="inotify")
                    input(type="imfile" File="HERE/log/@*" Tag="x" ruleset="r")
                    template(name="raw" type="string" string="%msg%\\n")
                    ruleset(name="r") { action(type="omfile" file="HERE/out" template="raw") }
                    """.replace("HERE", stage.folder().toString()).replace("LIBRARIES", LIBRARIES));
            stage.start(
                    "rsyslogd",
                    "/usr/bin/env",
                    "LD_LIBRARY_PATH=" + LIBRARIES,
                    DAEMON.toString(),
                    "-n",
                    "-f",
                    stage.path("conf").toString(),
                    "-i",
                    stage.path("pid").toString(),
                    "-M",
                    LIBRARIES + "/rsyslog");
            Await.until("rsyslogd runs", () -> Files.exists(stage.path("pid")));
            stage.sh(
                    "for i in 1 2 3 4 5; do seq ${i}00000 ${i}04999; sleep 0.1; done > in; cat in | multilog t s8192 n1000 ./log");
            stage.sh("cat log/@* > finished");
            Await.until(
                    "all finished files are shipped",
                    () -> Files.exists(stage.path("out"))
                            && stage.sh("sort out | cmp - finished").code() == 0);
        }
    }
}

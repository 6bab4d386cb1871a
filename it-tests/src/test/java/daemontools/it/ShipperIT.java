package daemontools.it;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** rsyslog follows finished files, as packaging/LOGS.md says. */
class ShipperIT {
    private static final String DAEMON = "usr/sbin/rsyslogd";

    @Test
    void nothingIsLostAtAnyNumberOfRotations() throws Exception {
        String root = Packaged.rootOf(DAEMON);
        String libraries = root + "/usr/lib/x86_64-linux-gnu";
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.sh("mkdir work log");
            stage.write("conf", """
                    global(workDirectory="HERE/work")
                    module(load="LIBRARIES/rsyslog/imfile.so" mode="inotify")
                    input(type="imfile" File="HERE/log/@*" Tag="x" ruleset="r")
                    template(name="raw" type="string" string="%msg%\\n")
                    ruleset(name="r") { action(type="omfile" file="HERE/out" template="raw") }
                    """.replace("HERE", stage.folder().toString()).replace("LIBRARIES", libraries));
            stage.start(
                    "rsyslogd",
                    "/usr/bin/env",
                    "LD_LIBRARY_PATH=" + libraries,
                    root + "/" + DAEMON,
                    "-n",
                    "-f",
                    stage.path("conf").toString(),
                    "-i",
                    stage.path("pid").toString(),
                    "-M",
                    libraries + "/rsyslog");
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

package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** supervise with every file that asks for more than 0.76, where disks or memory are full: the service is not held up. */
@Execution(ExecutionMode.CONCURRENT)
class SuperviseTroubleIT {
    /** {@code service DIRECTORY} tells of its starts and ends in files of this folder; {@code told} waits for them. */
    private static final String FUNCTIONS = """
            here=$PWD
            service() {
              : > runs; : > finishes
              mkdir -p $1; cd $1
              printf '#!/bin/sh\\necho run >> '$here'/runs; echo >&3; exec sleep 1000\\n' > run
              printf '#!/bin/sh\\necho $1 $2 >> '$here'/finishes\\n' > finish
              printf '#!/bin/sh\\n:\\n' > check
              chmod +x run finish check
              echo 3 > notification-fd; : > notification-socket; echo 600000 > liveness
              echo 1 > back-off; echo 100 1 > max-deaths; : > process-group; : > orphanage; : > adopt
              echo 5000 > timeout-finish; echo 5000 > timeout-kill; echo TERM > down-signal; echo HUP > reload-signal
              cd $here
            }
            told() { until [ $(wc -l < $2) -ge $1 ]; do sleep 0.1; done; }
            is() { until grep -qsx "$2" $1/supervise/details; do sleep 0.1; done; }
            ends() { svc -t $1; told 2 runs; svc -k $1; told 3 runs; svc -d $1; told 3 finishes; svc -u $1; told 4 runs; }
            """;

    private static final String ENDS = "run\nrun\nrun\nrun\n256 15\n256 9\n256 15\n256 15\n";

    @Test
    void aFullDiskIsSaidOnceOfDetailsAndIsNeverInTheWay() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            Result result = stage.run("/usr/bin/unshare", "-m", "/bin/sh", "-c", FUNCTIONS + """
                    mkdir m; mount -t tmpfs -o size=128k tmpfs m || exit 99
                    service m/s; mkdir m/s/supervise; : > m/s/supervise/details
                    supervise m/s 2> err & told 1 runs; is m/s 'readies 1'
                    cat /dev/zero > m/filler 2> /dev/null; ends m/s
                    rm m/filler; printf '?' > m/s/supervise/control; is m/s 'starts 4'; is m/s 'finishes 3'; is m/s 'ready 1'
                    cat /dev/zero > m/filler 2> /dev/null; svc -dx m/s; wait; cat runs finishes""");
            assumeTrue(result.code() != 99 && !result.err().startsWith("unshare"), "no file system can be mounted");
            assertThat(result).isEqualTo(new Result(ENDS, "", 0));
            assertThat(stage.read("err").lines().filter(line -> line.contains("details")))
                    .hasSize(2)
                    .allMatch(line -> line.matches(
                            "supervise: warning: unable to write m/s/supervise/details.new: out of disk space"));
        }
    }

    @Test
    void aFileSystemThatCanOnlyBeReadIsSaidOnceOfDetailsAndIsNeverInTheWay() throws Exception {
        Strace.assumeAvailable();
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            Result result = stage.sh(FUNCTIONS
                    + Strace.traced(
                            "open,openat:error=EROFS",
                            "supervise/status.new supervise/details.new supervise/run supervise/finish")
                    + """
                    service s; mkdir s/supervise; : > s/supervise/details
                    traced supervise s 2> err & told 1 runs; ends s; svc -dx s; wait; cat runs finishes s/supervise/details""");
            assertThat(Strace.withoutItsWords(result.toString())).isEqualTo(new Result(ENDS, "", 0).toString());
            assertThat(Strace.withoutItsWords(stage.read("err")).lines().filter(line -> line.contains("details")))
                    .containsExactly(
                            "supervise: warning: unable to open s/supervise/details.new: read-only file system");
        }
    }

    /** As read-only images have it: all that is written lies elsewhere. */
    @Test
    void aServiceDirectoryMayBeReadOnlyWhereSuperviseIsALinkToAnotherPlace() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            Result result = stage.run("/usr/bin/unshare", "-m", "/bin/sh", "-c", FUNCTIONS + """
                    service s; mkdir m w; mount --bind s m || exit 99; ln -s $here/w s/supervise; mount -o remount,bind,ro m
                    touch m/file 2> /dev/null && exit 99; : > w/details
                    supervise m & told 1 runs; is m 'readies 1'; ends m; is m 'starts 4'; is m 'finishes 3'
                    svc -dx m; wait; cat runs finishes""");
            assumeTrue(result.code() != 99 && !result.err().startsWith("unshare"), "no file system can be mounted");
            assertThat(result).isEqualTo(new Result(ENDS, "", 0));
        }
    }

    @Test
    void memoryThatCannotGrowIsEnough() throws Exception {
        Commands.assumeNative("a JVM takes memory as it goes");
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            Process supervise = stage.start("s", "/bin/sh", "-c", FUNCTIONS + "service s; exec supervise s");
            stage.awaitContent("runs", "run\n");
            Stage.awaitIdle(supervise);
            Kernel.forbidGrowth(supervise.pid());
            Result result = stage.sh(FUNCTIONS + """
                    printf '?' > s/supervise/control; is s 'readies 1'; ends s; is s 'starts 4'; is s 'finishes 3'; is s 'ready 1'
                    svc -dx s; told 4 finishes; cat runs finishes""");
            assertThat(result).isEqualTo(new Result(ENDS, "", 0));
            assertThat(supervise.waitFor()).isZero();
            assertThat(stage.read("s.err")).isEmpty();
        }
    }
}

package daemontools.it;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A machine that goes over from C's commands to ours, or back, with all that the first have left or still hold. */
@ParameterizedClass(name = "{0}")
@EnumSource(TakeoverIT.Order.class)
@Execution(ExecutionMode.CONCURRENT)
class TakeoverIT {
    enum Order {
        CS_AND_THEN_OURS("C's and then ours"),
        OURS_AND_THEN_CS("ours and then C's");

        private final String description;

        Order(String description) {
            this.description = description;
        }

        @Override
        public String toString() {
            return description;
        }
    }

    @Parameter
    Order order;

    /** A script in which $FIRST and $SECOND are folders of commands; both are C's in what it is compared with. */
    private void compare(String script) throws Exception {
        Commands original = Commands.assumeOriginal();
        boolean oursFirst = order == Order.OURS_AND_THEN_CS;
        Commands first = oursFirst ? Commands.SUBJECT : original;
        Commands second = oursFirst ? original : Commands.SUBJECT;
        Differential.compare(new Commands(order.toString(), first.folder()), stage -> {
            boolean reference = stage.commands().equals(original);
            String folders = "FIRST=%s SECOND=%s\n"
                    .formatted(stage.commands().folder(), (reference ? original : second).folder());
            Result result = stage.sh(folders + script);
            stage.note(result.code() + "\n" + masked(result.out()) + masked(result.err()));
            stage.note(Tree.of(stage.folder()));
        });
    }

    /** Without what differs from run to run, and what the shell says of the deaths that it has seen or not. */
    private static String masked(String text) {
        return Tree.maskStamps(text)
                .replaceAll("(?m)^(Killed|Terminated)\n", "")
                .replaceAll("\\d+ seconds", "N seconds")
                .replaceAll("pid \\d+", "pid N")
                .replaceAll("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{6}500", "TIME");
    }

    @Test
    @Spec({"11.5", "11.6", "11.7"})
    void aLogThatWasFinishedCleanlyIsContinued() throws Exception {
        compare("""
                seq 1000 3000 > in
                for n in 1 2 3; do
                  $FIRST/multilog s4096 n4 ./plain t ./same s20000 ./big < in; echo $?
                  $SECOND/multilog s4096 n4 ./plain ./same s20000 ./big < in; echo $?
                done
                $FIRST/multilog t s4096 ./stamped < in; $SECOND/multilog t s4096 ./stamped < in
                """);
    }

    @Test
    @Spec({"11.5", "11.6"})
    void aLogThatWasNotFinishedIsPutAside() throws Exception {
        compare("""
                mkfifo fifo; exec 3<>fifo
                for n in 1 2; do
                  $FIRST/multilog ./log < fifo 3>&- & p=$!
                  echo first $n >&3; until grep -q "first $n" log/current; do :; done 2>/dev/null; kill -9 $p; wait $p
                  $SECOND/multilog ./log < fifo 3>&- & p=$!
                  echo second $n >&3; until grep -q "second $n" log/current; do :; done 2>/dev/null; kill -9 $p; wait $p
                done 2>/dev/null
                """);
    }

    @Test
    @Spec({"11.5", "11.7"})
    void aProcessorThatWasInterruptedRunsAgainOnTheNextFile() throws Exception {
        compare("""
                seq 1000 1900 > in; mkdir log
                $FIRST/multilog s4096 '!echo >> runs; cat; echo first >&5; echo >> ran; exec sleep 1000' ./log < in & p=$!
                until [ -e log/ran ]; do :; done; kill -9 $p; wait $p
                echo after | $SECOND/multilog s4096 '!cat; cat <&4 >&5' ./log; echo $?
                $SECOND/multilog s4096 '!sed s/^/a/; echo state >&5' ./log < in
                $FIRST/multilog s4096 '!sed s/^/b/; cat <&4 >&2; echo more >&5' ./log < in 2>&1
                """);
    }

    @Test
    @Spec("11.3")
    void aStatusFileIsWrittenOver() throws Exception {
        compare("""
                printf 'a long line\\n' | $FIRST/multilog t =status e; printf 'b\\n' | $SECOND/multilog =status; od -c status
                """);
    }

    @Test
    @Spec({"1.8", "11.5"})
    void theLockOfALogKeepsTheOtherOut() throws Exception {
        compare("""
                mkfifo fifo; exec 3<>fifo; $FIRST/multilog ./log < fifo 3>&- & p=$!
                echo one >&3; until grep -q one log/current && grep -q State:.S /proc/$p/status; do :; done 2>/dev/null
                echo two | $SECOND/multilog ./log; echo $?; $SECOND/setlock -n log/lock echo free; echo $?
                kill $p; wait $p; echo two | $SECOND/multilog ./log; echo $?; $FIRST/setlock -n log/lock echo free; echo $?
                """);
    }

    @Test
    @Spec({"1.8", "18"})
    void locksOfPlainFilesExcludeEachOther() throws Exception {
        compare("""
                mkfifo fifo; $FIRST/setlock lock cat fifo & exec 3> fifo
                $SECOND/setlock -n lock echo free; echo $?; $SECOND/setlock -nx lock echo free; echo $?
                $SECOND/setlock lock echo 'at last' > waited 3>&- & waiter=$!
                exec 3>&-; wait $waiter; echo $?; cat waited
                """);
    }

    @Test
    @Spec({"1.8", "2.1", "2.5", "5", "6", "7"})
    void oneSuperviseKeepsTheOtherOutAndIsFollowedByIt() throws Exception {
        compare("""
                up() { until $1/svstat s | grep -q 'up .* [0-9]* seconds$'; do sleep 0.1; done; }
                mkdir s; printf '#!/bin/sh\\necho run >> runs; exec sleep 1000\\n' > s/run; chmod +x s/run
                $FIRST/supervise s & p=$!; until $SECOND/svok s; do :; done; up $SECOND
                $SECOND/supervise s; echo $?; $SECOND/setlock -n s/supervise/lock echo free; echo $?
                $SECOND/svc -dx s; wait $p; echo $?; $FIRST/svstat s; $SECOND/svstat s
                $SECOND/supervise s & p=$!; until $FIRST/svok s; do :; done; up $FIRST; $FIRST/svc -p s
                until $FIRST/svstat s | grep -q paused; do sleep 0.1; done; $SECOND/svstat s
                kill -9 $p; wait $p 2>/dev/null; $FIRST/svstat s; $FIRST/svok s; echo $?; $FIRST/svc -u s; echo $?
                $FIRST/supervise s & p=$!; until $SECOND/svok s; do :; done; up $SECOND; $SECOND/svc -dx s; wait $p; echo $?
                cat s/runs
                """);
    }

    @Test
    @Spec("3.1")
    void theNextSvscanWaitsForTheServicesOfTheFirst() throws Exception {
        compare("""
                mkdir -p services/a/log; printf '#!/bin/sh\\necho run >> runs; exec sleep 1000\\n' > services/a/run
                printf '#!/bin/sh\\nexec cat\\n' > services/a/log/run; chmod +x services/a/run services/a/log/run
                (PATH=$FIRST:$PATH; exec $FIRST/svscan services 2> first) & p=$!
                until [ -s services/a/runs ] && $FIRST/svok services/a/log; do :; done; kill $p; wait $p; echo $?
                : > second; (PATH=$SECOND:$PATH; exec $SECOND/svscan services 2> second) & p=$!
                until [ $(wc -l < second) -ge 2 ]; do sleep 0.1; done; $SECOND/svstat services/a services/a/log
                $SECOND/svc -dx services/a services/a/log
                until [ $(wc -l < services/a/runs) = 2 ] && $SECOND/svok services/a/log; do sleep 0.1; done
                kill $p; wait $p; echo $?; cat first; sort second | uniq; rm second
                """);
    }

    @Test
    @Spec({"1.9", "11.3", "12", "13"})
    void stampsOfOneAreReadByTheOther() throws Exception {
        compare("""
                printf 'one\\n\\nthree' | $FIRST/tai64n | TZ=UTC $SECOND/tai64nlocal; echo
                printf 'one\\n\\nthree' | $FIRST/multilog t ./log; TZ=UTC $SECOND/tai64nlocal < log/current
                seq 100000 | $FIRST/tai64n | TZ=Europe/Rome $SECOND/tai64nlocal | cut -d' ' -f3 | cksum
                """);
    }
}

package daemontools.svscan;

import static org.assertj.core.api.Assertions.assertThat;

import daemontools.common.Diagnostics;
import daemontools.posix.Bytes;
import daemontools.posix.FakeLibC;
import daemontools.posix.Signals;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ShutdownTest {
    private final FakeLibC kernel = new FakeLibC();
    private final Diagnostics say = new Diagnostics(kernel, "svscan");
    private final Launcher launcher = new Launcher(kernel, say, 0);
    private final Scanner scanner = new Scanner(kernel, say, launcher, false);

    @BeforeEach
    void superviseIsInstalled() {
        kernel.files.put("/command/supervise", new byte[0]);
    }

    private void service(String name, long inode) {
        kernel.listed.add(name);
        kernel.directories.put(name, new long[] {1, inode});
        kernel.directories.put(name + "/.", new long[] {1, inode});
    }

    private void logged(String name, long inode) {
        service(name, inode);
        kernel.directories.put(name + "/log", new long[] {1, inode + 1});
    }

    /** Makes a pass and begins the shutdown; supervises have the pids from 100 on. */
    private Shutdown begin(Orphans orphans) {
        scanner.pass();
        kernel.calls.clear();
        return new Shutdown(
                kernel,
                say,
                launcher,
                scanner.services(),
                new Departure(kernel, say, new Control(kernel)),
                Departure.FOR_EVER,
                null,
                orphans);
    }

    private boolean advance(Shutdown shutdown, int... ended) {
        for (int pid : ended) kernel.dead.add(pid);
        launcher.collectEnded();
        kernel.calls.clear();
        boolean over = shutdown.advance();
        kernel.calls.remove("close " + FakeLibC.CONTROL);
        return over;
    }

    /** In /proc we have a pid, and the first supervise has an inode open under the next number. */
    private void procShows(String ourPid, long inode, String file) {
        int fd = kernel.fifos.size();
        kernel.links.put("/proc/self", ourPid);
        kernel.listed.add("" + fd);
        kernel.links.put("/proc/100/fd/" + fd, file);
        kernel.fifos.put("/proc/100/fd/" + fd, new long[] {7, inode});
    }

    private void ourDescriptorIs(int fd, long inode) {
        kernel.fifos.put("fd " + fd, new long[] {7, inode});
    }

    private String us() {
        return String.valueOf(kernel.getpid());
    }

    private void passSeconds(int seconds) {
        kernel.nanos += seconds * 1_000_000_000L;
    }

    @Test
    void allServicesAreToldAtOnceAndItIsOverWhenTheyHaveEnded() {
        service("a", 10);
        service("b", 20);
        Shutdown shutdown = begin(null);
        assertThat(advance(shutdown)).isFalse();
        assertThat(kernel.calls)
                .filteredOn(call -> call.startsWith("write"))
                .containsExactlyInAnyOrder("write dx to a/supervise/control", "write dx to b/supervise/control");
        assertThat(advance(shutdown, 100)).isFalse();
        assertThat(kernel.calls).isEmpty();
        assertThat(advance(shutdown, 101)).isTrue();
    }

    @Test
    void aLogIsLeftAloneUntilItsServiceHasEndedAndThenReadsToTheEnd() {
        logged("a", 10);
        Shutdown shutdown = begin(null);
        assertThat(advance(shutdown)).isFalse();
        assertThat(kernel.calls).containsExactly("write dx to a/supervise/control");
        assertThat(advance(shutdown, 100)).isFalse();
        assertThat(kernel.calls).containsExactly("write x to a/log/supervise/control", "close 10", "close 11");
        assertThat(advance(shutdown, 101)).isTrue();
    }

    @Test
    void aLogWhoseSuperviseIsNotThereIsStartedToReadWhatIsInThePipe() {
        logged("a", 10);
        scanner.pass();
        kernel.dead.add(101);
        launcher.collectEnded();
        kernel.calls.clear();
        new Shutdown(
                        kernel,
                        say,
                        launcher,
                        scanner.services(),
                        new Departure(kernel, say, new Control(kernel)),
                        Departure.FOR_EVER,
                        null,
                        null)
                .begin();
        assertThat(kernel.calls).contains("spawn supervise log in a");
    }

    @Test
    void toldOnceMoreItKillsAServiceAndTakesDownALog() {
        logged("a", 10);
        Shutdown shutdown = begin(null);
        advance(shutdown);
        shutdown.escalate();
        advance(shutdown);
        assertThat(kernel.calls).containsExactly("write k to a/supervise/control");
        advance(shutdown, 100);
        shutdown.escalate();
        advance(shutdown);
        assertThat(kernel.calls).containsExactly("write d to a/log/supervise/control");
    }

    @Test
    void theFirstProcessWaitsForAllItsChildren() {
        service("a", 10);
        Shutdown shutdown = begin(new Orphans(kernel, launcher));
        assertThat(advance(shutdown, 100)).isFalse();
        kernel.childless = true;
        assertThat(advance(shutdown)).isTrue();
    }

    @Test
    void theFirstProcessAsksWhatItInheritedToEndWhenTheServicesHaveEnded() {
        logged("a", 10);
        kernel.files.put("/proc/self/task/1/children", Bytes.of("101 900 "));
        Shutdown shutdown = begin(new Orphans(kernel, launcher));
        advance(shutdown);
        assertThat(kernel.calls).containsExactly("write dx to a/supervise/control");
        advance(shutdown, 100);
        assertThat(kernel.calls).containsSubsequence("kill 900 " + Signals.TERM, "kill 900 " + Signals.CONT);
        advance(shutdown);
        assertThat(kernel.calls).noneMatch(call -> call.startsWith("kill"));
        shutdown.escalate();
        advance(shutdown);
        assertThat(kernel.calls)
                .filteredOn(call -> call.startsWith("kill"))
                .containsExactly("kill 900 " + Signals.KILL);
    }

    @Test
    void aSuperviseThatCannotBeToldIsTriedAgain() {
        service("a", 10);
        Shutdown shutdown = begin(null);
        kernel.refused = "a/supervise/control";
        advance(shutdown);
        assertThat(kernel.errors).isEmpty();
        advance(shutdown);
        assertThat(kernel.errors).hasToString("svscan: warning: unable to control a: access denied\n");
        kernel.refused = "";
        advance(shutdown);
        assertThat(kernel.calls).contains("write dx to a/supervise/control");
    }

    @Test
    void aSuperviseIsToldThroughTheFifoThatItReadsAndWritesWhateverItsNameIsNow() {
        service("a", 10);
        Shutdown shutdown = begin(null);
        kernel.listed.clear();
        procShows(us(), 50, "pipe:[50]");
        procShows(us(), 50, "pipe:[50]");
        procShows(us(), 51, "/run/a/ok");
        procShows(us(), 52, "/run/a/control");
        procShows(us(), 52, "/run/a/control");
        advance(shutdown);
        assertThat(kernel.calls).contains("write dx to /proc/100/fd/4");
    }

    @Test
    void aFifoThatASuperviseInheritedIsNotItsControl() {
        service("a", 10);
        Shutdown shutdown = begin(null);
        kernel.listed.clear();
        procShows(us(), 50, "/decoy/control");
        procShows(us(), 50, "/decoy/control");
        procShows(us(), 52, "/run/a/control (deleted)");
        procShows(us(), 52, "/run/a/control (deleted)");
        ourDescriptorIs(0, 50);
        ourDescriptorIs(1, 50);
        advance(shutdown);
        assertThat(kernel.calls).contains("write dx to /proc/100/fd/3");
    }

    @Test
    void whereItsDescriptorsAreShownAndNoneIsTheControlNothingIsWrittenToWhatHasTheName() {
        service("a", 10);
        Shutdown shutdown = begin(null);
        procShows(us(), 52, "/run/a/control");
        assertThat(advance(shutdown)).isFalse();
        assertThat(kernel.calls).isEmpty();
        advance(shutdown);
        assertThat(kernel.errors).hasToString("svscan: warning: unable to control a: device not configured\n");
    }

    @Test
    void inTheProcOfAnotherPidNamespaceNothingIsSoughtAfter() {
        service("a", 10);
        Shutdown shutdown = begin(null);
        procShows("12345", 52, "/service/stranger/supervise/control");
        procShows("12345", 52, "/service/stranger/supervise/control");
        advance(shutdown);
        assertThat(kernel.calls).contains("write dx to a/supervise/control");
    }

    @Test
    void aSuperviseThatCannotBeToldForLongIsEndedByForceAndItsServiceDoesAsTold() {
        service("a", 10);
        Shutdown shutdown = begin(null);
        kernel.controlIsFull = true;
        kernel.links.put("/proc/self", us());
        kernel.links.put("/proc/100/fd/5", "/run/a/control");
        kernel.fifos.put("/proc/100/fd/5", new long[] {7, 52});
        kernel.listed.clear();
        kernel.listed.addAll(java.util.List.of("5", "5"));
        kernel.files.put("/proc/100/task/100/children", Bytes.of("900 "));
        advance(shutdown);
        passSeconds(9);
        advance(shutdown);
        assertThat(kernel.calls).noneMatch(call -> call.startsWith("kill"));
        passSeconds(1);
        advance(shutdown);
        assertThat(kernel.calls)
                .containsSubsequence(
                        "kill 100 " + Signals.STOP,
                        "kill 900 " + Signals.TERM,
                        "kill 900 " + Signals.CONT,
                        "kill 100 " + Signals.KILL);
        assertThat(kernel.errors.toString().lines())
                .containsExactly(
                        "svscan: warning: unable to control a: temporary failure",
                        "svscan: warning: unable to control a, killing its supervise: temporary failure");
        assertThat(advance(shutdown, 100)).isTrue();
    }

    @Test
    void aSuperviseThatDoesNotEndWhenItsServiceWasToBeKilledIsKilledWithIt() {
        service("a", 10);
        Shutdown shutdown = begin(null);
        advance(shutdown);
        passSeconds(1000);
        advance(shutdown);
        assertThat(kernel.calls).isEmpty();
        shutdown.escalate();
        advance(shutdown);
        kernel.links.put("/proc/self", us());
        kernel.files.put("/proc/100/task/100/children", Bytes.of("900 901 "));
        passSeconds(10);
        advance(shutdown);
        assertThat(kernel.calls)
                .containsSubsequence(
                        "kill 100 " + Signals.STOP,
                        "kill 900 " + Signals.KILL,
                        "kill 901 " + Signals.KILL,
                        "kill 100 " + Signals.KILL);
        assertThat(kernel.errors).hasToString("svscan: warning: a does not end, killing its supervise\n");
    }

    @Test
    void aLogThatWasToldIsWaitedFor() {
        logged("a", 10);
        Shutdown shutdown = begin(null);
        advance(shutdown, 100);
        shutdown.escalate();
        advance(shutdown);
        passSeconds(1000);
        assertThat(advance(shutdown)).isFalse();
        assertThat(kernel.calls).isEmpty();
        assertThat(kernel.errors).isEmpty();
    }

    @Test
    void whoReadsWhatTheFirstProcessSaysComesToTheEndWhenAllServicesHaveEnded() {
        logged("a", 10);
        Shutdown shutdown = begin(new Orphans(kernel, launcher));
        advance(shutdown, 100);
        assertThat(kernel.calls).doesNotContain("close 1", "close 2");
        advance(shutdown, 101);
        assertThat(kernel.calls).contains("close 1", "close 2");
        advance(shutdown);
        assertThat(kernel.calls).doesNotContain("close 1", "close 2");
    }

    @Test
    void hundredsThatWereInheritedAreAskedOnceEach() {
        StringBuilder children = new StringBuilder();
        for (int i = 0; i < 1000; i++)
            children.append(1000 + (i * 7919) % 10007).append(' ');
        kernel.files.put("/proc/self/task/1/children", Bytes.of(children.toString()));
        Shutdown shutdown = begin(new Orphans(kernel, launcher));
        advance(shutdown);
        assertThat(kernel.calls)
                .filteredOn(call -> call.endsWith(" " + Signals.TERM))
                .hasSize(1000)
                .doesNotHaveDuplicates();
        advance(shutdown);
        assertThat(kernel.calls).noneMatch(call -> call.startsWith("kill"));
    }
}

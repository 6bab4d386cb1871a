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
    private final Scanner scanner = new Scanner(kernel, say, launcher);

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
    private Shutdown begin(Inherited inherited) {
        scanner.pass();
        kernel.calls.clear();
        return new Shutdown(kernel, say, launcher, scanner.services(), inherited);
    }

    private boolean goOn(Shutdown shutdown, int... ended) {
        for (int pid : ended) kernel.dead.add(pid);
        launcher.collectEnded();
        kernel.calls.clear();
        boolean over = shutdown.goOn();
        kernel.calls.remove("close " + FakeLibC.CONTROL);
        return over;
    }

    /** In /proc we have a pid, and the first supervise has a file open. */
    private void procShows(String ourPid, String file) {
        kernel.links.put("/proc/self", ourPid);
        kernel.listed.add("5");
        kernel.links.put("/proc/100/fd/5", file);
    }

    @Test
    void allServicesAreToldAtOnceAndItIsOverWhenTheyHaveEnded() {
        service("a", 10);
        service("b", 20);
        Shutdown shutdown = begin(null);
        assertThat(goOn(shutdown)).isFalse();
        assertThat(kernel.calls)
                .filteredOn(call -> call.startsWith("write"))
                .containsExactlyInAnyOrder("write dx to a/supervise/control", "write dx to b/supervise/control");
        assertThat(goOn(shutdown, 100)).isFalse();
        assertThat(kernel.calls).isEmpty();
        assertThat(goOn(shutdown, 101)).isTrue();
    }

    @Test
    void aLogIsLeftAloneUntilItsServiceHasEndedAndThenReadsToTheEnd() {
        logged("a", 10);
        Shutdown shutdown = begin(null);
        assertThat(goOn(shutdown)).isFalse();
        assertThat(kernel.calls).containsExactly("write dx to a/supervise/control");
        assertThat(goOn(shutdown, 100)).isFalse();
        assertThat(kernel.calls).containsExactly("close 10", "close 11", "write x to a/log/supervise/control");
        assertThat(goOn(shutdown, 101)).isTrue();
    }

    @Test
    void aLogWhoseSuperviseIsNotThereIsStartedToReadWhatIsInThePipe() {
        logged("a", 10);
        scanner.pass();
        kernel.dead.add(101);
        launcher.collectEnded();
        kernel.calls.clear();
        new Shutdown(kernel, say, launcher, scanner.services(), null);
        assertThat(kernel.calls).contains("spawn supervise log in a");
    }

    @Test
    void toldOnceMoreItKillsAServiceAndTakesDownALog() {
        logged("a", 10);
        Shutdown shutdown = begin(null);
        goOn(shutdown);
        shutdown.insist();
        goOn(shutdown);
        assertThat(kernel.calls).containsExactly("write k to a/supervise/control");
        goOn(shutdown, 100);
        shutdown.insist();
        goOn(shutdown);
        assertThat(kernel.calls).containsExactly("write d to a/log/supervise/control");
    }

    @Test
    void theFirstProcessWaitsForAllItsChildren() {
        service("a", 10);
        Shutdown shutdown = begin(new Inherited(kernel, launcher));
        assertThat(goOn(shutdown, 100)).isFalse();
        kernel.childless = true;
        assertThat(goOn(shutdown)).isTrue();
    }

    @Test
    void theFirstProcessAsksWhatItInheritedToEndWhenTheServicesHaveEnded() {
        logged("a", 10);
        kernel.files.put("/proc/self/task/1/children", Bytes.of("101 900 "));
        Shutdown shutdown = begin(new Inherited(kernel, launcher));
        goOn(shutdown);
        assertThat(kernel.calls).containsExactly("write dx to a/supervise/control");
        goOn(shutdown, 100);
        assertThat(kernel.calls).containsSubsequence("kill 900 " + Signals.TERM, "kill 900 " + Signals.CONT);
        goOn(shutdown);
        assertThat(kernel.calls).noneMatch(call -> call.startsWith("kill"));
        shutdown.insist();
        goOn(shutdown);
        assertThat(kernel.calls)
                .filteredOn(call -> call.startsWith("kill"))
                .containsExactly("kill 900 " + Signals.KILL);
    }

    @Test
    void aSuperviseThatCannotBeToldIsTriedAgain() {
        service("a", 10);
        Shutdown shutdown = begin(null);
        kernel.refused = "a/supervise/control";
        goOn(shutdown);
        assertThat(kernel.errors).isEmpty();
        goOn(shutdown);
        assertThat(kernel.errors).hasToString("svscan: warning: unable to control a: access denied\n");
        kernel.refused = "";
        goOn(shutdown);
        assertThat(kernel.calls).contains("write dx to a/supervise/control");
    }

    @Test
    void aSuperviseIsToldThroughTheFifoItHasOpenWhenItsNameIsGoneOrAnothers() {
        service("a", 10);
        Shutdown shutdown = begin(null);
        procShows(String.valueOf(kernel.getpid()), "/service/a/supervise/control (deleted)");
        goOn(shutdown);
        assertThat(kernel.calls).contains("write dx to /proc/100/fd/5");
    }

    @Test
    void inTheProcOfAnotherPidNamespaceNothingIsSoughtAfter() {
        service("a", 10);
        Shutdown shutdown = begin(null);
        procShows("12345", "/service/stranger/supervise/control");
        goOn(shutdown);
        assertThat(kernel.calls).contains("write dx to a/supervise/control");
    }

    @Test
    void childrenAreCollectedWhileItWaitsAndTheWaitEndsWhenItIsTold() {
        service("a", 10);
        scanner.pass();
        SignalQueue signals = new SignalQueue(kernel, say, launcher);
        kernel.signals.add(Signals.CHLD);
        kernel.dead.add(100);
        long begin = kernel.nanos;
        assertThat(signals.stopComesWithin(5000)).isFalse();
        assertThat(launcher.running()).isZero();
        assertThat(kernel.nanos - begin).isEqualTo(5_000_000_000L);
        kernel.signals.add(Signals.TERM);
        assertThat(signals.stopComesWithin(5000)).isTrue();
        assertThat(kernel.nanos - begin).isEqualTo(5_000_000_000L);
    }
}

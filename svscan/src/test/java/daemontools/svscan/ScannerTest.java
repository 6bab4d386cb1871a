package daemontools.svscan;

import static org.assertj.core.api.Assertions.assertThat;

import daemontools.common.Diagnostics;
import daemontools.posix.Errno;
import daemontools.posix.FakeLibC;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScannerTest {
    private final FakeLibC kernel = new FakeLibC();
    private final Diagnostics say = new Diagnostics(kernel, "svscan");
    private final Scanner scanner = new Scanner(kernel, say, new Launcher(kernel, say, 0), false);

    @BeforeEach
    void superviseIsInstalled() {
        kernel.files.put("/command/supervise", new byte[0]);
    }

    private void entry(String name, long inode) {
        kernel.listed.add(name);
        kernel.directories.put(name, new long[] {1, inode});
        kernel.directories.put(name + "/.", new long[] {1, inode});
    }

    private void remove(String name) {
        kernel.listed.remove(name);
    }

    @Test
    void startsASuperviseForEachDirectoryOnce() {
        entry("a", 10);
        entry("b", 11);
        scanner.pass();
        scanner.pass();
        assertThat(kernel.calls).containsExactly("spawn supervise a", "spawn supervise b");
    }

    @Test
    void startsTheLogsSuperviseInsideTheServiceDirectory() {
        entry("a", 10);
        kernel.directories.put("a/log", new long[] {1, 20});
        scanner.pass();
        assertThat(kernel.calls).containsExactly("spawn supervise a", "spawn supervise log in a");
    }

    @Test
    void startsJustTheSideThatDied() {
        entry("a", 10);
        kernel.directories.put("a/log", new long[] {1, 20});
        scanner.pass();
        kernel.calls.clear();
        kernel.dead.add(101);
        scanner.pass();
        assertThat(kernel.calls).containsExactly("spawn supervise log in a");
    }

    @Test
    void aRenamedEntryIsTheSameService() {
        entry("a", 10);
        scanner.pass();
        remove("a");
        entry("z", 10);
        scanner.pass();
        assertThat(kernel.calls).hasSize(1);
    }

    @Test
    void whatWasRemovedIsForgottenOnceItsSupervisesHaveEnded() {
        entry("a", 10);
        kernel.directories.put("a/log", new long[] {1, 20});
        scanner.pass();
        remove("a");
        kernel.calls.clear();
        scanner.pass();
        kernel.dead.add(100);
        scanner.pass();
        assertThat(kernel.calls).isEmpty();
        kernel.dead.add(101);
        scanner.pass();
        assertThat(kernel.calls).containsExactly("close 10", "close 11");
    }

    @Test
    void aLogThatIsAddedLaterIsNotSeen() {
        entry("a", 10);
        scanner.pass();
        kernel.directories.put("a/log", new long[] {1, 20});
        kernel.dead.add(100);
        scanner.pass();
        assertThat(kernel.calls).containsExactly("spawn supervise a", "spawn supervise a");
    }

    @Test
    void whatCannotBeStartedIsTriedAgainOnTheNextPass() {
        entry("a", 10);
        kernel.spawnResults.add(-Errno.EAGAIN);
        scanner.pass();
        assertThat(kernel.errors).hasToString("svscan: warning: unable to fork for a: temporary failure\n");
        scanner.pass();
        assertThat(kernel.calls).hasSize(2);
    }

    @Test
    void withoutRoomForAProcessNoLogIsTriedEither() {
        entry("a", 10);
        kernel.directories.put("a/log", new long[] {1, 20});
        kernel.spawnResults.add(-Errno.EAGAIN);
        scanner.pass();
        assertThat(kernel.errors).hasToString("svscan: warning: unable to fork for a: temporary failure\n");
        assertThat(kernel.calls).containsExactly("spawn supervise a");
        scanner.pass();
        assertThat(kernel.calls).hasSize(3);
    }

    @Test
    void beyondTheLimitOtherServicesKeepRunning() {
        for (int i = 0; i <= Scanner.MOST_SERVICES; i++) entry("s" + i, 10 + i);
        scanner.pass();
        assertThat(kernel.calls).hasSize(Scanner.MOST_SERVICES);
        assertThat(kernel.errors)
                .hasToString(
                        "svscan: warning: unable to start s" + Scanner.MOST_SERVICES + ": running too many services\n");
    }

    @Test
    void aPassThatWouldFindNothingNewIsSpared() {
        kernel.files.put("/proc/self/mountinfo", new byte[0]);
        kernel.directories.put(".", new long[] {1, 1, 0});
        entry("a", 10);
        scanner.pass();
        kernel.stats = 0;
        scanner.pass();
        assertThat(kernel.stats).isZero();
        kernel.dead.add(100);
        scanner.pass();
        assertThat(kernel.calls).filteredOn(call -> call.startsWith("spawn")).hasSize(2);
    }

    @Test
    void whatIsWarnedOfIsWarnedOfOnEachPass() {
        kernel.files.put("/proc/self/mountinfo", new byte[0]);
        kernel.directories.put(".", new long[] {1, 1, 0});
        kernel.listed.add("dangling");
        scanner.pass();
        scanner.pass();
        assertThat(kernel.errors.toString().lines()).hasSize(2);
    }

    @Test
    void whileSomethingIsWrongNoTargetsAreLookedUp() {
        kernel.files.put("/proc/self/mountinfo", new byte[0]);
        kernel.directories.put(".", new long[] {1, 1, 0});
        kernel.listed.add("dangling");
        entry("a", 10);
        scanner.pass();
        kernel.outOfMemoryIn.add("readlink");
        scanner.pass();
        assertThat(kernel.errors.toString().lines())
                .containsExactly(
                        "svscan: warning: unable to stat dangling: file does not exist",
                        "svscan: warning: unable to stat dangling: file does not exist");
    }

    @Test
    void whatMemoryIsLackingForIsWarnedOfAndTriedAgainAndTheOthersRun() {
        entry("a", 10);
        kernel.directories.put("a/log", new long[] {1, 20});
        entry("b", 11);
        kernel.outOfMemoryIn.add("pipe");
        scanner.pass();
        assertThat(kernel.errors).hasToString("svscan: warning: unable to start a: out of memory\n");
        assertThat(kernel.calls).containsExactly("spawn supervise b");
        kernel.outOfMemoryIn.clear();
        scanner.pass();
        assertThat(kernel.calls).containsExactly("spawn supervise b", "spawn supervise a", "spawn supervise log in a");
    }

    @Test
    void aPassThatMemoryIsLackingForIsMadeLater() {
        kernel.files.put("/proc/self/mountinfo", new byte[0]);
        kernel.directories.put(".", new long[] {1, 1, 0});
        entry("a", 10);
        kernel.outOfMemoryIn.add("getdents64");
        scanner.pass();
        scanner.pass();
        assertThat(kernel.errors.toString().lines())
                .hasSize(2)
                .containsOnly("svscan: warning: unable to look at services, pausing: out of memory");
        kernel.outOfMemoryIn.clear();
        scanner.pass();
        assertThat(kernel.calls).containsExactly("spawn supervise a");
    }

    @Test
    void ofTwoEntriesForAServiceTheFirstNamesIt() {
        entry("a", 10);
        entry("b", 10);
        scanner.pass();
        kernel.dead.add(100);
        scanner.pass();
        assertThat(kernel.calls).containsExactly("spawn supervise a", "spawn supervise a");
    }

    @Test
    void whatFailsWithOneEntryIsTriedWithTheNext() {
        entry("a", 10);
        entry("b", 10);
        kernel.spawnResults.add(-Errno.EAGAIN);
        scanner.pass();
        assertThat(kernel.errors).hasToString("svscan: warning: unable to fork for a: temporary failure\n");
        assertThat(kernel.calls).containsExactly("spawn supervise a", "spawn supervise b");
    }

    @Test
    void servicesAreFoundAgainAndForgottenAmongManyThatComeAndGo() {
        for (int i = 0; i < 2000; i++) entry("s" + i, 10 + i % 700 * 512 + i / 700);
        scanner.pass();
        for (int i = 0; i < 2000; i += 3) {
            remove("s" + i);
            kernel.dead.add(100 + i);
        }
        kernel.calls.clear();
        scanner.pass();
        scanner.pass();
        assertThat(kernel.calls).isEmpty();
        assertThat(scanner.services().count()).isEqualTo(1333);
        for (int i = 0; i < 2000; i += 3) kernel.listed.add("s" + i);
        scanner.pass();
        assertThat(kernel.calls).hasSize(667);
        assertThat(scanner.services().count()).isEqualTo(2000);
    }
}

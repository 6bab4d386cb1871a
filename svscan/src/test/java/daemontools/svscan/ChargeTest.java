package daemontools.svscan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import daemontools.common.Diagnostics;
import daemontools.posix.FakeLibC;
import daemontools.posix.Signals;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChargeTest {
    private static final long NFS = 0x6969;

    /** Does something each time that svscan waits, and at the end sends TERM. */
    private static final class Kernel extends FakeLibC {
        private final Deque<Runnable> whileItWaits = new ArrayDeque<>();
        private int longestWait;
        private boolean ends = true;

        @Override
        public int poll(int[] descriptors, boolean[] ready, int milliseconds) {
            longestWait = milliseconds;
            Runnable next = whileItWaits.poll();
            if (next != null) next.run();
            else if (ends) signals.add(Signals.TERM);
            return super.poll(descriptors, ready, next == null ? milliseconds : Math.max(milliseconds, 0));
        }
    }

    private final Kernel kernel = new Kernel();
    private final Diagnostics say = new Diagnostics(kernel, "svscan");
    private final Launcher launcher = new Launcher(kernel, say, 0);
    private final Scanner scanner = new Scanner(kernel, say, launcher, true);

    @BeforeEach
    void aQuietMachine() {
        kernel.files.put("/command/supervise", new byte[0]);
        kernel.files.put("/proc/self/mountinfo", new byte[0]);
        kernel.directories.put(".", new long[] {1, 2, 0});
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

    private void then(Runnable next) {
        kernel.whileItWaits.add(next);
    }

    private void hangUp() {
        kernel.signals.add(Signals.HUP);
    }

    private void changed(String entry) {
        kernel.directories.put(".", new long[] {1, 2, kernel.nanos});
        kernel.change(".", entry);
    }

    private void run() {
        long signals = Signals.set(Signals.CHLD, Signals.TERM, Signals.INT, Signals.HUP);
        SignalQueue queue = new SignalQueue(kernel, say, launcher, signals);
        Observations observations = new Observations(kernel, say, scanner.services(), new Control(kernel), false);
        new Charge(kernel, say, scanner, queue, new Departure(kernel, say, new Control(kernel)), observations, null)
                .run();
    }

    @Test
    void waitsForEverWhenThereIsNothingToDo() {
        service("a", 10);
        kernel.ends = false;
        assertThatThrownBy(this::run).hasMessage("nothing would ever come");
        assertThat(kernel.watched).containsExactly(".");
    }

    @Test
    void aNewEntryIsSeenWhenTheDirectoryHasBeenQuietForAWhile() {
        then(() -> {
            service("a", 10);
            changed("a");
        });
        then(() -> {
            assertThat(kernel.longestWait).isEqualTo(200);
            kernel.nanos += 100_000_000;
            changed("b");
        });
        then(() -> assertThat(kernel.longestWait).isEqualTo(200));
        then(() -> assertThat(kernel.calls).contains("spawn supervise a"));
        run();
        assertThat(kernel.whileItWaits).isEmpty();
    }

    @Test
    void aHiddenFileIsNoReasonToLook() {
        then(() -> changed(".a"));
        then(() -> assertThat(kernel.longestWait).isEqualTo(SignalQueue.FOR_EVER));
        run();
    }

    @Test
    void hangUpHasItLookAtOnce() {
        then(() -> {
            service("a", 10);
            hangUp();
        });
        run();
        assertThat(kernel.calls).contains("spawn supervise a");
    }

    @Test
    void aSuperviseThatHasEndedIsStartedAgainAtThePaceOf076() {
        service("a", 10);
        then(() -> kernel.dead.add(100));
        then(() -> assertThat(kernel.longestWait).isEqualTo(5000));
        then(() -> {});
        run();
        assertThat(kernel.calls).containsSubsequence("spawn supervise a", "spawn supervise a");
    }

    @Test
    void aServiceWhoseEntryIsGoneIsTakenDownAndItsLogAfterIt() {
        logged("a", 10);
        then(() -> {
            kernel.listed.clear();
            hangUp();
        });
        then(() -> assertThat(kernel.calls)
                .contains("write dx to a/supervise/control")
                .noneMatch(call -> call.contains("a/log/supervise")));
        then(() -> kernel.dead.add(100));
        then(() -> assertThat(kernel.calls).contains("write x to a/log/supervise/control"));
        then(() -> kernel.dead.add(101));
        then(() -> {});
        then(() -> assertThat(scanner.services().count()).isZero());
        run();
        assertThat(kernel.whileItWaits).isEmpty();
    }

    @Test
    void aServiceThatIsBackBeforeItHasEndedIsStartedAnewAfterwards() {
        service("a", 10);
        then(() -> {
            kernel.listed.clear();
            hangUp();
        });
        then(() -> {
            kernel.listed.add("a");
            kernel.calls.clear();
            hangUp();
        });
        then(() -> assertThat(kernel.calls).noneMatch(call -> call.startsWith("spawn")));
        then(() -> kernel.dead.add(100));
        for (int i = 0; i < 3; i++) then(() -> {});
        run();
        assertThat(kernel.calls).contains("spawn supervise a");
    }

    @Test
    void aServiceWhoseEntryLeadsNowhereStays() {
        service("a", 10);
        then(() -> {
            kernel.directories.remove("a");
            hangUp();
        });
        then(() -> {});
        run();
        assertThat(kernel.errors.toString()).startsWith("svscan: warning: unable to stat a: file does not exist\n");
        assertThat(kernel.calls).noneMatch(call -> call.contains("write"));
    }

    @Test
    void whereChangesCannotBeSeenItSaysSoOnceAndLooksAtThePaceOf076() {
        kernel.fileSystem = NFS;
        for (int i = 0; i < 3; i++) then(() -> assertThat(kernel.longestWait).isEqualTo(5000));
        run();
        assertThat(kernel.errors.toString())
                .isEqualTo(
                        "svscan: warning: unable to watch the directory for changes: looking at it every five seconds\n");
    }

    @Test
    void whereTheKernelWatchesNoMoreDirectoriesItDoesTheSame() {
        kernel.watched = null;
        for (int i = 0; i < 3; i++) then(() -> assertThat(kernel.longestWait).isEqualTo(5000));
        run();
        assertThat(kernel.errors.toString()).containsOnlyOnce("unable to watch");
    }
}

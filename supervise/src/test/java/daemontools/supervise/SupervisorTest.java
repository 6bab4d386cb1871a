package daemontools.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import daemontools.common.Diagnostics;
import daemontools.posix.Errno;
import daemontools.posix.FakeLibC;
import daemontools.posix.Signals;
import daemontools.service.ServiceDirectory;
import daemontools.service.Status;
import daemontools.service.Want;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SupervisorTest {
    private static final long SECOND = 1_000_000_000;

    private final FakeLibC kernel = new FakeLibC();
    private final Diagnostics say = new Diagnostics(kernel, "supervise");
    private final Service service =
            new Service(new Context(kernel, say, "dir", Signals.set(Signals.HUP), false), Want.UP);
    private final Supervisor supervisor = new Supervisor(kernel, service, FakeLibC.SIGNALS, FakeLibC.CONTROL);

    private Status status() {
        return Status.decode(kernel.files.get(ServiceDirectory.STATUS));
    }

    private void commands(String letters) {
        letters.chars().forEach(letter -> kernel.control.add((byte) letter));
    }

    /** Makes the service's process end. */
    private void die() {
        kernel.dead.add(service.processes().run().pid());
    }

    /** Lets the loop run until there is nothing left to do. */
    private void settle() {
        while (!service.isFinished() && hasMoreToDo()) supervisor.turn();
    }

    private boolean hasMoreToDo() {
        boolean waits = service.deadlines().milliseconds() != Deadlines.NO_LIMIT;
        return waits || !kernel.control.isEmpty() || !kernel.dead.isEmpty();
    }

    /** Lets the time pass in which nothing is seen. */
    private void waitWhileDeaf() {
        while (service.deadlines().deaf.isSet()) supervisor.turn();
    }

    private int running() {
        service.start();
        return service.processes().run().pid();
    }

    @Test
    void aStartIsFollowedByASecondInWhichNothingIsSeen() {
        long before = kernel.nanos;
        commands("d");
        running();
        waitWhileDeaf();
        assertThat(kernel.nanos - before).isBetween(SECOND, SECOND + SECOND / 10);
        assertThat(status().want()).isEqualTo(Want.UP);
        settle();
        assertThat(status().want()).isEqualTo(Want.DOWN);
    }

    @Test
    void aServiceThatDiesIsStartedAgainWhileItIsWantedUp() {
        int first = running();
        die();
        settle();
        assertThat(status().pid()).isEqualTo(first + 1);
    }

    @Test
    void theStampChangesOnStartAndDeathOnly() {
        running();
        Status started = status();
        kernel.nanos += 5 * SECOND;
        commands("pchai");
        settle();
        assertThat(status().since().seconds()).isEqualTo(started.since().seconds());
        commands("d");
        settle();
        kernel.nanos += 5 * SECOND;
        die();
        settle();
        assertThat(status().since().seconds()).isGreaterThan(started.since().seconds() + 9);
    }

    @Test
    void takingItDownTerminatesAndContinuesIt() {
        int pid = running();
        commands("pd");
        settle();
        assertThat(kernel.calls)
                .containsSubsequence(
                        "kill " + pid + " " + Signals.STOP,
                        "kill " + pid + " " + Signals.TERM,
                        "kill " + pid + " " + Signals.CONT);
        assertThat(status().paused()).isFalse();
        die();
        settle();
        assertThat(status().isUp()).isFalse();
    }

    @Test
    void aServiceStartedOnceIsNotStartedAgain() {
        commands("o");
        settle();
        assertThat(status().isUp()).isTrue();
        die();
        settle();
        assertThat(status().isUp()).isFalse();
        assertThat(status().want()).isEqualTo(Want.NEITHER);
    }

    @Test
    void signalsAreForAServiceThatIsUp() {
        commands("haitkpc");
        settle();
        assertThat(kernel.calls).noneMatch(call -> call.startsWith("kill"));
        assertThat(status().paused()).isFalse();
    }

    @Test
    void aServiceThatIsDownIsNotShownAsPaused() {
        commands("p");
        settle();
        assertThat(status().paused()).isFalse();
        commands("up");
        settle();
        assertThat(status().paused()).isTrue();
        die();
        settle();
        assertThat(status().paused()).isFalse();
    }

    @Test
    void bytesThatMeanNothingAreIgnored() {
        int pid = running();
        commands("zU\0\377 ");
        settle();
        assertThat(kernel.calls).noneMatch(call -> call.startsWith("kill"));
        assertThat(status().pid()).isEqualTo(pid);
    }

    @Test
    void exitWaitsForTheServiceAndDoesNotStartItAgain() {
        int pid = running();
        commands("x");
        settle();
        assertThat(service.isFinished()).isFalse();
        die();
        supervisor.run();
        assertThat(service.isFinished()).isTrue();
        assertThat(kernel.calls).filteredOn(call -> call.endsWith("fork")).hasSize(1);
        assertThat(pid).isNotZero();
        assertThat(status().want()).isEqualTo(Want.UP);
    }

    @Test
    void theDeathsOfOtherChildrenAreForgotten() {
        int pid = running();
        kernel.dead.add(7);
        kernel.dead.add(8);
        settle();
        assertThat(status().pid()).isEqualTo(pid);
        assertThat(kernel.dead).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({Errno.EAGAIN + ", temporary failure", Errno.ENOMEM + ", out of memory"})
    void aFailedForkIsTriedAgainAfterAMinute(int error, String reason) {
        kernel.forkResults.add(-error);
        long before = kernel.nanos;
        service.start();
        assertThat(kernel.errors)
                .hasToString("supervise: warning: unable to fork for dir, sleeping 60 seconds: " + reason + "\n");
        waitWhileDeaf();
        assertThat(kernel.nanos - before).isGreaterThan(60 * SECOND);
        settle();
        assertThat(service.processes().run().isThere()).isTrue();
    }

    @Test
    void afterAFailedForkACommandComesFirst() {
        kernel.forkResults.add(-Errno.ENOMEM);
        commands("d");
        service.start();
        settle();
        assertThat(service.processes().run().isThere()).isFalse();
        assertThat(status().want()).isEqualTo(Want.DOWN);
    }

    @Test
    void theChildBecomesRunWithTheSignalsBlockedThatSuperviseWasStartedWith() {
        kernel.forkResults.add(0);
        assertThatThrownBy(service::start).isInstanceOf(FakeLibC.Exit.class);
        assertThat(kernel.calls).containsExactly("fork", "block 1", "execve ./run");
    }

    @Test
    void aChildThatCannotBecomeRunSaysWhyAndExits() {
        kernel.forkResults.add(0);
        kernel.execveError = -Errno.EACCES;
        assertThatThrownBy(service::start).hasMessage("exit 111");
        assertThat(kernel.errors).hasToString("supervise: fatal: unable to start dir/run: access denied\n");
    }

    @Test
    void onlyAnotherStartAfterADeathWaitsForTheChild() {
        running();
        die();
        settle();
        commands("d");
        settle();
        die();
        settle();
        commands("u");
        settle();
        assertThat(kernel.calls).filteredOn(call -> call.endsWith("fork")).containsExactly("fork", "vfork", "fork");
    }

    @Test
    void aChildThatIsWaitedForSaysWhatItCannotBecomeToo() {
        running();
        die();
        kernel.forkResults.add(0);
        assertThatThrownBy(supervisor::run).hasMessage("exit 111");
        assertThat(kernel.errors).hasToString("supervise: fatal: unable to start dir/run: file does not exist\n");
    }

    @Test
    void onTheJvmAShellIsTheChildThatSaysWhy() {
        kernel.forkResults.add(-Errno.ENOSYS);
        kernel.spawnResults.add(-Errno.ENOENT);
        service.start();
        assertThat(service.processes().run().isThere()).isTrue();
        assertThat(kernel.calls)
                .anyMatch(call -> call.endsWith("supervise: fatal: unable to start dir/run: file does not exist in /"));
    }

    @Test
    void onTheJvmAShellThatNobodyHearsStartsWithoutItsDescriptor() {
        kernel.forkResults.add(-Errno.ENOSYS);
        kernel.spawnResults.add(-Errno.ENOENT);
        kernel.spawnResults.add(-Errno.EBADF);
        service.start();
        assertThat(service.processes().run().isThere()).isTrue();
        assertThat(kernel.errors).isEmpty();
    }

    @Test
    void troubleWithTheStatusFileIsOnlyAWarning() {
        kernel.refused = ServiceDirectory.NEW_STATUS;
        int pid = running();
        assertThat(kernel.errors)
                .hasToString("supervise: warning: unable to open dir/supervise/status.new: access denied\n");
        assertThat(pid).isNotZero();
    }
}

package daemontools.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import daemontools.common.Diagnostics;
import daemontools.posix.Errno;
import daemontools.posix.FakeLibC;
import daemontools.posix.Signals;
import daemontools.service.ServiceDirectory;
import daemontools.service.Status;
import daemontools.service.StatusFile;
import daemontools.service.Want;
import org.junit.jupiter.api.Test;

class SupervisorTest {
    private static final long SECOND = 1_000_000_000;

    private final FakeLibC kernel = new FakeLibC();
    private final Diagnostics say = new Diagnostics(kernel, "supervise");
    private final StatusFile statusFile = new StatusFile(kernel, say, "dir");
    private final Service service = new Service(kernel, say, statusFile, "dir", 0, Want.UP);
    private final Supervisor supervisor = new Supervisor(kernel, service, FakeLibC.SIGNALS, FakeLibC.CONTROL);

    private Status status() {
        return Status.decode(kernel.files.get(ServiceDirectory.STATUS));
    }

    private void commands(String letters) {
        letters.chars().forEach(letter -> kernel.control.add((byte) letter));
    }

    /** Makes the service's process end. */
    private void die() {
        kernel.dead.add(service.pid());
    }

    /** Lets the loop run until there is nothing left to do. */
    private void settle() {
        try {
            supervisor.run();
        } catch (AssertionError nothingWouldEverCome) {
            assertThat(nothingWouldEverCome).hasMessage("nothing would ever come");
        }
    }

    private int running() {
        service.start();
        return service.pid();
    }

    @Test
    void aStartIsFollowedByASecondInWhichNothingIsSeen() {
        long before = kernel.nanos;
        commands("d");
        running();
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
        assertThat(kernel.calls).filteredOn(call -> call.startsWith("spawn")).hasSize(1);
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

    @Test
    void aFailedForkIsTriedAgainAfterAMinute() {
        kernel.spawnResults.add(-Errno.EAGAIN);
        long before = kernel.nanos;
        service.start();
        assertThat(kernel.errors)
                .hasToString("supervise: warning: unable to fork for dir, sleeping 60 seconds: temporary failure\n");
        assertThat(kernel.nanos - before).isGreaterThan(60 * SECOND);
        settle();
        assertThat(service.isUp()).isTrue();
    }

    @Test
    void afterAFailedForkACommandComesFirst() {
        kernel.spawnResults.add(-Errno.ENOMEM);
        commands("d");
        service.start();
        settle();
        assertThat(service.isUp()).isFalse();
        assertThat(status().want()).isEqualTo(Want.DOWN);
    }

    @Test
    void aRunThatCannotBeExecutedIsReportedByAChildThatIsTakenForTheService() {
        kernel.spawnResults.add(-Errno.ENOENT);
        service.start();
        assertThat(service.isUp()).isTrue();
        assertThat(kernel.calls)
                .anyMatch(call -> call.endsWith("supervise: fatal: unable to start dir/run: file does not exist in /"));
    }

    @Test
    void aRunThatCannotBeExecutedIsTriedAgainWhereNobodyHearsOfIt() {
        kernel.spawnResults.add(-Errno.ENOENT);
        kernel.spawnResults.add(-Errno.EBADF);
        service.start();
        assertThat(service.isUp()).isTrue();
        assertThat(kernel.errors).isEmpty();
    }

    @Test
    void withoutAShellSuperviseReportsItselfAndTriesAgain() {
        kernel.spawnResults.add(-Errno.EACCES);
        kernel.spawnResults.add(-Errno.ENOENT);
        service.start();
        assertThat(kernel.errors).hasToString("supervise: fatal: unable to start dir/run: access denied\n");
        settle();
        assertThat(service.isUp()).isTrue();
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

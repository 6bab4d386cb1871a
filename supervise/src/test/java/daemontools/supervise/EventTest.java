package daemontools.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import daemontools.common.Diagnostics;
import daemontools.posix.Bytes;
import daemontools.posix.FakeLibC;
import daemontools.service.ServiceDirectory;
import daemontools.service.Status;
import daemontools.service.Want;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of the state machine, row by row, with what it does to the world. */
class EventTest {
    private static final int LEFT = 150;

    private final FakeLibC kernel = new FakeLibC();
    private final Diagnostics say = new Diagnostics(kernel, "supervise");
    private final Service service = new Service(new Context(kernel, say, "dir", 0, false), Want.UP);
    private final Supervisor supervisor = new Supervisor(kernel, service, FakeLibC.SIGNALS, FakeLibC.CONTROL);

    private void with(String file, String content) {
        kernel.listed.add(file);
        kernel.files.put(file, Bytes.of(content));
    }

    /** The processes that have supervise for a parent. */
    private void children(String pids) {
        kernel.listedIn.put("/proc/1/task", List.of("1"));
        kernel.files.put("/proc/1/task/1/children", Bytes.of(pids));
    }

    private void command(char letter) {
        kernel.control.add((byte) letter);
        supervisor.turn();
    }

    private void die(int pid) {
        kernel.dead.add(pid);
        supervisor.turn();
    }

    private int run() {
        return service.processes().run().pid();
    }

    private void bring(State state) {
        if (state == State.FINISHING) with("finish", "");
        else with("orphanage", "");
        if (state == State.LINGERING) children(LEFT + " ");
        if (state != State.DOWN) {
            service.start();
            kernel.calls.clear();
        }
        if (state != State.UP && state != State.DOWN) die(run());
        assertThat(service.state()).isEqualTo(state);
        kernel.calls.clear();
    }

    private Status status() {
        return Status.decode(kernel.files.get(ServiceDirectory.STATUS));
    }

    private Set<String> killsOf(int pid) {
        Set<String> kills = new TreeSet<>();
        for (String call : kernel.calls) {
            if (call.startsWith("kill " + pid + " ")) kills.add(call.substring(call.lastIndexOf(' ') + 1));
        }
        return kills;
    }

    private List<String> forks() {
        return kernel.calls.stream().filter(call -> call.endsWith("fork")).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "u, UP, ''",
        "d, DOWN, '15 18'",
        "o, NEITHER, ''",
        "p, UP, 19",
        "c, UP, 18",
        "h, UP, 1",
        "a, UP, 14",
        "i, UP, 2",
        "t, UP, 15",
        "k, UP, 9",
        "x, UP, ''",
        "q, UP, 3",
        "1, UP, 10",
        "2, UP, 12",
        "w, UP, 28",
        "r, UP, '15 18'",
        "l, UP, 1",
        "?, UP, ''",
        "z, UP, ''"
    })
    void whileUpACommandSendsItsSignals(char command, Want want, String signals) {
        bring(State.UP);
        int pid = run();
        command(command);
        assertThat(String.join(" ", killsOf(pid))).isEqualTo(signals);
        assertThat(status().want()).isEqualTo(want);
        assertThat(status().paused()).isEqualTo(command == 'p');
        assertThat(forks()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "u, UP, true", "d, DOWN, false", "o, NEITHER, true", "r, UP, true", "p, UP, false", "c, UP, false",
        "h, UP, false", "a, UP, false", "i, UP, false", "t, UP, false", "k, UP, false", "q, UP, false",
        "1, UP, false", "2, UP, false", "w, UP, false", "l, UP, false", "x, UP, false", "?, UP, false"
    })
    void whileDownUAndOAndRStart(char command, Want want, boolean starts) {
        bring(State.DOWN);
        service.write();
        command(command);
        assertThat(forks()).hasSize(starts ? 1 : 0);
        assertThat(status().want()).isEqualTo(want);
        assertThat(kernel.calls).noneMatch(call -> call.startsWith("kill"));
        assertThat(service.isFinished()).isEqualTo(command == 'x');
    }

    @ParameterizedTest
    @CsvSource({
        "u, UP, UP",
        "d, DOWN, DOWN",
        "o, NEITHER, UP",
        "r, UP, UP",
        "p, UP, UP",
        "c, UP, UP",
        "h, UP, UP",
        "a, UP, UP",
        "i, UP, UP",
        "t, UP, UP",
        "q, UP, UP",
        "1, UP, UP",
        "2, UP, UP",
        "w, UP, UP",
        "l, UP, UP",
        "x, UP, DOWN",
        "?, UP, UP"
    })
    void whileLingeringACommandWaitsForTheEnd(char command, Want want, State afterwards) {
        bring(State.LINGERING);
        command(command);
        assertThat(kernel.calls).noneMatch(call -> call.startsWith("kill") || call.endsWith("fork"));
        assertThat(status().want()).isEqualTo(want);
        assertThat(service.state()).isEqualTo(State.LINGERING);
        children("");
        die(LEFT);
        while (service.deadlines().start.isSet()) supervisor.turn();
        assertThat(service.state()).isEqualTo(afterwards);
        assertThat(service.isFinished()).isEqualTo(command == 'x');
    }

    @ParameterizedTest
    @CsvSource({
        "u, UP, UP",
        "d, DOWN, DOWN",
        "o, NEITHER, UP",
        "r, UP, UP",
        "p, UP, UP",
        "c, UP, UP",
        "h, UP, UP",
        "a, UP, UP",
        "i, UP, UP",
        "t, UP, UP",
        "q, UP, UP",
        "1, UP, UP",
        "2, UP, UP",
        "w, UP, UP",
        "l, UP, UP",
        "x, UP, DOWN",
        "?, UP, UP"
    })
    void whileFinishingACommandWaitsForTheEnd(char command, Want want, State afterwards) {
        bring(State.FINISHING);
        command(command);
        assertThat(kernel.calls).noneMatch(call -> call.startsWith("kill") || call.endsWith("fork"));
        assertThat(status().want()).isEqualTo(want);
        die(service.processes().finish().pid());
        while (service.deadlines().start.isSet()) supervisor.turn();
        assertThat(service.state()).isEqualTo(afterwards);
    }

    @ParameterizedTest
    @EnumSource(
            value = State.class,
            names = {"LINGERING", "FINISHING"})
    void killKillsWhatIsLeft(State state) {
        bring(state);
        int pid = state == State.LINGERING ? LEFT : service.processes().finish().pid();
        command('k');
        assertThat(killsOf(pid)).containsExactly("9");
    }

    @ParameterizedTest
    @EnumSource(
            value = State.class,
            names = {"LINGERING", "FINISHING"})
    void whatDoesNotEndIsKilledAfterFiveSeconds(State state) {
        bring(state);
        int pid = state == State.LINGERING ? LEFT : service.processes().finish().pid();
        long before = kernel.nanos;
        while (killsOf(pid).isEmpty()) supervisor.turn();
        assertThat(kernel.nanos - before).isBetween(4_990_000_000L, 5_100_000_000L);
    }

    @Test
    void whatRunLeftBehindIsAskedToEndAndFinishWaits() {
        with("finish", "");
        with("orphanage", "");
        children(LEFT + " ");
        service.start();
        kernel.calls.clear();
        die(run());
        assertThat(killsOf(LEFT)).containsExactly("15", "18");
        assertThat(forks()).isEmpty();
        children("");
        die(LEFT);
        assertThat(service.state()).isEqualTo(State.FINISHING);
    }

    @Test
    void theOldestThatRunLeftBehindIsTheServiceAndTheNextAfterIt() {
        with("orphanage", "daemon");
        children("151 150 ");
        kernel.files.put("/proc/150/stat", Bytes.of("150 (a) S 1 1 1 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 77 0\n"));
        kernel.files.put("/proc/151/stat", Bytes.of("151 (a) S 1 1 1 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 88 0\n"));
        service.start();
        die(run());
        assertThat(status().pid()).isEqualTo(150);
        command('d');
        assertThat(killsOf(150)).containsExactly("15", "18");
        children("151 ");
        die(150);
        assertThat(status().pid()).isEqualTo(151);
        assertThat(killsOf(151)).containsExactly("15", "18");
        children("");
        die(151);
        assertThat(service.state()).isEqualTo(State.DOWN);
    }

    @Test
    void whatFinishSaysForGoodIsForGood() {
        bring(State.FINISHING);
        int finish = service.processes().finish().pid();
        kernel.waitStatus.put(finish, 125 << 8);
        die(finish);
        assertThat(service.state()).isEqualTo(State.DOWN);
        assertThat(status().want()).isEqualTo(Want.DOWN);
        assertThat(kernel.errors)
                .hasToString("supervise: warning: dir has failed for good, says ./finish: leaving it down\n");
    }

    @Test
    void aServiceThatIsPausedNeedNotShowThatItLives() {
        with("check", "");
        with("liveness", "1000");
        bring(State.UP);
        Event.BECAME_READY.happenTo(service);
        assertThat(service.deadlines().milliseconds()).isBetween(1, 1001);
        command('p');
        assertThat(service.deadlines().milliseconds()).isEqualTo(Deadlines.NO_LIMIT);
        command('c');
        assertThat(service.deadlines().milliseconds()).isBetween(1, 1001);
        command('d');
        assertThat(service.deadlines().milliseconds()).isEqualTo(Deadlines.NO_LIMIT);
        command('c');
        assertThat(service.deadlines().milliseconds()).isEqualTo(Deadlines.NO_LIMIT);
    }

    @Test
    void anUnknownByteIsNothing() {
        assertThat(Event.ofCommand((byte) 'z')).isEqualTo(Event.NOTHING);
        assertThat(Event.ofCommand((byte) 0)).isEqualTo(Event.NOTHING);
    }
}

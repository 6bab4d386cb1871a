package daemontools.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import daemontools.common.Diagnostics;
import daemontools.posix.Bytes;
import daemontools.posix.FakeLibC;
import daemontools.service.Settings;
import java.util.ArrayDeque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotificationsTest {
    private static final int RUN = 200;

    private final FakeLibC kernel = new FakeLibC();
    private final Diagnostics say = new Diagnostics(kernel, "supervise");
    private final Settings settings = new Settings(kernel, say, "dir");
    private final Notifications notifications = new Notifications(new Context(kernel, say, "dir", 0, false), settings);

    private void prepare(String file, String content) {
        kernel.listed.add(file);
        kernel.files.put(file, Bytes.of(content));
        kernel.links.put("/proc/self/cwd", "/service/dir");
        settings.look(true);
        notifications.prepare(new ChildExtras());
        notifications.started();
    }

    private void parent(int pid, int parent) {
        kernel.files.put("/proc/" + pid + "/stat", Bytes.of(pid + " (a ) b) S " + parent + " 1 1 0\n"));
    }

    private Event datagram(int sender, String text) {
        kernel.sender = sender;
        kernel.incoming.put(notifications.socket(), new ArrayDeque<>(List.of(text)));
        return notifications.readSocket(RUN);
    }

    @ParameterizedTest
    @CsvSource({
        "READY=1, BECAME_READY",
        "'STATUS=x\nREADY=1\n', BECAME_READY",
        "'READY=1\nSTOPPING=1', IS_STOPPING",
        "WATCHDOG=1, IS_ALIVE",
        "'READY=1\nWATCHDOG=1', BECAME_READY",
        "READY=11, NOTHING",
        "XREADY=1, NOTHING",
        "READY=0, NOTHING",
        "READY=, NOTHING",
        "'', NOTHING",
        "'\n\n', NOTHING"
    })
    void aDatagramSaysOneThing(String text, Event event) {
        prepare("notification-socket", "");
        assertThat(datagram(RUN, text)).isEqualTo(event);
    }

    @Test
    void aDatagramThatIsTooLongIsIgnored() {
        prepare("notification-socket", "");
        assertThat(datagram(RUN, "READY=1\n" + "x".repeat(4088))).isEqualTo(Event.BECAME_READY);
        assertThat(datagram(RUN, "READY=1\n" + "x".repeat(4089))).isEqualTo(Event.NOTHING);
    }

    @Test
    void onlyProcessesOfTheServiceAreListenedTo() {
        prepare("notification-socket", "");
        parent(RUN, 1);
        parent(201, RUN);
        parent(202, 201);
        parent(300, 1);
        parent(400, 4);
        parent(4, 0);
        assertThat(datagram(202, "READY=1")).isEqualTo(Event.BECAME_READY);
        assertThat(datagram(400, "READY=1")).isEqualTo(Event.NOTHING);
        assertThat(datagram(500, "READY=1")).isEqualTo(Event.NOTHING);
        assertThat(datagram(0, "READY=1")).isEqualTo(Event.NOTHING);
    }

    @Test
    void aNewlineMayComeInPieces() {
        prepare("notification-fd", "3");
        kernel.incoming.put(notifications.pipe(), new ArrayDeque<>(List.of("abc", "d\n")));
        assertThat(notifications.readPipe()).isEqualTo(Event.NOTHING);
        assertThat(notifications.readPipe()).isEqualTo(Event.BECAME_READY);
    }

    @Test
    void thePipeStaysOpenForAnotherNewline() {
        prepare("notification-fd", "3");
        int pipe = notifications.pipe();
        kernel.incoming.put(pipe, new ArrayDeque<>(List.of("\n")));
        assertThat(notifications.readPipe()).isEqualTo(Event.BECAME_READY);
        assertThat(notifications.pipe()).isEqualTo(pipe);
    }

    @Test
    void aPipeThatIsClosedIsNotReadAgain() {
        prepare("notification-fd", "3");
        kernel.incoming.put(notifications.pipe(), new ArrayDeque<>(List.of("")));
        assertThat(notifications.readPipe()).isEqualTo(Event.NOTHING);
        assertThat(notifications.pipe()).isEqualTo(Notifications.NONE);
    }
}

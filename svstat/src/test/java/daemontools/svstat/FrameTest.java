package daemontools.svstat;

import static org.assertj.core.api.Assertions.assertThat;

import daemontools.common.Tai64n;
import daemontools.posix.FakeLibC;
import daemontools.service.ObservedService;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is on the screen, and in which order. */
class FrameTest {
    private static final long SECOND = 1_000_000_000;

    private final FakeLibC kernel = new FakeLibC();
    private final List<Service> services = new ArrayList<>();
    private final Scroll scroll = new Scroll();

    /** A service that has been up, or down, for 5 seconds, as it is wanted to be or not. */
    private void service(String directory, boolean isUp, boolean isWanted) {
        byte[] status = new byte[18];
        Tai64n.pack(5 * SECOND, status, 0);
        status[12] = (byte) (isUp ? 9 : 0);
        status[17] = (byte) (isUp == isWanted ? 'u' : 'd');
        kernel.files.put("supervise/status", status);
        kernel.fifos.put("supervise/ok", new long[] {1, 1});
        ObservedService observed = new ObservedService(kernel, directory);
        observed.look();
        services.add(new Service(observed));
    }

    private List<String> frame(int columns, int height, long second) {
        return new Frame(new Style(columns, false), height)
                .lines(Frame.title("dir", Row.of(services)), Row.of(services), scroll, null, second * SECOND).stream()
                        .map(line -> line.text().replaceAll(" +", " "))
                        .toList();
    }

    @Test
    void troublesComeFirstAndAreCounted() {
        service("dir/b", true, true);
        service("dir/a", false, true);
        service("dir/z", false, false);
        assertThat(frame(100, 8, 10))
                .containsExactly(
                        "dir: 3 services, 1 in trouble",
                        "SERVICE STATE FOR PID RESTARTS LAST EXIT READY LOG",
                        "z down 5s - - - - -",
                        "a down 5s - - - - -",
                        "b up 5s 9 - - - -",
                        "",
                        "",
                        "1-3 of 3 arrows, page keys, Home, End: scroll q: quit");
    }

    @Test
    void aLogIsInTheRowOfItsService() {
        service("dir/a", true, true);
        service("dir/a/log", true, true);
        service("dir/b/log", true, true);
        assertThat(frame(100, 6, 10).subList(0, 4))
                .containsExactly(
                        "dir: 2 services, all well",
                        "SERVICE STATE FOR PID RESTARTS LAST EXIT READY LOG",
                        "a up 5s 9 - - - up",
                        "b/log up 5s 9 - - - -");
    }

    @Test
    void aTroubleOfTheLogIsOneOfTheService() {
        service("dir/a", true, true);
        service("dir/b", true, true);
        service("dir/b/log", false, false);
        assertThat(frame(100, 6, 10))
                .startsWith("dir: 2 services, 1 in trouble")
                .element(2)
                .asString()
                .startsWith("b ");
    }

    @Test
    void itFitsIntoAnyTerminal() {
        service("dir/a-service-with-a-long-name-that-says-everything", true, true);
        for (int columns : new int[] {1, 5, 40, 80}) {
            for (int height = 1; height < 6; height++) {
                List<String> lines = frame(columns, height, 10);
                assertThat(lines).allMatch(line -> line.length() <= columns);
                assertThat(lines).hasSizeGreaterThanOrEqualTo(height);
            }
        }
    }

    @Test
    void columnsKeepTheirWidthWhenWhatIsInThemGetsShorter() {
        service("dir/a", true, true);
        Frame frame = new Frame(new Style(100, false), 5);
        List<Row> rows = Row.of(services);
        String earlier = frame.lines("", rows, scroll, null, 70 * SECOND).get(2).text();
        String later = frame.lines("", rows, scroll, null, 125 * SECOND).get(2).text();
        assertThat(earlier).contains("1m 5s").hasSize(later.length());
        assertThat(later).contains("2m 0s");
        assertThat(frame.lines("", rows, scroll, null, 10 * SECOND).get(2).text())
                .contains("5s   ")
                .hasSize(later.length());
    }

    @Test
    void aMessageTakesThePlaceOfTheHelp() {
        List<Line> lines = new Frame(new Style(80, true), 4)
                .lines(Frame.title(null, List.of()), List.of(), scroll, "mind this", 0);
        assertThat(lines.getFirst()).isEqualTo(new Line(Line.BOLD, "0 services, all well"));
        assertThat(lines.getLast()).isEqualTo(new Line(Line.DIM, "0 of 0   mind this"));
    }
}

package daemontools.svc;

import static org.assertj.core.api.Assertions.assertThat;

import daemontools.common.Invocation;
import daemontools.common.Tai64n;
import daemontools.posix.Bytes;
import daemontools.posix.FakeLibC;
import daemontools.service.ObservedService;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When svc takes a goal for reached, by what supervise tells before and after its commands. */
class EffectTest {
    private final FakeLibC libc = new FakeLibC();
    private final ObservedService service = new ObservedService(libc, "a");

    private Effect effect(String commands, String goal) {
        Request request = new Request(new Invocation(libc, List.of("svc")));
        for (char command : commands.toCharArray()) request.add(command);
        request.add("wait", goal);
        return new Effect(request);
    }

    /** The service is now so: its details, short, and a status that they agree with. */
    private ObservedService now(boolean isUp, String want, String facts) {
        status(isUp, want);
        String all = "supervise 7\nstate " + (isUp ? "up" : "down") + "\npid " + (isUp ? 9 : 0)
                + "\nsince 5.000000500\nwant " + want + "\n" + facts.replace(", ", "\n") + "\n";
        libc.files.put("supervise/details", Bytes.of(all));
        service.lookClosely();
        assertThat(service.details()).isNotNull();
        return service;
    }

    private void status(boolean isUp, String want) {
        byte[] status = new byte[18];
        Tai64n.pack(5_000_000_500L, status, 0);
        status[12] = (byte) (isUp ? 9 : 0);
        status[17] = (byte) (want.equals("once") ? 0 : want.charAt(0));
        libc.fifos.put("supervise/ok", new long[] {1, 1});
        libc.files.put("supervise/status", status);
    }

    private static final String FIRST = "readiness 0, starts 1, readies 0, ends 0, finishes 0";
    private static final String ENDED = "readiness 0, starts 1, readies 0, ends 1, finishes 1";
    private static final String SECOND = "readiness 0, starts 2, readies 0, ends 1, finishes 1";

    @Test
    void upIsAServiceThatRunsOrHasRunSince() {
        Effect effect = effect("u", "up");
        effect.begin(now(false, "down", ENDED));
        assertThat(effect.isReached(now(false, "up", ENDED))).isFalse();
        assertThat(effect.isReached(now(true, "up", SECOND))).isTrue();
        assertThat(effect.isReached(now(false, "up", "starts 2, ends 2"))).isTrue();
    }

    @Test
    void aRunThatWasToldToEndIsNeitherUpNorReady() {
        for (String commands : List.of("t", "k", "du", "r")) {
            for (String goal : List.of("up", "ready", "restarted")) {
                Effect effect = effect(commands, goal);
                effect.begin(now(true, "up", FIRST));
                assertThat(effect.isReached(now(true, "up", FIRST))).isFalse();
                assertThat(effect.isReached(now(false, "up", ENDED))).isFalse();
                assertThat(effect.isReached(now(true, "up", SECOND))).isTrue();
            }
        }
    }

    @Test
    void aRunThatWasSentAnotherSignalIsStillUp() {
        Effect effect = effect("h", "up");
        effect.begin(now(true, "up", FIRST));
        assertThat(effect.isReached(now(true, "up", FIRST))).isTrue();
    }

    @Test
    void anEndBeforeTheServiceIsWantedDownIsNotWhatWasAskedFor() {
        Effect effect = effect("d", "down");
        effect.begin(now(true, "up", FIRST));
        assertThat(effect.isReached(now(true, "down", SECOND))).isFalse();
        assertThat(effect.isReached(now(false, "down", "starts 2, ends 2"))).isTrue();
    }

    @Test
    void downThatSomebodyElseEndedAtOnceWasReached() {
        Effect effect = effect("d", "down");
        effect.begin(now(true, "up", FIRST));
        assertThat(effect.isReached(now(true, "up", FIRST))).isFalse();
        assertThat(effect.isReached(now(true, "up", SECOND))).isTrue();
    }

    @Test
    void whatBecameReadyBeforeItsEndIsNotTheRunThatIsWaitedFor() {
        Effect effect = effect("r", "ready");
        effect.begin(now(true, "up", "readiness 1, ready 0, starts 1, readies 0, ends 0"));
        assertThat(effect.isReached(now(true, "up", "readiness 1, ready 1, starts 1, readies 1, ends 0")))
                .isFalse();
        assertThat(effect.isReached(now(true, "up", "readiness 1, ready 0, starts 2, readies 1, ends 1")))
                .isFalse();
        assertThat(effect.isReached(now(true, "up", "readiness 1, ready 1, starts 2, readies 2, ends 1")))
                .isTrue();
    }

    @Test
    void readyThatWasLeftAgainWasReached() {
        Effect effect = effect("r", "ready");
        effect.begin(now(true, "up", "readiness 1, ready 1, starts 1, readies 1, ends 0"));
        assertThat(effect.isReached(now(true, "up", "readiness 1, ready 0, starts 3, readies 2, ends 2")))
                .isTrue();
        Effect other = effect("u", "ready");
        other.begin(now(false, "down", "readiness 1, starts 1, readies 1, ends 1"));
        assertThat(other.isReached(now(true, "up", "readiness 1, ready 0, starts 2, readies 1, ends 1")))
                .isFalse();
        assertThat(other.isReached(now(false, "up", "readiness 1, starts 2, readies 2, ends 2")))
                .isTrue();
    }

    @Test
    void withoutDetailsTheStatusTells() {
        status(true, "up");
        service.lookClosely();
        Effect effect = effect("t", "restarted");
        effect.begin(service);
        service.lookClosely();
        assertThat(effect.isReached(service)).isFalse();
        libc.files.get("supervise/status")[12] = 10;
        service.lookClosely();
        assertThat(effect.isReached(service)).isTrue();
    }

    @Test
    void withoutDetailsAServiceThatIsToSayThatItIsReadyNeverIs() {
        status(true, "up");
        libc.files.put("notification-fd", Bytes.of("3"));
        service.lookClosely();
        Effect effect = effect("", "ready");
        effect.begin(service);
        assertThat(effect.isReached(service)).isFalse();
        libc.files.remove("notification-fd");
        service.lookClosely();
        assertThat(effect.isReached(service)).isTrue();
    }
}

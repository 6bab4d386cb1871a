package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code svstat --watch}, in a terminal. */
@Execution(ExecutionMode.CONCURRENT)
class WatchIT {
    private static final String USUAL = "alternate 0, cursor 1, wrap 1";
    private static final String WATCHING = "alternate 1, cursor 0, wrap 0";

    private static void watch(Tmux terminal, String services) throws Exception {
        terminal.type("SVDIR=" + services + " svstat --watch");
        Await.until("it has the terminal", () -> terminal.state().equals(WATCHING));
    }

    /** More services than a small terminal has lines, without a supervise. */
    private static void manyServices(Stage stage) throws Exception {
        stage.sh("mkdir services; for i in 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24; do mkdir services/s$i; done");
    }

    @Test
    void whatChangesIsShown() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT);
                Tmux terminal = new Tmux(stage, 120, 12)) {
            stage.service("services/a", "exec sleep 1000");
            stage.service("services/b", "exec sleep 1000");
            Process supervise = stage.supervise("services/a");
            stage.supervise("services/b");
            long pid = stage.pid("services/a");
            stage.pid("services/b");
            watch(terminal, "services");
            terminal.awaitLine("services: 2 services, all well");
            terminal.awaitLine("a +up +\\d+s +" + pid + " +0 .*");
            terminal.awaitLine("a +up +[3-9]s +" + pid + " +0 .*");
            stage.run("svc", "-k", "services/b");
            terminal.awaitLine("b +up +\\d+s +\\d+ +1 +killed by KILL \\d+s ago .*");
            stage.run("svc", "-d", "services/a");
            terminal.awaitLine("a +down +\\d+s +- +0 +killed by TERM .*");
            supervise.destroyForcibly().waitFor();
            terminal.awaitLine("services: 2 services, 1 in trouble");
            terminal.awaitScreen("a first", lines -> lines.get(2).matches("a +unsupervised .*"));
        }
    }

    @Test
    void servicesThatComeAndGoAreShown() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT);
                Tmux terminal = new Tmux(stage, 120, 12)) {
            stage.service("services/a", "exec sleep 1000");
            watch(terminal, "services");
            terminal.awaitLine("a +unsupervised .*");
            stage.supervise("services/a");
            terminal.awaitLine("a +up .*");
            stage.service("b", "exec sleep 1000");
            stage.service("b/log", "exec cat");
            stage.sh("ln -s ../b services/b");
            terminal.awaitLine("b +unsupervised .* unsupervised");
            stage.supervise("b/log");
            terminal.awaitLine("b +unsupervised .* up");
            stage.sh("rm services/b");
            terminal.awaitNoLine("b .*");
            stage.sh("mv services elsewhere");
            terminal.awaitLine("1-1 of 1   unable to read directory: file does not exist");
            stage.sh("mv elsewhere services");
            terminal.awaitLine("1-1 of 1   arrows, .*");
        }
    }

    /** Three watches are for the directory and two services. */
    @Test
    void whatTheKernelWatchesNoMoreIsLookedAt() throws Exception {
        String limit = "/proc/sys/user/max_inotify_watches";
        try (Stage stage = new Stage(Commands.SUBJECT);
                Tmux terminal = new Tmux(stage, 120, 12)) {
            String unshare = "unshare --user --map-root-user sh -c 'echo 3 > " + limit;
            assumeTrue(stage.sh(unshare + "'").code() == 0, "namespaces are forbidden, or have no limit of watches");
            for (String name : List.of("a", "b", "c", "d")) {
                stage.service("services/" + name, "exec sleep 1000");
                stage.supervise("services/" + name);
            }
            terminal.type(unshare + "; SVDIR=services exec svstat --watch'");
            terminal.awaitLine("1-4 of 4   the kernel watches no more .*: the others are looked at each second");
            for (String name : List.of("a", "d")) {
                stage.run("svc", "-d", "services/" + name);
                terminal.awaitLine(name + " +down .*");
            }
        }
    }

    @Test
    void aLinkThatLeadsElsewhereNowIsFollowed() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT);
                Tmux terminal = new Tmux(stage, 120, 12)) {
            stage.service("one", "exec sleep 1000");
            stage.service("two", "exec sleep 1000");
            stage.supervise("one");
            stage.supervise("two");
            stage.sh("mkdir services; ln -s ../one services/a");
            watch(terminal, "services");
            terminal.awaitLine("a +up +\\d+s +" + stage.pid("one") + " .*");
            stage.sh("ln -s ../two services/new; mv -T services/new services/a");
            terminal.awaitLine("a +up +\\d+s +" + stage.pid("two") + " .*");
            stage.run("svc", "-d", "two");
            terminal.awaitLine("a +down .*");
        }
    }

    @Test
    void keysScroll() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT);
                Tmux terminal = new Tmux(stage, 100, 8)) {
            manyServices(stage);
            watch(terminal, "services");
            String[][] steps = {
                {"Down", "s11", "2-6"},
                {"PageDown", "s16", "7-11"},
                {"End", "s20", "11-15"},
                {"Up", "s19", "10-14"},
                {"PageUp", "s14", "5-9"},
                {"Home", "s10", "1-5"},
                {"j", "s11", "2-6"},
            };
            terminal.awaitLine("1-5 of 15   .*");
            for (String[] step : steps) {
                terminal.press(step[0]);
                terminal.awaitScreen(step[2] + " after " + step[0], lines -> {
                    return lines.getLast().startsWith(step[2] + " of 15 ")
                            && lines.get(2).startsWith(step[1]);
                });
            }
        }
    }

    /** What ends it, and its exit code. */
    @ParameterizedTest
    @CsvSource({"q, 0", "C-c, 130", "HUP, 129", "INT, 130", "TERM, 143"})
    void theTerminalIsThenAsItWas(String end, int code) throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT);
                Tmux terminal = new Tmux(stage, 80, 10)) {
            manyServices(stage);
            terminal.type("stty -g > before; echo what was there");
            terminal.awaitLine("what was there");
            watch(terminal, "services");
            terminal.awaitLine("s10 .*");
            if (end.equals("q") || end.equals("C-c")) terminal.press(end);
            else stage.sh("kill -" + end + " " + pid(stage));
            Await.until("it has ended", () -> terminal.state().equals(USUAL));
            terminal.awaitNoLine("s10 .*");
            terminal.awaitLine("what was there");
            terminal.type("echo it returned $?; stty -g > after; cmp before after && echo the same");
            terminal.awaitLine("it returned " + code);
            terminal.awaitLine("the same");
        }
    }

    /** The pid of the one that runs in the stage. */
    private static long pid(Stage stage) {
        return ProcessHandle.allProcesses()
                .filter(process -> {
                    try {
                        Path files = Path.of("/proc", "" + process.pid());
                        return Files.readSymbolicLink(files.resolve("cwd")).equals(stage.folder())
                                && Files.readString(files.resolve("cmdline")).endsWith("\0--watch\0");
                    } catch (IOException gone) {
                        return false;
                    }
                })
                .findFirst()
                .orElseThrow()
                .pid();
    }

    @Test
    void itIsStoppedAndGoesOn() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT);
                Tmux terminal = new Tmux(stage, 80, 10)) {
            manyServices(stage);
            watch(terminal, "services");
            terminal.awaitLine("s10 .*");
            terminal.press("C-z");
            terminal.awaitLine(".*(Stopped|Suspended).*");
            assertThat(terminal.state()).isEqualTo(USUAL);
            terminal.type("fg");
            terminal.awaitLine("s10 .*");
            assertThat(terminal.state()).isEqualTo(WATCHING);
            terminal.press("q");
            Await.until("the terminal is as it was", () -> terminal.state().equals(USUAL));
        }
    }

    @Test
    void itFillsTheTerminalWhateverItsSize() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT);
                Tmux terminal = new Tmux(stage, 100, 8)) {
            manyServices(stage);
            watch(terminal, "services");
            terminal.awaitLine("1-5 of 15   .*");
            terminal.resize(50, 12);
            terminal.awaitScreen("nine rows", lines -> {
                return lines.size() == 12 && lines.getLast().startsWith("1-9 of 15   ");
            });
            assertThat(terminal.screen()).allMatch(line -> line.length() <= 50);
            terminal.resize(20, 3);
            terminal.awaitScreen(
                    "one row", lines -> lines.size() == 3 && lines.get(2).startsWith("s10 "));
            terminal.resize(120, 30);
            terminal.awaitScreen("all", lines -> lines.getLast().startsWith("1-15 of 15   "));
        }
    }

    @Test
    void coloursAreForThoseWhoWantThem() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT);
                Tmux terminal = new Tmux(stage, 100, 12)) {
            stage.service("a", "exec sleep 1000");
            stage.supervise("a");
            terminal.type("svstat --watch a nowhere");
            terminal.awaitLine("a +up .*");
            assertThat(terminal.coloured()).contains("\033[32m").contains("\033[31m");
            terminal.press("q");
            terminal.type("NO_COLOR=1 svstat --watch a nowhere");
            terminal.awaitScreen("the table", lines -> lines.getFirst().equals("2 services, 1 in trouble"));
            assertThat(terminal.coloured()).doesNotContain("\033[");
        }
    }

    @Test
    void keysAreTheTerminalsWhereStandardInputIsNone() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT);
                Tmux terminal = new Tmux(stage, 80, 10)) {
            manyServices(stage);
            terminal.type("ls -d services/* | xargs svstat --watch; echo it returned $?");
            terminal.awaitLine("1-7 of 15   .*");
            terminal.press("End");
            terminal.awaitLine("9-15 of 15   .*");
            terminal.press("q");
            terminal.awaitLine("it returned 0");
        }
    }

    @Test
    void itNeedsATerminal() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            manyServices(stage);
            for (String terminal : List.of("SVDIR=services", "SVDIR=services TERM=dumb")) {
                Result result = stage.sh(terminal + " svstat --watch");
                assertThat(result.code()).isEqualTo(100);
                assertThat(result.out()).isEmpty();
                assertThat(result.err())
                        .startsWith("svstat: option needs a terminal -- watch\nsvstat: usage: svstat [--table ");
            }
        }
    }

    @Test
    void aDirectoryThatCannotBeReadIsReportedAtOnce() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT);
                Tmux terminal = new Tmux(stage, 80, 10)) {
            terminal.type("SVDIR=nowhere svstat --watch; echo it returned $?");
            terminal.awaitLine("it returned 111");
            terminal.awaitLine("svstat: fatal: unable to read directory nowhere: file does not exist");
        }
    }
}

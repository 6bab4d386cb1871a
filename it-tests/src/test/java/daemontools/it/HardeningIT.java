package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What readelf says of the executables: nothing that makes an attacker's work easier. */
class HardeningIT {
    /** What readelf prints with some options, of each file that a command is a link to. */
    private static List<String> readelf(String options) throws Exception {
        Map<Object, String> files = new HashMap<>();
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            for (String name : Commands.names()) {
                Object inode = Files.getAttribute(Commands.SUBJECT.path(name), "unix:ino");
                if (files.containsKey(inode)) continue;
                Result result = stage.sh("readelf -W " + options + " " + Commands.SUBJECT.path(name));
                assertThat(result.code()).as(result.err()).isZero();
                files.put(inode, result.out());
            }
        }
        return List.copyOf(files.values());
    }

    private static List<String> lines(String text, String start) {
        return text.lines()
                .map(String::strip)
                .filter(line -> line.startsWith(start))
                .toList();
    }

    @Test
    void noMemoryCanBothBeWrittenAndExecuted() throws Exception {
        for (String segments : readelf("-l")) {
            assertThat(lines(segments, "LOAD")).isNotEmpty().noneMatch(line -> line.contains("RWE"));
            assertThat(lines(segments, "GNU_STACK")).singleElement().asString().contains(" RW ");
        }
    }

    @Test
    void codeIsNotRelocated() throws Exception {
        assertThat(readelf("-d")).noneMatch(dynamic -> dynamic.contains("TEXTREL"));
    }

    /** A static executable that is not position-independent has no such tables. */
    @Test
    void whatADynamicLoaderFillsInIsReadOnlyFromThenOn() throws Exception {
        for (String all : readelf("-l -d")) {
            if (!all.contains("Dynamic section")) continue;
            assertThat(lines(all, "GNU_RELRO")).hasSize(1);
            assertThat(all).contains("BIND_NOW");
        }
    }

    @Test
    void aLauncherChecksItsStackAndItsBuffers() throws Exception {
        assumeTrue(Commands.SUBJECT.form().equals("jlink"), "a native executable has no launcher");
        for (String symbols : readelf("--dyn-syms")) {
            assertThat(symbols).contains("__stack_chk_fail", "__vsnprintf_chk");
        }
    }
}

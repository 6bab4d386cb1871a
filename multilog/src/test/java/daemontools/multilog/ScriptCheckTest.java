package daemontools.multilog;

import static org.assertj.core.api.Assertions.assertThat;

import daemontools.posix.Words;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptCheckTest {
    private static List<String> check(String... words) {
        return new ScriptCheck(Words.of(List.of(words))).report().lines().toList();
    }

    @Test
    void eachWordHasALineThatSaysWhatItMeans() {
        assertThat(check("t", "s1000000", "n5", "pweb: ", "./main", "-*", "+*error*", "=last", "e", "1"))
                .containsExactly(
                        "t: each line gets a TAI64N stamp",
                        "s1000000: a file has at most 1000000 bytes, for the directories that follow",
                        "n5: at most 5 files, for the directories that follow",
                        "pweb: : each line gets the prefix 'web: ', for the directories that follow",
                        "./main: selected lines go to this log directory, in at most 5 files of at most 1000000 bytes",
                        "-*: lines that match '*' are deselected",
                        "+*error*: lines that match '*error*' are selected",
                        "=last: the last selected line is kept in the file last",
                        "e: the first 200 bytes of selected lines go to standard error",
                        "1: selected lines go to standard output");
    }

    @Test
    void whatASlipOfThePenMeansIsSaid() {
        assertThat(check("save", "nothing", "error", "!"))
                .containsExactly(
                        "save: a file has at most 4096 bytes (no number: the least), for the directories that follow",
                        "nothing: at most 2 files (no number: the least), for the directories that follow",
                        "error: the first 200 bytes of selected lines go to standard error",
                        "!: finished files become empty; logging waits, for the directories that follow");
    }

    @Test
    void wordsThatMeanNothingAreIgnored() {
        for (String word : List.of("", "x", "10", "2x", "Tx", "L", "L0", "Lx", "S", "Save", "R1h", "&", "?", "@")) {
            ScriptCheck check = new ScriptCheck(Words.of(List.of("./d", word)));
            assertThat(check.report()).endsWith("\n" + word + ": ignored\n");
            assertThat(check.hasIgnoredWords()).isTrue();
        }
        assertThat(check("./d", "t", "T")).endsWith("t: ignored", "T: ignored");
        assertThat(new ScriptCheck(Words.of(List.of("T", "&gzip", "R3600", "S1000000", "L20000000", "2", "./d")))
                        .hasIgnoredWords())
                .isFalse();
    }

    @Test
    void anOldFilesLimitBelowOneFileIsSaid() {
        assertThat(check("S5000")).first().asString().contains("(less than one file: each may be removed at once)");
        assertThat(check("s4096", "S5000")).last().asString().doesNotContain("(");
    }
}

package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken for a comparison, and what is not. */
class DifferentialTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n\n",
                "out: \nerr: sh: 1: svok: not found\n\ncode: 127\n",
                "out: 127\n126\n\nerr: sh: 1: svok: not found\nsh: 2: svstat: Permission denied\n\ncode: 0\n",
                "out: \nerr: svok: error while loading shared libraries: libc.so.6: cannot open it\n\ncode: 127\n"
            })
    void aTranscriptWithoutACommandThatWasStartedIsAFailure(String transcript) {
        assertThatThrownBy(() -> Differential.requireEvidence("C", transcript)).isInstanceOf(AssertionError.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "true\n",
                "out: \nerr: \ncode: 100\n",
                "out: \nerr: \ncode: 0\n",
                "out: 100\n\nerr: sh: 1: nosuch: not found\n\ncode: 127\n",
                "out: \nerr: pgrphack: fatal: unable to run nosuch: file does not exist\n\ncode: 111\n"
            })
    void aTranscriptThatSaysWhatACommandDidIsNone(String transcript) {
        Differential.requireEvidence("C", transcript);
    }

    @Test
    void everyTextHasAPrintableFormOfItsOwn() {
        assertThat(Transcripts.printable("a\tb\\011\n\351")).isEqualTo("a\\011b\\134011\n\\351");
    }
}

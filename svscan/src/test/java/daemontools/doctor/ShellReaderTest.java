package daemontools.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellReaderTest {
    /** Pieces of which scripts are made. */
    private static final List<String> PIECES = List.of(
            "if",
            "then",
            "else",
            "fi",
            "while",
            "do",
            "done",
            "for",
            "in",
            "case",
            "esac",
            "{",
            "}",
            "(",
            ")",
            "((",
            "))",
            ";",
            ";;",
            "&",
            "&&",
            "|",
            "||",
            "\n",
            " ",
            "\t",
            "\\",
            "'",
            "\"",
            "`",
            "$",
            "$(",
            "${",
            "<",
            ">",
            "<<E",
            "\nE\n",
            "2>&1",
            "&>",
            "#",
            "=",
            "A=b",
            "prog",
            "exec",
            "[[",
            "]]",
            "function",
            "~",
            "*",
            "!",
            "\0",
            "\r");

    private static List<String> last(String script) {
        return ShellReader.read(script).last().words();
    }

    @Test
    void wordsLoseTheirQuotes() {
        assertThat(last("prog 'a b' \"c d\" e\\ f '' \"it's\" 'say \"x\"'"))
                .containsExactly("prog", "a b", "c d", "e f", "", "it's", "say \"x\"");
    }

    @Test
    void whatOnlyTheShellKnowsIsMarked() {
        assertThat(last("prog $A x$B \"$C y\" ${D:-d} $(f \")\" (g)) `h \\`i\\`` $((1+2)) $1 $? ~/z *.c '$E' \\$F"))
                .containsExactly(
                        "prog",
                        "\uffff",
                        "x\uffff",
                        "\uffff y",
                        "\uffff",
                        "\uffff",
                        "\uffff",
                        "\uffff",
                        "\uffff",
                        "\uffff",
                        "\uffff/z",
                        "\uffff.c",
                        "$E",
                        "$F");
    }

    @Test
    void aLineGoesOnBehindABackslashAndBehindAnOperator() {
        assertThat(last("prog a \\\n  b")).containsExactly("prog", "a", "b");
        assertThat(ShellReader.read("prog a &&\n\n  prog b").last().before()).isEqualTo("&&");
    }

    @Test
    void commentsAndHereDocumentsAreNoCommands() {
        assertThat(last("prog # it's\n# prog b\n")).containsExactly("prog");
        assertThat(last("prog a#b")).containsExactly("prog", "a#b");
        assertThat(last("cat > f <<E | prog\nexec other $X `\nE\n")).containsExactly("prog");
        assertThat(last("cat <<-'E'\n\tit's\n\tE\nprog")).containsExactly("prog");
    }

    @Test
    void redirectionsAreNoWords() {
        assertThat(last("prog < in >> out 2>&1 3<&- a")).containsExactly("prog", "a");
        assertThat(ShellReader.read("prog > out 3>&1").redirectsErrors()).isFalse();
        for (String redirection : List.of("2>&1", "2> f", "2>>f", "&> f", "&>>f", ">& f", "1>&2", "|& cat")) {
            assertThat(ShellReader.read("prog " + redirection).redirectsErrors())
                    .as(redirection)
                    .isTrue();
        }
    }

    @Test
    void anExecEndsTheScriptUnlessItIsConditional() {
        assertThat(last("exec prog a\nother")).containsExactly("exec", "prog", "a");
        assertThat(last("test -f x || exec prog a\nother")).containsExactly("other");
        assertThat(last("if true; then exec prog a; fi\nother")).containsExactly("other");
        assertThat(last("exec 2>&1\nother")).containsExactly("other");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "if a; then b; elif c; then d; else e; fi",
                "while read x; do echo $x; done < f",
                "until a && b; do c; done",
                "for x in a b c; do echo $x; done",
                "for x\ndo echo $x; done",
                "case $1 in a|b) c ;; (d) e;; *) f; esac",
                "case $1 in\n  # it's\n  a)\n    case $2 in b) c; esac\n    ;;\nesac",
                "{ a; b; }",
                "( a; ( b ) )",
                "f() { a; }",
                "function f { a; }",
                "(( a < b ))",
            })
    void compoundCommandsAreOneCommand(String script) {
        ShellScript read = ShellReader.read("first\n" + script + " &");
        assertThat(read.commands()).hasSize(2);
        assertThat(read.last().compound()).isTrue();
        assertThat(read.last().isInBackground()).isTrue();
    }

    @Test
    void whatAScriptCallsAndSetsIsKnown() {
        ShellScript script = ShellReader.read("A=b\nC=d prog\nf() { wait; }\nif cd x; then export E=f; fi\na=(b c)\n");
        assertThat(script.assigned()).containsExactlyInAnyOrder("A", "C", "a");
        assertThat(script.functions()).containsExactly("f");
        assertThat(script.called()).containsExactlyInAnyOrder("prog", "wait", "cd", "export");
        assertThat(script.managesProcesses()).isTrue();
        assertThat(script.changesDirectory()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "if a; then b",
                "a )",
                "done",
                "'a",
                "\"a",
                "$(a",
                "a | | b",
                "&& a",
                "a ;; b",
                "cat <<E\n",
                "case a"
            })
    void whatIsNotWholeIsNotUnderstood(String script) {
        assertThat(ShellReader.read(script)).isNull();
    }

    /** Whatever stands in a run script, the reader comes to an end without an error. */
    @Test
    void anyTextIsReadToItsEnd() {
        Random random = new Random(16);
        for (int i = 0; i < 100_000; i++) {
            StringBuilder script = new StringBuilder();
            for (int pieces = random.nextInt(20); pieces > 0; pieces--) {
                script.append(PIECES.get(random.nextInt(PIECES.size())));
                if (random.nextBoolean()) script.append(' ');
            }
            ShellScript read = ShellReader.read(script.toString());
            if (read != null && read.last() != null) Launch.of(read.last().words());
        }
    }
}

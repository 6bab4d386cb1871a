package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a process becomes a command: nothing of our runtimes is seen on the way. */
class LauncherIT {
    @Test
    void aCommandIsFoundThroughLinksFromElsewhere() throws Exception {
        Differential.compareShell("""
                mkdir bin other; ln -s "$(command -v pgrphack)" bin/pgrphack; ln -s ../bin/pgrphack other/pgrphack
                other/pgrphack echo 1; echo $?; cd other; ./pgrphack echo 2; echo $?; PATH=.:$PATH; pgrphack echo 3; echo $?
                """);
    }

    @Test
    void wordsAreBytesAndMayBeThousands() throws Exception {
        Differential.compareShell("""
                odd=$(printf 'x\\377y\\351'); pgrphack printf '<%s>' "$odd" '' -Dx -XX:y @z "$(printf '\\303\\251')"
                pgrphack "no$odd"; pgrphack echo $(seq 20000) | cksum
                """);
    }

    @Test
    void optionsForJavaInTheEnvironmentAreOnlyPassedOn() throws Exception {
        Differential.compareShell("""
                export JAVA_TOOL_OPTIONS=-Xmx1k _JAVA_OPTIONS=--nonsense JDK_JAVA_OPTIONS=-XX:nonsense
                pgrphack env | grep -E 'JAVA|JDK'; svok .; echo $?
                """);
    }

    @Test
    void closedStandardDescriptorsAreClosedInTheProgramToo() throws Exception {
        Differential.compareShell("""
                for closed in '<&-' '>&-' '2>&-' '<&- >&-' '<&- >&- 2>&-'; do
                  eval "pgrphack sh -c 'for n in 0 1 2; do [ -e /proc/\\$\\$/fd/\\$n ] && l=\\$l\\$n; done; echo \\$l >list'" "$closed"
                  cat list
                done
                """);
    }

    @Test
    void aRuntimeThatCannotStartSaysSoInOneLineOfOurs() throws Exception {
        assumeTrue(Commands.SUBJECT.form().equals("jlink"), "a native executable is its own runtime");
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            for (String limit : new String[] {"-v 10000", "-v 60000", "-d 1000", "-d 10000", "-n 4"}) {
                Result result = stage.sh("ulimit " + limit + "; exec svok .");
                assertThat(result.out()).isEmpty();
                assertThat(result.err()).matches("svok: fatal: unable to start Java: .*\n");
                assertThat(result.code()).isEqualTo(111);
            }
            assertThat(stage.sh("echo *").out()).isEqualTo("*\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"modules", "libjava.so", "libjimage.so", "libzip.so", "server/libjvm.so"})
    void aRuntimeThatLacksAFileNamesIt(String file) throws Exception {
        assumeTrue(Commands.SUBJECT.form().equals("jlink"), "a native executable is its own runtime");
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            String form = Commands.SUBJECT.folder().getParent().toString();
            Result result = stage.sh("cp -R " + form + " form; rm form/lib/" + file + "; exec form/command/svok .");
            assertThat(result.out()).isEmpty();
            assertThat(result.err()).matches("svok: fatal: unable to start Java: .*/lib/" + file + "\\b.*\n");
            assertThat(result.code()).isEqualTo(111);
        }
    }

    @Test
    void theFolderOfTheFormMayLieAnywhere() throws Exception {
        assumeTrue(Commands.SUBJECT.form().equals("jlink"), "a native executable has no folder");
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            String form = Commands.SUBJECT.folder().getParent().toString();
            Result result = stage.sh(
                    "to=$(printf 'moved \\303\\251'); cp -R " + form + " \"$to\"; exec \"$to/command/svok\" .");
            assertThat(result).isEqualTo(new Result("", "", 100));
        }
    }
}

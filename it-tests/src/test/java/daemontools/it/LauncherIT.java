package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a process becomes a command: nothing of our runtimes is seen on the way. */
@Unrecorded("the jlink'd form")
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

    /** Runs a script in which {@code in_root} runs a program in the folder root as the root directory. */
    private static Result withRoot(String script) throws Exception {
        assumeTrue(Commands.SUBJECT.form().equals("jlink"), "a native executable has no folder");
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.script("in-root", """
                    exec unshare --user --map-root-user --mount /bin/sh -c '
                      mount --rbind /usr root/usr; mount --rbind /proc root/proc; exec chroot root "$@"' sh "$@"
                    """);
            assumeTrue(stage.sh("unshare --user --map-root-user --mount true").code() == 0, "namespaces are forbidden");
            stage.sh("mkdir -p root/usr root/proc; cp -P /lib64 root/ || ln -s usr/lib64 root/lib64");
            return stage.sh("form=" + Commands.SUBJECT.folder().getParent() + "; " + script);
        }
    }

    @Test
    void anExecutableInTheRootDirectorySaysWhatItLacks() throws Exception {
        Result result = withRoot("ln -s usr/lib root/lib; cp $form/command/svok root/; exec ./in-root /svok .");
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).matches("svok: fatal: unable to start Java: /lib/.*\n");
        assertThat(result.code()).isEqualTo(111);
    }

    @Test
    void theFolderOfTheFormMayBeTheRootDirectoryAndDescriptorsOfOthersAreLeftAlone() throws Exception {
        Result result = withRoot("""
                cp -R $form/. root/; echo hello > root/file
                exec ./in-root /command/pgrphack /usr/bin/cat /proc/self/fd/7 7< root/file
                """);
        assertThat(result).isEqualTo(new Result("hello\n", "", 0));
    }
}

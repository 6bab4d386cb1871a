package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

@Spec("7")
class SvstatIT {
    @Test
    void printsALineForEachOperandAsItWasTyped() throws Exception {
        Differential.compare(stage -> {
            stage.service("a", "exec sleep 1000");
            stage.write("a/down", "");
            stage.write("b/run", "");
            stage.supervise("a");
            Result result = stage.run("svstat", "a", "./a/", "b", "nowhere", "", "--", "-x", "a");
            stage.note(result.toString().replaceAll("\\d+ seconds", "N seconds"));
            stage.note(stage.run("svstat"));
        });
    }

    @Test
    @Spec({"1.3", "7"})
    void saysWhatItCannotFindOrRead() throws Exception {
        Differential.compareShell("""
                mkdir plain dangling; ln -s down dangling/down
                mkdir -p nofifo/supervise directory/supervise/ok
                touch file
                svstat plain dangling nofifo directory file; echo $?
                """);
    }

    @Test
    void knowsAServiceWhoseSuperviseHasGone() throws Exception {
        Differential.compare(stage -> {
            stage.service("a", "exec sleep 1000");
            stage.supervise("a").destroyForcibly().waitFor();
            stage.note(stage.run("svstat", "a"));
        });
    }

    /** A status file of our own making, behind an ok fifo that the shell holds open. */
    private static void compareStatus(String printf) throws Exception {
        Differential.compareShell("mkdir -p s/supervise; mkfifo s/supervise/ok; exec 9<>s/supervise/ok\n" + "printf '"
                + printf + "' > s/supervise/status; svstat s; touch s/down; svstat s");
    }

    private static final String LONG_AGO = "\\100\\0\\0\\0\\377\\377\\377\\377\\0\\0\\0\\0";

    @Test
    void describesEveryStateOfAServiceThatIsUp() throws Exception {
        for (String tail : new String[] {"\\0u", "\\1u", "\\0d", "\\1d", "\\0\\0", "\\1\\0", "\\7x"}) {
            compareStatus(LONG_AGO + "\\1\\2\\0\\0" + tail);
        }
    }

    @Test
    void describesEveryStateOfAServiceThatIsDown() throws Exception {
        for (String tail : new String[] {"\\0u", "\\1u", "\\0d", "\\1d", "\\0\\0", "\\1\\0"}) {
            compareStatus(LONG_AGO + "\\0\\0\\0\\0" + tail);
        }
    }

    @Test
    void readsStampsOfAnyValue() throws Exception {
        compareStatus("\\377\\377\\377\\377\\377\\377\\377\\377\\0\\0\\0\\0\\377\\377\\377\\377\\0u");
        compareStatus("\\200\\0\\0\\0\\0\\0\\0\\1\\0\\0\\0\\0\\0\\0\\0\\200\\0u");
    }

    @Test
    void callsAShortStatusABadFormatAndIgnoresWhatIsBeyondTheEnd() throws Exception {
        compareStatus("");
        compareStatus(LONG_AGO + "\\1\\0\\0\\0\\0");
        compareStatus(LONG_AGO + "\\1\\0\\0\\0\\0u\\3\\0 more");
    }

    private static final String FIFO_AND_NO_STATUS =
            "mkdir -p s/supervise; mkfifo s/supervise/ok; exec 9<>s/supervise/ok\n";

    @Test
    void saysWhenTheStatusIsMissing() throws Exception {
        Differential.compareShell(FIFO_AND_NO_STATUS + "svstat s");
    }

    /** Where 0.76 takes the error for a length and describes a service of zeros. */
    @Test
    void saysWhenTheStatusCannotBeRead() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            assertThat(stage.sh(FIFO_AND_NO_STATUS + "mkdir s/supervise/status; svstat s"))
                    .isEqualTo(new Result("s: unable to read supervise/status: is a directory\n", "", 0));
        }
    }

    @Test
    void countsTheSecondsSinceTheLastChange() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("a", "exec sleep 1000");
            stage.supervise("a");
            assertThat(stage.awaitStatus("a", "up \\(pid \\d+\\) [1-9]\\d* seconds"))
                    .isNotEmpty();
        }
    }

    @Test
    void aFullOutputIsNoReasonToFail() throws Exception {
        Differential.compareShell("svstat a b c > /dev/full; echo $?; svstat a >&-; echo $?");
    }
}

package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

@Spec("6")
class SvokIT {
    @Test
    void exitsZeroWhereSuperviseRuns() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("hello", "exec sleep 1000");
            stage.supervise("hello");
            assertThat(stage.run("svok", "hello")).isEqualTo(new Result("", "", 0));
        }
    }

    @Test
    void exits100SilentlyWhereSuperviseNeverRanOrRunsNoMore() throws Exception {
        Differential.compare(stage -> {
            stage.service("hello", "exec sleep 1000");
            stage.note(stage.run("svok", "hello"));
            stage.supervise("hello").destroyForcibly().waitFor();
            stage.note(stage.run("svok", "hello"));
        });
    }

    @Test
    @Spec({"1.1", "1.3", "6"})
    void speaksOfWrongUseAndOfWhatItCannotOpen() throws Exception {
        Differential.compareShell("""
                svok; echo $?
                svok nowhere; echo $?
                mkdir -p s/supervise/ok; svok s; echo $?
                mkdir -p t; ln -s ok t/supervise; svok t; echo $?
                touch file; svok file; echo $?
                svok -- ; echo $?
                svok ''; echo $?
                mkdir u; svok u extra; echo $?
                """);
    }
}

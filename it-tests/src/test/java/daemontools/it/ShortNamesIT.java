package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Services by their names in SVDIR, which 0.76 does not know. */
class ShortNamesIT {
    @Test
    void aNameThatIsNotHereIsOneOfThoseInSvdir() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("services/hello", "exec sleep 1000");
            stage.service("services/hello/log", "exec sleep 1000");
            stage.write("services/hello/down", "");
            stage.supervise("services/hello");
            stage.supervise("services/hello/log");
            assertThat(stage.sh("""
                    export SVDIR=services
                    svok hello; echo $?; svstat hello | sed 's/ [0-9]* seconds.*//'; svc -d hello; echo $?
                    svstat hello/log | sed 's/ (.*//'; cd services; svok hello; echo $?
                    """)).isEqualTo(new Result("0\nhello: down\n0\nhello/log: up\n0\n", "", 0));
        }
    }

    @Test
    void aDirectoryThatIsHereComesFirst() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("services/hello", "exec sleep 1000");
            stage.supervise("services/hello");
            assertThat(stage.sh("mkdir hello; SVDIR=services svok hello")).isEqualTo(new Result("", "", 100));
        }
    }

    @Test
    void whatIsNoShortNameOrNowhereIsMissingAsWithoutSvdir() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("services/hello", "exec sleep 1000");
            stage.service("empty", "");
            String missing = "unable to chdir: file does not exist\n";
            assertThat(stage.sh("SVDIR=services svstat ./hello ../hello world /hello ''"))
                    .isEqualTo(new Result(
                            "./hello: " + missing + "../hello: " + missing + "world: " + missing + "/hello: " + missing
                                    + ": " + missing,
                            "",
                            0));
            assertThat(stage.sh("cd empty; SVDIR= svstat hello; svstat hello"))
                    .isEqualTo(new Result("hello: " + missing + "hello: " + missing, "", 0));
        }
    }
}

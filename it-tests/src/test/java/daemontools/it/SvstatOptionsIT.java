package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What svstat's long options print, and {@code svok --ready}; 0.76 does not have them. */
@Execution(ExecutionMode.CONCURRENT)
class SvstatOptionsIT {
    private static final Path SCHEMA = Commands.PACKAGING.resolve("svstat.schema.json");

    /** The output as JSON, which the schema has nothing against. */
    private static JsonNode json(String output) throws Exception {
        JsonNode json = new ObjectMapper().readTree(output.getBytes(StandardCharsets.ISO_8859_1));
        JsonSchema schema =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(Files.readString(SCHEMA));
        assertThat(schema.validate(json)).isEmpty();
        return json;
    }

    private static JsonNode json(Stage stage, String... directories) throws Exception {
        return json(stage.sh("svstat --json '" + String.join("' '", directories) + "'")
                .out());
    }

    @Test
    void jsonTellsWhatIsKnownAndNoMore() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("services/a", "test -e again && exec sleep 1000; touch again; exit 3");
            stage.service("services/a/log", "exec sleep 1000");
            Process supervise = stage.supervise("services/a");
            stage.supervise("services/a/log");
            assertThat(stage.run("svc", "--wait=up", "services/a/log").code()).isZero();
            Await.until("a runs again", () -> Files.exists(stage.path("services/a/again")));
            Await.until("a is up", () -> stage.svstat("services/a").startsWith("up "));
            JsonNode both = json(stage, "services/a/", "services/a/log");
            JsonNode a = both.get(0);
            assertThat(a.get("service").asText()).isEqualTo("a");
            assertThat(a.get("directory").asText()).isEqualTo("services/a/");
            assertThat(a.get("log").asBoolean()).isFalse();
            assertThat(a.get("state").asText()).isEqualTo("up");
            assertThat(a.get("pid").asLong()).isEqualTo(stage.pid("services/a"));
            assertThat(a.get("wanted").asText()).isEqualTo("up");
            assertThat(a.get("normally").asText()).isEqualTo("up");
            assertThat(a.get("supervise_pid").asLong()).isEqualTo(supervise.pid());
            assertThat(a.get("starts").asLong()).isEqualTo(2);
            assertThat(a.get("last_exit").get("code").asLong()).isEqualTo(3);
            assertThat(a.has("ready_since")).isFalse();
            assertThat(both.get(1).get("service").asText()).isEqualTo("a/log");
            assertThat(both.get(1).get("log").asBoolean()).isTrue();
            assertThat(both.get(1).has("last_exit")).isFalse();
        }
    }

    @Test
    void jsonNamesTheSignalThatEndedAService() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("a", "exec sleep 1000");
            stage.supervise("a");
            assertThat(stage.run("svc", "-dk", "--wait=finished", "a").code()).isZero();
            JsonNode a = json(stage, "a").get(0);
            assertThat(a.get("state").asText()).isEqualTo("down");
            assertThat(a.has("pid")).isFalse();
            assertThat(a.get("last_exit").get("signal_name").asText()).isIn("TERM", "KILL");
        }
    }

    @Test
    void jsonIsValidWhateverTheNamesAre() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            Result result = stage.sh("""
                    set -- "$(printf 'a\\351b')" "$(printf 'q"\\\\q')" "$(printf 'n\\nn')" "$(printf 't\\tt\\001')" '' plain
                    for d; do test -z "$d" || mkdir "$d"; done; touch file
                    mkdir -p odd/supervise/ok
                    svstat --json "$@" nowhere file odd; echo $? >&2
                    """);
            assertThat(result.err()).isEqualTo("0\n");
            JsonNode all = json(result.out());
            assertThat(all).hasSize(9);
            assertThat(all.get(0).get("service").asText()).isEqualTo("a\ufffdb");
            assertThat(all.get(1).get("service").asText()).isEqualTo("q\"\\q");
            assertThat(all.get(2).get("service").asText()).isEqualTo("n\nn");
            assertThat(all.get(5).get("state").asText()).isEqualTo("unsupervised");
            assertThat(all.get(6).get("state").asText()).isEqualTo("unreadable");
            assertThat(all.get(6).get("error").asText()).isEqualTo("unable to chdir: file does not exist");
        }
    }

    @Test
    void withoutOperandsAllServicesAndTheirLogsAreLookedAt() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("services/b", "exec sleep 1000");
            stage.service("services/a", "exec sleep 1000");
            stage.service("services/a/log", "exec cat");
            stage.write("services/.hidden/run", "");
            stage.write("services/file", "");
            JsonNode all = json(stage.sh("SVDIR=services svstat --json").out());
            assertThat(all.findValuesAsText("service")).containsExactly("a", "a/log", "b");
            assertThat(stage.sh("SVDIR=nowhere svstat --json"))
                    .isEqualTo(new Result(
                            "", "svstat: fatal: unable to read directory nowhere: file does not exist\n", 111));
        }
    }

    @Test
    void quietTellsWhetherAllIsAsItIsWanted() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("a", "exec sleep 1000");
            stage.service("b", "exec sleep 1000");
            stage.write("b/down", "");
            stage.supervise("a");
            stage.supervise("b");
            stage.pid("a");
            assertThat(stage.run("svstat", "--quiet", "a", "b")).isEqualTo(new Result("", "", 0));
            assertThat(stage.run("svstat", "--quiet", "a", "b", "nowhere")).isEqualTo(new Result("", "", 1));
            stage.run("svc", "-p", "a");
            stage.awaitStatus("a", ".*paused");
            assertThat(stage.run("svstat", "--quiet", "a", "b")).isEqualTo(new Result("", "", 1));
        }
    }

    @Test
    void svokTellsWhetherAServiceIsReady() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("a", "while ! test -e go; do sleep 0.1; done; echo >&5; exec sleep 1000");
            stage.write("a/notification-fd", "5\n");
            assertThat(stage.run("svok", "--ready", "a")).isEqualTo(new Result("", "", 100));
            stage.supervise("a");
            stage.pid("a");
            assertThat(stage.run("svok", "--ready", "a")).isEqualTo(new Result("", "", 100));
            stage.write("a/go", "");
            assertThat(stage.run("svc", "--wait=ready", "a").code()).isZero();
            assertThat(stage.run("svok", "--ready", "a")).isEqualTo(new Result("", "", 0));
            stage.run("svc", "-d", "--wait=down", "a");
            assertThat(stage.run("svok", "--ready", "a")).isEqualTo(new Result("", "", 100));
            assertThat(stage.run("svok", "--ready", "nowhere").code()).isEqualTo(111);
        }
    }

    @Test
    void theTableHasTroublesFirstAndEachLogBesideItsService() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("a", "exec sleep 1000");
            stage.service("a/log", "exec cat");
            stage.service("z", "exec sleep 1000");
            stage.supervise("a");
            stage.supervise("a/log");
            stage.pid("a");
            stage.pid("a/log");
            Result result = stage.run("svstat", "--table", "a", "a/log", "z");
            assertThat(result.out().lines().map(line -> line.replaceAll(" +", " ")))
                    .satisfiesExactly(
                            heading ->
                                    assertThat(heading).isEqualTo("SERVICE STATE FOR PID RESTARTS LAST EXIT READY LOG"),
                            z -> assertThat(z).isEqualTo("z unsupervised - - - - - -"),
                            a -> assertThat(a).matches("a up \\d+s \\d+ 0 - - up"));
        }
    }

    @Test
    void promtoolAcceptsTheMetrics() throws Exception {
        assumeTrue(Files.exists(Path.of("/usr/bin/promtool")), "promtool is not there");
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("a", "exec sleep 1000");
            stage.supervise("a");
            stage.pid("a");
            assertThat(
                            stage.sh(
                                    "mkdir \"$(printf 'q\"\\\\\\n\\351')\"; svstat --metrics a a/ a q* nowhere | promtool check metrics"))
                    .isEqualTo(new Result("", "", 0));
        }
    }

    @Test
    void metricsHaveALineForWhatIsKnown() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("a", "exec sleep 1000");
            stage.supervise("a");
            stage.pid("a");
            assertThat(stage.run("svstat", "--metrics", "a", "nowhere").out().lines())
                    .contains(
                            "daemontools_service_up{service=\"a\",directory=\"a\"} 1",
                            "# TYPE daemontools_service_starts_total counter",
                            "daemontools_service_starts_total{service=\"a\",directory=\"a\"} 1",
                            "daemontools_service_supervised{service=\"nowhere\",directory=\"nowhere\"} 0")
                    .noneMatch(line -> line.startsWith("daemontools_service_up{service=\"nowhere\""));
        }
    }

    @Test
    void optionsThatItDoesNotKnowOrThatDoNotGoTogetherAreReported() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            String usage = "\nsvstat: usage: svstat [--table | --watch | --json | --metrics | --quiet] [dir ...]\n";
            assertThat(stage.run("svstat", "--jason"))
                    .isEqualTo(new Result("", "svstat: illegal option -- jason" + usage, 100));
            assertThat(stage.run("svstat", "--json", "--table"))
                    .isEqualTo(new Result("", "svstat: option does not go with --json -- table" + usage, 100));
            assertThat(stage.run("svok", "--read", "a"))
                    .isEqualTo(new Result("", "svok: illegal option -- read\nsvok: usage: svok [--ready] dir\n", 100));
        }
    }
}

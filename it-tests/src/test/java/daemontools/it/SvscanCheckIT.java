package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code svscan --check}, on directories with faults and without. What each fault is found by: DoctorTest. */
@Execution(ExecutionMode.CONCURRENT)
class SvscanCheckIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static void goodTree(Stage stage) throws Exception {
        stage.service("service/hello", "exec 2>&1\nexec sleep 1000");
        stage.service("service/hello/log", "exec multilog t ./main");
        stage.service("service/plain", "exec sleep 1000");
    }

    private static JsonNode json(Result result) throws Exception {
        JsonSchema schema = JsonSchemaFactory.getInstance(VersionFlag.V202012)
                .getSchema(Files.readString(Commands.PACKAGING.resolve("man/svscan.schema.json")));
        // The text holds one byte a char.
        JsonNode json = JSON.readTree(result.out().getBytes(StandardCharsets.ISO_8859_1));
        assertThat(schema.validate(json)).isEmpty();
        return json;
    }

    @Test
    void aGoodTreeIsAsItWasAndExitsZero() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            goodTree(stage);
            String before = Tree.of(stage.path("service"));
            assertThat(stage.run("svscan", "--check", "service"))
                    .isEqualTo(new Result("no errors, no warnings in service: 2 services checked\n", "", 0));
            assertThat(stage.run("svscan", "--check", "--json", "service")).isEqualTo(new Result("[]\n", "", 0));
            assertThat(Tree.of(stage.path("service"))).isEqualTo(before);
        }
    }

    @Test
    void nothingIsWrongWithWhatRuns() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            goodTree(stage);
            stage.start("svscan", "svscan", "service");
            for (String service : List.of("service/hello", "service/hello/log", "service/plain")) {
                stage.awaitSupervised(service);
                stage.awaitStatus(service, "up .*");
            }
            assertThat(stage.run("svscan", "--check", "service"))
                    .isEqualTo(new Result("no errors, no warnings in service: 2 services checked\n", "", 0));
            assertThat(stage.svstat("service/hello")).matches("up \\(pid \\d+\\) \\d+ seconds");
        }
    }

    @Test
    void whatRunsOutsideTheTreeIsFound() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("service/hello", "exec sleep 1000");
            stage.supervise("service/hello");
            stage.start("svscan", "svscan", "service");
            Await.until("svscan looks at its directory", () -> {
                return stage.run("svscan", "--check", "service").out().contains("[stray-supervise]");
            });
            assertThat(stage.run("svscan", "--check", "service").code()).isEqualTo(2);
        }
    }

    @Test
    void eachFaultHasThreeLinesAndTheLastLineCounts() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("service/a", "sleep-for-ever 1000");
            stage.write("service/b/run", "#!/bin/sh\nexec sleep 1000\n");
            Result result = stage.run("svscan", "--check", "service");
            assertThat(result.err()).isEmpty();
            assertThat(result.code()).isEqualTo(2);
            assertThat(result.out()).isEqualTo("""
                            warning: service/a/run: its last command has no exec: sleep-for-ever [no-exec]
                              The shell stays between supervise and the program: svc -d ends the shell, and the program runs on.
                              Put exec before the last command of service/a/run, so that the program takes the place of the shell.
                            error: service/a/run: the program sleep-for-ever is not found in PATH [missing-program]
                              The service ends at once, and supervise starts it again every second.
                              Install the program, or correct its name; PATH is that of svscan unless the script sets it.
                            error: service/b/run: it is not executable [not-executable]
                              Each attempt to start it fails with: access denied.
                              Make it executable: chmod +x service/b/run
                            2 errors, 1 warning in service: 2 services checked
                            """);
        }
    }

    @Test
    void warningsAloneExitOne() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.service("service/a", "head -c 1 /dev/zero");
            Result result = stage.run("svscan", "--check", "service");
            assertThat(result.out()).endsWith("no errors, 1 warning in service: 1 service checked\n");
            assertThat(result.code()).isEqualTo(1);
        }
    }

    @Test
    void jsonIsValidWhateverNamesHold() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            assertThat(
                            stage.sh(
                                    "mkdir -p \"service/$(printf 'a\\377\\\\b\"c\\nd\\033[31m')\" \"service/$(printf '\\303\\244')\""))
                    .isEqualTo(new Result("", "", 0));
            Result result = stage.run("svscan", "--check", "--json", "service");
            assertThat(result.code()).isEqualTo(2);
            List<String> paths = new ArrayList<>();
            for (JsonNode finding : json(result)) {
                assertThat(finding.get("severity").asText()).isEqualTo("error");
                assertThat(finding.get("check").asText()).isEqualTo("missing-run");
                paths.add(finding.get("path").asText());
            }
            assertThat(paths).containsExactly("service/a\ufffd\\b\"c\nd\u001b[31m/run", "service/\u00e4/run");
            assertThat(stage.run("svscan", "--check", "service").out())
                    .startsWith("error: service/a\u00ff\\b\"c?d?[31m/run: there is no file run [missing-run]\n");
        }
    }

    @Test
    void withoutADirectoryItIsTheOneOfSvdir() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            goodTree(stage);
            assertThat(stage.sh("SVDIR=service svscan --check"))
                    .isEqualTo(new Result("no errors, no warnings in service: 2 services checked\n", "", 0));
        }
    }

    @Test
    void aDirectoryThatCannotBeReadIsAFailure() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            assertThat(stage.run("svscan", "--check", "gone"))
                    .isEqualTo(
                            new Result("", "svscan: fatal: unable to read directory gone: file does not exist\n", 111));
        }
    }

    @Test
    void jsonIsForTheCheckOnly() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            Result result = stage.run("svscan", "--json", "service");
            assertThat(result.err()).startsWith("svscan: option needs --check -- json\n");
            assertThat(result.code()).isEqualTo(100);
        }
    }

    @Test
    void anOutputThatCannotBeWrittenIsAFailure() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            goodTree(stage);
            assertThat(stage.sh("svscan --check service > /dev/full"))
                    .isEqualTo(new Result(
                            "", "svscan: fatal: unable to write to standard output: out of disk space\n", 111));
        }
    }
}

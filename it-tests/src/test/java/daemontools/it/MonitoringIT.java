package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** packaging/monitoring: what brings the state of services to Prometheus, and what is done with it there. */
@Execution(ExecutionMode.CONCURRENT)
class MonitoringIT {
    private static final Path MONITORING = Commands.PACKAGING.resolve("monitoring");
    private static final String WRITE = MONITORING.resolve("daemontools-metrics") + " daemontools.prom";
    private static final Pattern METRIC = Pattern.compile("daemontools_service_\\w+");
    private static final ObjectMapper JSON = new ObjectMapper();

    private Stage stage;

    @BeforeEach
    void setUp() throws Exception {
        stage = new Stage(Commands.SUBJECT);
    }

    @AfterEach
    void clear() throws Exception {
        stage.close();
    }

    /** Skips the test where a program of Debian's package of Prometheus is not installed. */
    private void assumeThereIs(String program) throws Exception {
        assumeTrue(stage.sh("command -v " + program).code() == 0, program + " is not there");
    }

    // ---- the file of metrics ----

    @Test
    void theFileHoldsMetricsThatPromtoolAcceptsAndIsReplacedAsAWhole() throws Exception {
        stage.service("services/hello", "exec sleep 1000");
        stage.write("daemontools.prom", "old\n");
        stage.sh("ln daemontools.prom kept");
        assertThat(stage.sh("SVDIR=services " + WRITE)).isEqualTo(new Result("", "", 0));
        assertThat(stage.read("daemontools.prom"))
                .contains("\ndaemontools_service_supervised{service=\"hello\",directory=\"services/hello\"} 0\n");
        assertThat(stage.read("kept")).isEqualTo("old\n");
        assertThat(stage.sh("ls; stat -c %a daemontools.prom").out()).isEqualTo("""
                daemontools.prom
                kept
                services
                644
                """);
        assumeThereIs("promtool");
        assertThat(stage.sh("promtool check metrics < daemontools.prom")).isEqualTo(new Result("", "", 0));
    }

    @Test
    void whereItFailsTheOldFileStaysAndALineSaysSo() throws Exception {
        stage.write("daemontools.prom", "old\n");
        Result nowhere = stage.sh("SVDIR=nowhere " + WRITE);
        assertThat(nowhere).isEqualTo(new Result("", """
                svstat: fatal: unable to read directory nowhere: file does not exist
                daemontools-metrics: fatal: unable to write daemontools.prom.new: daemontools.prom stays as it was
                """, 111));
        assertThat(stage.sh("ls; cat daemontools.prom").out()).isEqualTo("daemontools.prom\nold\n");
    }

    @Test
    void whatSomebodyHasPutInItsPlaceIsNotWrittenTo() throws Exception {
        stage.service("services/hello", "exec sleep 1000");
        stage.write("other", "other\n");
        stage.sh("ln -s other daemontools.prom.new; ln -s other daemontools.prom");
        assertThat(stage.sh("SVDIR=services " + WRITE)).isEqualTo(new Result("", "", 0));
        assertThat(stage.read("other")).isEqualTo("other\n");
        stage.sh("rm daemontools.prom; mkdir daemontools.prom");
        assertThat(stage.sh("SVDIR=services " + WRITE + "; ls daemontools.prom*")
                        .err())
                .endsWith(
                        "daemontools-metrics: fatal: unable to rename daemontools.prom.new: daemontools.prom stays as it was\n");
        assertThat(stage.path("daemontools.prom.new")).doesNotExist();
    }

    /** Its log is not there, so what it says would be svscan's. */
    @Test
    void theServiceWritesTheFileAgainAndAgainAndTheDoctorFindsNothingWrongWithIt() throws Exception {
        service();
        assertThat(stage.sh("PATH=$PATH:" + MONITORING + " svscan --check services"))
                .isEqualTo(new Result("no errors, no warnings in services: 1 service checked\n", "", 0));
        startService();
        stage.awaitContent("textfile/daemontools.prom", ".*_up\\{service=\"metrics\".*");
        assertThat(stage.sh("rm textfile/*; svc -d --wait=down services/metrics; svc -u services/metrics")
                        .code())
                .isZero();
        stage.awaitContent("textfile/daemontools.prom", ".*_starts_total\\{service=\"metrics\"[^}]*} 2\n.*");
        assertThat(stage.read("metrics.out") + stage.read("metrics.err")).isEmpty();
    }

    /** What README.md has an operator do, with a place of the test's own for the file. */
    private void service() throws Exception {
        Files.createDirectories(stage.path("textfile"));
        stage.sh("mkdir -p services; cp -R " + MONITORING.resolve("metrics") + " services/");
        String run = stage.read("services/metrics/run");
        assertThat(run).contains("  daemontools-metrics\n");
        stage.write(
                "services/metrics/run",
                run.replace(
                        "  daemontools-metrics\n",
                        "  daemontools-metrics " + stage.path("textfile/daemontools.prom") + "\n"));
    }

    private void startService() throws Exception {
        stage.start(
                "metrics",
                "/bin/sh",
                "-c",
                "PATH=$PATH:" + MONITORING + " SVDIR=" + stage.path("services") + " exec supervise services/metrics");
        stage.awaitSupervised("services/metrics");
    }

    @Test
    void theUnitsAreSuchAsSystemdUnderstands() throws Exception {
        assumeThereIs("systemd-analyze");
        stage.sh("cp " + MONITORING + "/*.service " + MONITORING + "/*.timer .");
        String unit = stage.read("daemontools-metrics.service");
        stage.write(
                "daemontools-metrics.service",
                unit.replace("/usr/local/bin/", MONITORING.toRealPath().resolve("") + "/"));
        // Without a manager it can still read units; a machine's own units may have faults of their own.
        assertThat(stage.sh(
                                "systemd-analyze verify --man=no ./daemontools-metrics.timer ./daemontools-metrics.service 2>&1"
                                        + " | grep daemontools-metrics")
                        .out())
                .isEmpty();
    }

    // ---- rules and dashboard ----

    @Test
    void alertsAndDashboardNameOnlyMetricsThatSvstatPrints() throws Exception {
        stage.service("hello", "exec sleep 1000");
        Set<String> printed = metrics(stage.run("svstat", "--metrics", "hello").out());
        assertThat(printed).isNotEmpty();
        for (String file : new String[] {"alerts.yml", "dashboard.json", "README.md"}) {
            assertThat(printed).as(file).containsAll(metrics(Files.readString(MONITORING.resolve(file))));
        }
    }

    private static Set<String> metrics(String text) {
        return METRIC.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void eachAlertFiresWhenItShouldAndOnlyThen() throws Exception {
        assumeThereIs("promtool");
        Files.copy(MONITORING.resolve("alerts.yml"), stage.path("alerts.yml"));
        Files.copy(Path.of("src/test/resources/monitoring/alerts.test.yml"), stage.path("alerts.test.yml"));
        assertThat(stage.sh("promtool check rules alerts.yml").code()).isZero();
        Result tests = stage.sh("promtool test rules alerts.test.yml");
        assertThat(tests.code()).as(tests.toString()).isZero();
        Set<String> alerts = alerts(Files.readString(MONITORING.resolve("alerts.yml")), "alert: (\\w+)");
        assertThat(alerts(stage.read("alerts.test.yml"), "alertname: (\\w+)"))
                .isNotEmpty()
                .isEqualTo(alerts);
    }

    private static Set<String> alerts(String text, String expression) {
        return Pattern.compile(expression)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    // ---- Prometheus itself ----

    @Test
    void prometheusThatScrapesNodeExporterHasAnAlertForAServiceThatIsDownAndTheDashboardsFigures() throws Exception {
        assumeThereIs("prometheus");
        assumeThereIs("prometheus-node-exporter");
        service();
        stage.service("services/down", "exit 0");
        // It is not started again before finish has ended.
        stage.script("services/down/finish", "exec sleep 1000");
        stage.write("services/down/timeout-finish", "0\n");
        stage.supervise("services/down");
        stage.awaitStatus("services/down", "down .*");
        startService();

        String node = address();
        stage.start(
                "node_exporter",
                "/usr/bin/prometheus-node-exporter",
                "--collector.disable-defaults",
                "--collector.textfile",
                "--collector.textfile.directory=" + stage.path("textfile"),
                "--web.listen-address=" + node);
        // Alerts fire after a second in place of minutes.
        stage.write(
                "alerts.yml", Files.readString(MONITORING.resolve("alerts.yml")).replaceAll("for: \\d+m", "for: 1s"));
        stage.write("prometheus.yml", """
                global: {scrape_interval: 1s, evaluation_interval: 1s}
                rule_files: [alerts.yml]
                scrape_configs:
                  - {job_name: node, static_configs: [{targets: ["%s"]}]}
                """.formatted(node));
        String prometheus = address();
        stage.start(
                "prometheus",
                "/usr/bin/prometheus",
                "--config.file=prometheus.yml",
                "--storage.tsdb.path=data",
                "--web.listen-address=" + prometheus);

        Await.until(
                "an alert for the service that is down, and no other",
                () -> firing(prometheus).equals(Set.of("DaemontoolsServiceDown down")));

        JsonNode dashboard = JSON.readTree(Files.readString(MONITORING.resolve("dashboard.json")));
        assertThat(dashboard.findValuesAsText("expr")).isNotEmpty().allSatisfy(expression -> {
            JsonNode answer = ask(prometheus, "query?query=" + encoded(expression.replaceAll("\\$\\w+", ".*")));
            assertThat(answer.path("status").asText()).as(expression).isEqualTo("success");
            // The last end of a service is not known of each, nor is the next start.
            if (!expression.matches(".*(last_exit|next_start).*")) {
                assertThat(answer.at("/data/result")).as(expression).isNotEmpty();
            }
        });
    }

    private static String address() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "127.0.0.1:" + socket.getLocalPort();
        }
    }

    private static String encoded(String expression) {
        return URLEncoder.encode(expression, StandardCharsets.UTF_8);
    }

    private static JsonNode ask(String prometheus, String question) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI address = URI.create("http://" + prometheus + "/api/v1/" + question);
            return JSON.readTree(client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                    .body());
        }
    }

    private static Set<String> firing(String prometheus) throws Exception {
        Set<String> firing = new TreeSet<>();
        try {
            for (JsonNode alert : ask(prometheus, "alerts").at("/data/alerts")) {
                if (!alert.path("state").asText().equals("firing")) continue;
                JsonNode labels = alert.path("labels");
                firing.add(labels.path("alertname").asText() + " "
                        + labels.path("service").asText());
            }
        } catch (ConnectException startsYet) {
            return Set.of();
        }
        return firing;
    }
}

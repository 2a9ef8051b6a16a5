package dev.towline.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.local.RunsTowline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code clients/load/run.mjs}: that it sends what it says, and that its exit code means what it says. No time is judged here. */
@RunsTowline
class LoadRunScenarios {

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @LocalServerPort
    private int port;

    @TempDir
    private Path folder;

    @BeforeAll
    static void install() {
        Node.Ended installed = Node.run(PATIENCE, List.of("clients/build.mjs", "load"));
        assertThat(installed.exitCode()).as("%s", installed).isZero();
    }

    @Test
    void sendsEveryOperationAndWritesAReport() throws IOException {
        Path report = folder.resolve("report");
        Node.Ended ended = run("smoke", "{}", "--rate=30", "--seconds=5", "--watchers=10", "--report=" + report);

        assertThat(ended.exitCode()).as("%s", ended).isZero();
        JsonNode json = json(ended);
        assertThat(json.path("operations").propertyNames())
                .contains("createIncident", "getTrackingSession", "getVendor", "searchVendorsNearby", "updateLocation");
        assertThat(json.at("/steps/update received/count").asInt()).isPositive();
        assertThat(json.path("operations").valueStream())
                .allSatisfy(each -> assertThat(each.path("failed").asInt()).isZero());
        assertThat(json.at("/watched/received").asInt()).isPositive();
        assertThat(json.at("/watched/received").asInt())
                .as("no update is missing and each counts")
                .isEqualTo(json.at("/steps/update received/count").asInt());
        assertThat(List.of("missing", "holes", "broken"))
                .allSatisfy(fault -> assertThat(json.path("watched").path(fault).asInt())
                        .as(fault)
                        .isZero());
        assertThat(json.at("/peer/count").asInt()).isEqualTo(100);
        assertThat(sent(json)).isEqualTo(150);
        assertThat(report).isDirectoryContaining("glob:**/report.html").isDirectoryContaining("glob:**/report.md");
        assertThat(JsonMapper.shared().readTree(Files.readString(report.resolve("report.json"))))
                .isEqualTo(json);
        assertThat(ended.errors())
                .containsPattern("5 of 5 s: 30 requests/s, 0 failed, p95 [0-9.]+ ms; 0 not answered yet");
    }

    @Test
    void givesEveryIncidentAWatcher() {
        JsonNode json = json(run("incidents", "{}", "--rate=20", "--seconds=2", "--warmup=0"));

        assertThat(json.at("/operations/incident with a watcher/count").asInt()).isEqualTo(40);
        assertThat(json.at("/operations/incident with a watcher/failed").asInt())
                .isZero();
        assertThat(List.of(
                        "createIncident",
                        "startTrackingSession",
                        "watcher opened",
                        "updateLocation",
                        "update received"))
                .allSatisfy(step -> assertThat(
                                json.path("steps").path(step).path("count").asInt())
                        .as(step)
                        .isEqualTo(40));
    }

    @Test
    void failsWhereAThresholdIsMissed() {
        String impossible = "{\"operations\": {\"getVendor\": {\"p95\": 0.001}}}";
        Node.Ended ended = run("smoke", impossible, "--seconds=2", "--warmup=0");
        assertThat(ended.exitCode()).as("%s", ended).isEqualTo(1);
        assertThat(json(ended).at("/verdicts/0/met").asBoolean(true)).isFalse();
    }

    @Test
    void failsWhereSomethingBecameWorse() throws IOException {
        Node.Ended first = run("smoke", "{}", "--rate=60", "--seconds=5", "--warmup=1");
        assertThat(first.exitCode()).as("%s", first).isZero();
        Path stored = folder.resolve("stored.json");
        ObjectNode faster = json(first).asObject();
        faster.path("operations").forEach(each -> {
            ObjectNode percentiles = each.path("percentiles").asObject();
            percentiles.propertyNames().stream().toList().forEach(percent -> percentiles.put(percent, 0.001));
            each.path("slices").forEach(slice -> {
                ObjectNode figures = slice.path("percentiles").asObject();
                figures.propertyNames().stream().toList().forEach(percent -> figures.put(percent, 0.001));
            });
        });
        Files.writeString(stored, faster.toString());

        Path report = folder.resolve("worse");
        Node.Ended ended = run(
                "smoke", "{}", "--rate=60", "--seconds=5", "--warmup=1", "--compare=" + stored, "--report=" + report);

        assertThat(ended.exitCode()).as("%s", ended).isEqualTo(1);
        assertThat(report).isDirectoryContaining("glob:**/report.json");
        assertThat(json(ended).path("comparison").valueStream())
                .anySatisfy(each -> assertThat(each.path("worse").asBoolean()).isTrue());
    }

    @Test
    void refusesAStoredRunOfAnotherSizeBeforeItSendsAnything() throws IOException {
        Path stored = Files.writeString(
                folder.resolve("other.json"), "{\"kind\": \"smoke\", \"ratePerSecond\": 11, \"watchers\": 5}");
        Node.Ended ended = run("smoke", "{}", "--compare=" + stored);
        assertThat(ended.exitCode()).as("%s", ended).isEqualTo(2);
        assertThat(ended.errors())
                .contains("The runs differ in ratePerSecond: 10 and 11")
                .doesNotContain("requests/s");
    }

    @Test
    void saysWhatItDoesNotUnderstand() {
        Node.Ended ended = Node.run(PATIENCE, List.of("clients/load/run.mjs", "sprint"));
        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.errors()).contains("There is no kind sprint: the kinds are smoke, mixed, incidents");
    }

    private Node.Ended run(String kind, String thresholds, String... options) {
        try {
            Path file = Files.writeString(folder.resolve("thresholds.json"), thresholds);
            List<String> command = new ArrayList<>(List.of(
                    "clients/load/run.mjs",
                    kind,
                    "--json",
                    "--url=http://127.0.0.1:%d/graphql".formatted(port),
                    "--thresholds=" + file));
            command.addAll(List.of(options));
            return Node.run(PATIENCE, command);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode json(Node.Ended ended) {
        return JsonMapper.shared().readTree(ended.output());
    }

    private static int sent(JsonNode report) {
        return report.path("operations")
                .valueStream()
                .mapToInt(each -> each.path("count").asInt())
                .sum();
    }
}

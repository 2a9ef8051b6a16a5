package dev.towline.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.local.RunsTowline;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.graphql.test.tester.HttpGraphQlTester;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code clients/driver/drive.mjs} on a running service: the summary is what the service has, and the exit code means what it says. */
@RunsTowline
class DriverScenarios {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String TENANT = "driver";
    private static final String GPX = "clients/driver/example/drive.gpx";
    private static final int FIXES_IN_GPX = 76;

    /** A command of README.md, up to its comment. */
    private static final Pattern EXAMPLE =
            Pattern.compile("(?m)^node (clients/driver/drive\\.mjs (?:(?!--url)[^#\\n])*?)(?: +#.*)?$");

    /** In degrees: the error of a receiver. */
    private static final Offset<Double> SOME_METERS = Offset.offset(0.0002);

    private static final Executor PROCESSES = task -> Thread.ofPlatform().start(task);

    @LocalServerPort
    private int port;

    @Autowired
    private MeterRegistry meters;

    @TempDir
    private Path folder;

    @BeforeAll
    static void install() {
        Node.Ended installed = Node.run(PATIENCE, List.of("clients/build.mjs", "driver"));
        assertThat(installed.exitCode()).as("%s", installed).isZero();
    }

    @Test
    void drivesInASessionThatIsThere() {
        String session = MovingSession.standing(api());
        JsonNode summary = summary(drive(GPX, "--session=" + session, "--speed=100x", "--complete"), 0);

        Map<String, Integer> outcomes = outcomes(summary);
        assertThat(sum(outcomes, "STORED", "LIVE_ONLY")).isEqualTo(FIXES_IN_GPX);
        assertThat(summary.at("/drives/0/sessionId").asString()).isEqualTo(session);
        // a step stores the location that it tells, also if that was LIVE_ONLY
        assertThat(trail(session)).hasSizeBetween(sum(outcomes, "STORED"), sum(outcomes, "STORED") + 1);
        JsonNode stored = session(session);
        assertThat(stored.path("status").asString()).isEqualTo("COMPLETED");
        // where the recorded drive ends
        assertThat(stored.at("/currentLocation/latitude").asDouble()).isEqualTo(30.2849, SOME_METERS);
        assertThat(stored.at("/currentLocation/longitude").asDouble()).isEqualTo(-97.7341, SOME_METERS);
    }

    @Test
    void whatItDropsShufflesAndBuffersIsWhatTheServiceHas() {
        CountedFixes counted = new CountedFixes(meters);
        JsonNode summary = summary(
                drive(
                        "--simulate",
                        "--vehicles=3",
                        "--duration=30s",
                        "--speed=15x",
                        "--drop=10%",
                        "--shuffle",
                        "--offline=500ms",
                        "--offline-at=500ms"),
                0);

        Map<String, Integer> outcomes = outcomes(summary);
        // 31 fixes of each vehicle, of which 3 are dropped
        assertThat(summary.at("/fixes/dropped").asInt()).isEqualTo(9);
        assertThat(outcomes.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(84);
        assertThat(outcomes).containsKeys("STORED", "LATE").isEqualTo(counted.since());
        assertThat(summary.path("drives").valueStream())
                .hasSize(3)
                .allSatisfy(each -> assertThat(each.path("status").asString()).isEqualTo("ARRIVED"));
        int inTrails = summary.path("drives")
                .valueStream()
                .mapToInt(each -> trail(each.path("sessionId").asString()).size())
                .sum();
        int kept = sum(outcomes, "STORED", "LATE");
        assertThat(inTrails).isBetween(kept, kept + 3);
    }

    @Test
    void itsExitCodeSaysHowItEnded() throws IOException {
        Path impossible = Files.writeString(folder.resolve("impossible.ndjson"), """
            {"latitude": 30.27, "longitude": -97.74, "timeMs": 0}
            {"latitude": 0, "longitude": 0, "timeMs": 100}
            """);
        CompletableFuture<Node.Ended> refused = begin(impossible.toString());
        CompletableFuture<Node.Ended> forbidden =
                begin("--simulate", "--session=nobody", "--role=VENDOR", "--subject=nobody");
        CompletableFuture<Node.Ended> misspelt = begin("--simulate", "--speeed=10x");
        CompletableFuture<Node.Ended> unreachable = begin("--simulate", "--url=http://127.0.0.1:1/graphql");

        JsonNode summary = summary(refused.join(), 1);
        assertThat(summary.path("rejectedByReason").propertyNames())
                .singleElement()
                .asString()
                .contains("exactly 0");
        assertThat(forbidden.join().exitCode()).as("%s", forbidden.join()).isEqualTo(2);
        assertThat(forbidden.join().errors()).contains("--session: there is no session nobody");
        assertThat(misspelt.join().exitCode()).isEqualTo(2);
        assertThat(misspelt.join().errors()).contains("--speeed");
        assertThat(unreachable.join().exitCode()).isEqualTo(3);
        assertThat(Stream.of(forbidden, misspelt, unreachable)
                        .map(each -> each.join().output()))
                .containsOnly("");
    }

    @Test
    void theExamplesOfItsPagesWork() {
        String session = MovingSession.standing(api());
        List<CompletableFuture<Node.Ended>> examples = Stream.of("clients/driver/README.md", "clients/README.md")
                .flatMap(page -> EXAMPLE.matcher(Node.read(Path.of(page))).results())
                .map(example -> example.group(1).replace("SESSION", session).split(" +"))
                .map(words -> begin(Stream.concat(Stream.of(words).skip(1), Stream.of("--for=1s"))
                        .toArray(String[]::new)))
                .toList();
        assertThat(examples).hasSizeGreaterThan(5);
        assertThat(examples)
                .allSatisfy(example -> assertThat(
                                summary(example.join(), 0).path("ok").asBoolean())
                        .isTrue());
    }

    private HttpGraphQlTester api() {
        return HttpGraphQlTester.create(WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:%d/graphql".formatted(port))
                .defaultHeader("X-Towline-Local-Tenant", TENANT)
                .responseTimeout(PATIENCE)
                .build());
    }

    private Node.Ended drive(String... options) {
        return begin(options).join();
    }

    /** An option that is given twice counts as it is given last. */
    private CompletableFuture<Node.Ended> begin(String... options) {
        List<String> command = new ArrayList<>(List.of(
                "clients/driver/drive.mjs",
                "--url=http://127.0.0.1:%d/graphql".formatted(port),
                "--tenant=" + TENANT,
                "--json"));
        command.addAll(List.of(options));
        return CompletableFuture.supplyAsync(() -> Node.run(PATIENCE, command), PROCESSES);
    }

    private static JsonNode summary(Node.Ended ended, int exitCode) {
        assertThat(ended.exitCode()).as("%s", ended).isEqualTo(exitCode);
        return JsonMapper.shared().readTree(ended.output());
    }

    private static Map<String, Integer> outcomes(JsonNode summary) {
        Map<String, Integer> outcomes = new TreeMap<>();
        summary.path("outcomes")
                .properties()
                .forEach(each -> outcomes.put(each.getKey(), each.getValue().asInt()));
        outcomes.values().removeIf(count -> count == 0);
        return outcomes;
    }

    private static int sum(Map<String, Integer> outcomes, String... names) {
        return Stream.of(names).mapToInt(name -> outcomes.getOrDefault(name, 0)).sum();
    }

    private JsonNode session(String id) {
        return JsonMapper.shared()
                .valueToTree(api().document("""
                    query($id: ID!) { getTrackingSession(id: $id) {
                      status currentLocation { latitude longitude } trail { edges { node { recordedAt } } }
                    } }\
                    """)
                        .variable("id", id)
                        .execute()
                        .path("getTrackingSession")
                        .entity(Object.class)
                        .get());
    }

    private List<JsonNode> trail(String id) {
        return session(id).at("/trail/edges").valueStream().toList();
    }
}

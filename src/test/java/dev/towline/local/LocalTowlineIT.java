package dev.towline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;

/** What {@code spring-boot:test-run} starts, as a process of its own. */
class LocalTowlineIT {

    private static final Pattern GRAPHIQL = Pattern.compile("http://localhost:(\\d+)/graphiql");

    private static final String MOVING = """
        {"query": "{ listTrackingSessions(filter: {statuses: [EN_ROUTE]}, first: 1) { edges { node {
            currentLocation { latitude longitude } eta { durationSeconds } vendor { name } } } } }"}\
        """.replace("\n", " ");

    @TempDir
    private Path parent;

    @Test
    void saysWhereEverythingIsShowsAFleetAndEndsWhenTold() throws IOException, InterruptedException {
        try (ChildJvm service = start()) {
            List<String> printed = service.outputUntil(line -> line.contains("Ctrl-C"));
            assertThat(printed)
                    .anyMatch(line -> line.contains(parent.resolve("data").toString()))
                    .noneMatch(line -> line.startsWith("{"));
            int port = servicePort(printed);
            assertThat(get("http://127.0.0.1:%d/actuator/health/readiness".formatted(port)))
                    .isEqualTo(200);
            assertThat(get("http://127.0.0.1:%d/graphiql?path=/graphql".formatted(port)))
                    .isEqualTo(200);
            assertThat(Probe.otherAddresses()).noneMatch(address -> Probe.listens(address, port));

            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(moving(port)).contains("\"currentLocation\":{", "\"eta\":{"));
            String first = moving(port);
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(
                            () -> assertThat(moving(port)).contains("\"eta\":{").isNotEqualTo(first));

            try (ChildJvm second = start()) {
                assertThat(second.outputUntil(_ -> false))
                        .anyMatch(line -> line.contains("towline.local.data-dir: another run is using"));
                assertThat(second.process().waitFor()).isEqualTo(1);
            }

            service.process().destroy();
            assertThat(service.process().waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void showsNoFleetWhereNoneIsWanted() {
        // in this JVM, where most of what it needs is loaded
        var service = SpringApplication.from(LocalTowline::main)
                .run(arguments("--towline.demo.enabled=false"))
                .getApplicationContext();
        try (EmbeddedStack stack = service.getBean(EmbeddedStack.class);
                service) {
            int port = service.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
            assertThat(stack.dataFolder()).startsWith(parent.toString());
            String before = moving(port);
            await().during(Duration.ofSeconds(6))
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(
                            () -> assertThat(moving(port)).isEqualTo(before).contains("\"data\""));
        }
    }

    @ParameterizedTest
    @CsvSource({"towline.local.redis-port, six", "towline.demo.vehicles, 0"})
    void namesASettingThatIsWrong(String setting, String wrong) throws IOException, InterruptedException {
        try (ChildJvm service = start("--" + setting + "=" + wrong)) {
            assertThat(service.outputUntil(_ -> false)).anyMatch(line -> line.contains(setting));
            assertThat(service.process().waitFor()).isEqualTo(1);
        }
    }

    private ChildJvm start(String... more) throws IOException {
        return ChildJvm.start(LocalTowline.class, arguments(more));
    }

    private String[] arguments(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--towline.local.data-dir=" + parent.resolve("data"),
                "--towline.local.redis-port=26379",
                "--towline.local.dynamo-port=28000",
                "--server.port=28080"));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    private static int servicePort(List<String> printed) {
        return printed.stream()
                .flatMap(line -> GRAPHIQL.matcher(line).results())
                .map((MatchResult match) -> Integer.parseInt(match.group(1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError(String.join("\n", printed)));
    }

    private static String moving(int port) {
        return Http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/graphql".formatted(port)))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(MOVING)))
                .body();
    }

    private static int get(String url) {
        return Http.get(URI.create(url)).statusCode();
    }
}

package dev.towline.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code spring-boot:test-run} starts, as a process of its own. */
class LocalTowlineIT {

    private static final Pattern GRAPHIQL = Pattern.compile("http://localhost:(\\d+)/graphiql");

    @TempDir
    private Path parent;

    @Test
    void saysWhereEverythingIsAndEndsWhenTold() throws IOException, InterruptedException {
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
    void namesASettingThatIsWrong() throws IOException, InterruptedException {
        try (ChildJvm service = start("--towline.local.redis-port=six")) {
            assertThat(service.outputUntil(_ -> false)).anyMatch(line -> line.contains("towline.local.redis-port"));
            assertThat(service.process().waitFor()).isEqualTo(1);
        }
    }

    private ChildJvm start(String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "--towline.local.data-dir=" + parent.resolve("data"),
                "--towline.local.redis-port=26379",
                "--towline.local.dynamo-port=28000",
                "--server.port=28080",
                "--towline.demo.enabled=false"));
        arguments.addAll(List.of(more));
        return ChildJvm.start(LocalTowline.class, arguments.toArray(String[]::new));
    }

    private static int servicePort(List<String> printed) {
        return printed.stream()
                .flatMap(line -> GRAPHIQL.matcher(line).results())
                .map((MatchResult match) -> Integer.parseInt(match.group(1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError(String.join("\n", printed)));
    }

    private static int get(String url) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                    .timeout(Duration.ofSeconds(10))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }
}

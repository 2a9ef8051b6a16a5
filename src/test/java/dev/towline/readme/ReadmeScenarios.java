package dev.towline.readme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

import dev.towline.local.Http;
import dev.towline.local.RunsTowline;
import dev.towline.readme.Page.Block;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The job of README.md, command by command, against a running service: each answers what README.md shows, to the letter but for ids
 * and times. The commands are read, not given to a shell, which may be absent.
 */
@RunsTowline
class ReadmeScenarios {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Pattern ID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32}");
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
    private static final Pattern METRIC = Pattern.compile("(?<=`)towline\\.[a-z.]+(?=`)");

    private final Map<String, String> names = new HashMap<>();
    private final List<String> updates = new CopyOnWriteArrayList<>();
    private String answer = "";

    @LocalServerPort
    private int port;

    @Test
    void theJobGoesAsItIsShown() throws IOException, InterruptedException {
        int compared = 0;
        for (Block block : Page.read("README.md").section("A job, step by step").blocks()) {
            if (!block.language().equals("bash")) {
                assertThat(withoutIdsAndTimes(answer)).isEqualTo(withoutIdsAndTimes(block.text()));
                compared++;
            } else if (!block.text().contains("() {")) {
                run(block);
            }
        }
        assertThat(compared).isGreaterThanOrEqualTo(9);
        assertThat(Page.read("infra-notes/operations.md")
                        .section("Health and metrics")
                        .all(METRIC))
                .isNotEmpty()
                .allMatch(metrics()::contains);
    }

    private void run(Block block) {
        Shell shell = new Shell(block.text(), this::value);
        for (List<String> command = shell.next(); !command.isEmpty(); command = shell.next()) {
            switch (command.getFirst()) {
                case "gql" -> answer = post(query(command));
                case "curl" -> watch(command.get(command.indexOf("--data-binary") + 1));
                case "cat" -> answer = whole(updates);
                default -> assign(command);
            }
        }
    }

    private String value(String expression) {
        if (expression.startsWith("ago ")) {
            long seconds = Long.parseLong(expression.substring("ago ".length()));
            return Instant.now()
                    .minusSeconds(seconds)
                    .truncatedTo(ChronoUnit.MILLIS)
                    .toString();
        }
        if (expression.equals("firstId")) {
            JsonNode data = JsonMapper.shared().readTree(answer).path("data");
            return data.values().iterator().next().path("id").asString();
        }
        return Objects.requireNonNull(names.get(expression), expression);
    }

    private void assign(List<String> command) {
        String[] sides = command.getFirst().split("=", 2);
        if (command.size() > 1 || sides.length < 2) {
            fail("a command that this test does not know: " + command);
        }
        names.put(sides[0], sides[1]);
    }

    private static String query(List<String> command) {
        Object variables = command.size() < 3 ? Map.of() : JsonMapper.shared().readTree(command.get(2));
        return JsonMapper.shared().writeValueAsString(Map.of("query", command.get(1), "variables", variables));
    }

    private String post(String body) {
        return Http.send(request(body)).body() + "\n";
    }

    /** Goes on when the stream has begun: a person is never as fast. */
    private void watch(String body) {
        var _ = Http.CLIENT
                .sendAsync(request(body).header("Accept", "text/event-stream").build(), BodyHandlers.ofLines())
                .thenAccept(response -> response.body().forEach(updates::add));
        await().atMost(PATIENCE).until(() -> !updates.isEmpty());
    }

    private static String whole(List<String> updates) {
        await().atMost(PATIENCE)
                .until(() ->
                        updates.contains("event: complete") && updates.getLast().isEmpty());
        return String.join("\n", updates.subList(0, updates.size() - 1)) + "\n";
    }

    private HttpRequest.Builder request(String body) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/graphql".formatted(port)))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("X-Towline-Local-Tenant", "readme")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    /** The names of all metrics, as the pages write them. */
    private List<String> metrics() {
        URI uri = URI.create("http://127.0.0.1:%d/actuator/prometheus".formatted(port));
        return Http.get(uri)
                .body()
                .lines()
                .filter(line -> line.startsWith("# TYPE "))
                .map(line -> line.split(" ", 4)[2]
                        .replaceAll("_(seconds|total)$", "")
                        .replace('_', '.'))
                .toList();
    }

    private static String withoutIdsAndTimes(String text) {
        return TIME.matcher(ID.matcher(text).replaceAll("<id>")).replaceAll("<time>");
    }
}

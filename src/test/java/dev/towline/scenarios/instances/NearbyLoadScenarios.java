package dev.towline.scenarios.instances;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.clients.Node;
import dev.towline.local.MeasuredCpu;
import dev.towline.local.SharedStack;
import io.lettuce.core.RedisClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Searches for vendors nearby, by {@code clients/load/nearby.mjs}. With {@code -Dtowline.nearby="--data=FOLDER --seconds=10"} it runs that on the
 * production jar, with the JVM options of production, and has to meet its limits.
 */
@MeasuredCpu
class NearbyLoadScenarios {

    private static final String FULL = "towline.nearby";
    private static final Pattern SPACES = Pattern.compile(" +");
    private static final Duration PATIENCE = Duration.ofMinutes(40);
    private static final List<String> PRODUCTION = List.of("-XX:+UseSerialGC", "-Xmx768m");

    private static final String TENANT = "nearby";

    /** Without an index a computed search reads its vendors from DynamoDB, and takes ten times as long as a remembered one. */
    private static final double MOST_TO_REMEMBERED = 8;

    @Test
    void computesSearchesFromMemory() {
        @Nullable String full = System.getProperty(FULL);
        Map<String, String> settings = new HashMap<>(SharedStack.freshProperties());
        settings.put("towline.viewer.unauthenticated-role", "DISPATCHER");
        settings.put("towline.rates.enabled", "false");
        try (TowlineProcess service =
                full == null ? TowlineProcess.launch(settings) : TowlineProcess.launchJar(PRODUCTION, settings)) {
            service.awaitReady();
            List<String> command = new ArrayList<>(List.of(
                    "clients/load/nearby.mjs", "--json", "--tenant=" + TENANT, "--url=" + service.uri("/graphql")));
            command.addAll(
                    full == null
                            ? List.of(
                                    "--vendors=400",
                                    "--rate=40",
                                    "--seconds=0.4",
                                    "--warmup=6",
                                    "--cold=10000",
                                    "--cached=10000")
                            : SPACES.splitAsStream(full).toList());
            Node.Ended ended = Node.run(PATIENCE, command);
            System.out.println(ended.errors());
            assertThat(ended.exitCode()).as("%s", ended).isLessThan(2);
            JsonNode report = JsonMapper.shared().readTree(ended.output());
            System.out.println(report.toPrettyString());
            if (full == null) {
                assertShort(report);
            } else {
                printLoad("a complete index in Redis", settings);
                emptyRedis(settings);
                printLoad("an empty Redis", settings);
                assertThat(ended.exitCode()).as("every limit is met").isZero();
            }
        }
    }

    /** Prints how long a new instance takes until it has the vendors in memory. */
    private static void printLoad(String from, Map<String, String> settings) {
        try (TowlineProcess another = TowlineProcess.launchJar(PRODUCTION, settings)) {
            another.awaitReady();
            another.api()
                    .with("X-Towline-Local-Tenant", TENANT)
                    .response(
                            "{ searchVendorsNearby(near: {latitude: 0, longitude: 0}, radiusMiles: 1) { totalCount } }",
                            Map.of());
            Awaitility.await().atMost(PATIENCE).until(() -> loads(another, "count") > 0);
            System.out.printf(
                    "@@ a new instance loaded %.0f vendors in %.1f s from %s%n",
                    Metrics.of(List.of(another)).sum("towline_search_index_vendors"), loads(another, "sum"), from);
        }
    }

    private static double loads(TowlineProcess instance, String figure) {
        return Metrics.of(List.of(instance)).sum("towline_search_index_loads_seconds_" + figure, "\"redis\"");
    }

    private static void emptyRedis(Map<String, String> settings) {
        String server = "redis://%s:%s"
                .formatted(settings.get("spring.data.redis.host"), settings.get("spring.data.redis.port"));
        try (RedisClient client = RedisClient.create(server)) {
            client.connect().sync().flushall();
        }
    }

    private static void assertShort(JsonNode report) {
        assertThat(report.path("rows").valueStream())
                .hasSize(36)
                .allSatisfy(row ->
                        assertThat(row.path("failed").asInt()).as("%s", row).isZero());
        double computed = report.path("sources").path("index").asDouble();
        double all = report.path("sources")
                .valueStream()
                .mapToDouble(JsonNode::asDouble)
                .sum();
        assertThat(computed).as("%s", report.path("sources")).isGreaterThan(0.9 * all);
        assertThat(median(report, false)).isLessThan(MOST_TO_REMEMBERED * median(report, true));
    }

    private static double median(JsonNode report, boolean isCached) {
        double[] sorted = report.path("rows")
                .valueStream()
                .filter(row -> row.path("isCached").asBoolean() == isCached)
                .mapToDouble(row -> row.path("p50Ms").asDouble())
                .sorted()
                .toArray();
        return sorted[sorted.length / 2];
    }
}

package dev.towline.scenarios.instances;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.towline.local.EmbeddedRedis;
import dev.towline.local.SharedStack;
import dev.towline.scenarios.Dispatcher;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

/** The position index in the memory of two instances: with Redis, without Redis, and when Redis is back or differs from DynamoDB. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NearbyIndexScenarios {

    private static final Duration SOON = Duration.ofSeconds(40);

    /** A search must not take longer than the limits of the systems that it asks. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static final double LATITUDE = 51.5;
    private static final double LONGITUDE = -0.1;

    private static final EmbeddedRedis REDIS = EmbeddedRedis.inMemory(0);

    /** Each search has another radius, so that no answer of an earlier one is remembered. */
    private static final AtomicInteger SEARCHES = new AtomicInteger();

    private static List<TowlineProcess> instances = List.of();

    @BeforeAll
    static void startTwo() {
        Map<String, String> settings = new HashMap<>(SharedStack.freshProperties());
        settings.put("towline.viewer.unauthenticated-role", "OPERATOR"); // who sees jobs
        settings.put("spring.data.redis.host", "127.0.0.1");
        settings.put("spring.data.redis.port", Integer.toString(REDIS.port()));
        // so that few vendors are enough
        settings.put("towline.search.max-listed", "3");
        settings.put("towline.search.reconcile-after", "1s");
        settings.put("towline.search.reconcile-every", "1s");
        instances = List.of(TowlineProcess.launch(settings), TowlineProcess.launch(settings));
        instances.forEach(TowlineProcess::awaitReady);
        for (int i = 0; i < 6; i++) {
            one().registerVendor("v" + i, LATITUDE, LONGITUDE);
        }
        instances.forEach(NearbyIndexScenarios::untilInMemory);
    }

    @AfterAll
    static void stop() {
        instances.forEach(TowlineProcess::close);
        REDIS.close();
    }

    private record Found(Set<String> ids, int totalCount, String result, String reason) {}

    @Test
    @Order(1)
    void aVendorThatBecomesBusyIsGoneFromTheSearchesOfTheOther() {
        String vendor = one().registerVendor("busy", LATITUDE, LONGITUDE);
        await().atMost(SOON).until(() -> search(other()).ids.contains(vendor));
        for (String availability : List.of("BUSY", "AVAILABLE", "OFFLINE", "AVAILABLE", "BUSY")) {
            declare(vendor, availability);
            boolean isExpected = availability.equals("AVAILABLE");
            // the promise is 50 ms at p99 on a machine that has time
            await().pollInterval(Duration.ofMillis(10))
                    .atMost(Duration.ofSeconds(2))
                    .until(() -> search(other()).ids.contains(vendor) == isExpected);
            assertThat(search(instances.getFirst()).ids.contains(vendor))
                    .as("who has written it sees it at once")
                    .isEqualTo(isExpected);
        }
    }

    @Test
    @Order(2)
    void whoHasSeenAVersionNeverFindsAnOlderOne() {
        String vendor = one().registerVendor("seen", LATITUDE, LONGITUDE);
        for (int version = 2; version <= 30; version++) {
            String availability = version % 2 == 0 ? "OFFLINE" : "AVAILABLE";
            declare(vendor, availability);
            assertThat(search(other(), "vendor:%s=%d".formatted(vendor, version))
                            .ids
                            .contains(vendor))
                    .as("version %d", version)
                    .isEqualTo(availability.equals("AVAILABLE"));
        }
    }

    @Test
    @Order(3)
    void differencesAreFoundAndMended() {
        String vendor = one().registerVendor("lost", LATITUDE, LONGITUDE);
        double before = Metrics.of(instances).sum("towline_search_index_repaired_total");
        try (RedisClient client = RedisClient.create("redis://127.0.0.1:" + REDIS.port())) {
            RedisCommands<String, String> redis = client.connect().sync();
            assertThat(redis.keys("*:vendors:*:members").stream()
                            .mapToLong(key -> redis.hdel(key, vendor))
                            .sum())
                    .isEqualTo(1);
            redis.keys("*:vendors:*:positions").forEach(key -> redis.zrem(key, vendor));
            await().atMost(SOON)
                    .until(() ->
                            redis.keys("*:vendors:*:members").stream().anyMatch(key -> redis.hexists(key, vendor)));
        }
        assertThat(Metrics.of(instances).sum("towline_search_index_repaired_total"))
                .isGreaterThan(before);
    }

    @Test
    @Order(4)
    void searchesGoOnWithoutRedisAndAreRightAgainWithAnEmptyOne() {
        String leaves = one().registerVendor("leaves", LATITUDE, LONGITUDE);
        await().atMost(SOON).until(() -> search(other()).ids.contains(leaves));

        REDIS.stop();

        await().atMost(SOON).until(() -> search(other()).reason.equals("last-known"));
        declare(leaves, "OFFLINE");
        String meanwhile = one().registerVendor("meanwhile", LATITUDE, LONGITUDE);
        assertThat(search(instances.getFirst()).ids)
                .as("who has written it sees it at once")
                .contains(meanwhile)
                .doesNotContain(leaves);
        long start = System.nanoTime();
        Found lastKnown = search(other());
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LIMIT);
        assertThat(lastKnown.result).as("it may lack vendors, and says so").isEqualTo("stale");
        assertThat(lastKnown.ids)
                .as("no vendor is shown as it is not any more")
                .doesNotContain(leaves)
                .isNotEmpty();

        REDIS.start(); // with nothing in it
        long back = System.nanoTime();

        await().pollInterval(Duration.ofMillis(50)).atMost(SOON).until(() -> {
            Found found = search(other());
            assertThat(found.ids).doesNotContain(leaves);
            boolean isRight = found.ids.contains(meanwhile);
            assertThat(isRight || found.result.equals("stale") || found.result.equals("miss"))
                    .isTrue();
            return isRight && !found.result.equals("stale");
        });
        instances.forEach(NearbyIndexScenarios::untilInMemory);
        assertThat(kindsOfSucceededJobs()).contains("VENDOR_INDEX_REBUILD", "VENDOR_RECONCILIATION");
        System.out.printf(
                "@@ Redis is back, and the index in memory again after %d ms%n",
                (System.nanoTime() - back) / 1_000_000);
        assertThat(search(other()).ids)
                .isEqualTo(search(instances.getFirst()).ids)
                .contains(meanwhile);
    }

    private static List<String> kindsOfSucceededJobs() {
        return other().api()
                .query("listJobs(filter: {scope: SERVICE, statuses: [SUCCEEDED]}, first: 100) { edges { node { kind }"
                        + " } }")
                .path("edges")
                .findValuesAsString("kind");
    }

    private static void untilInMemory(TowlineProcess instance) {
        await().atMost(SOON).until(() -> {
            double before = Metrics.of(List.of(instance)).sum("towline_search_seconds_count", "\"index\"");
            search(instance);
            return Metrics.of(List.of(instance)).sum("towline_search_seconds_count", "\"index\"") > before;
        });
    }

    private static Found search(TowlineProcess instance) {
        return search(instance, "");
    }

    private static Found search(TowlineProcess instance, String seen) {
        JsonNode answer = instance.api()
                .with("X-Towline-Cache-Report", "1")
                .with("X-Towline-Seen", seen)
                .response(
                        """
                        query($near: PositionInput!, $radiusMiles: Float!) {
                          searchVendorsNearby(near: $near, radiusMiles: $radiusMiles, first: 100, filter: {availableOnly: true}) {
                            totalCount edges { node { id availability } } } }\
                        """,
                        Map.of(
                                "near",
                                Map.of("latitude", LATITUDE, "longitude", LONGITUDE),
                                "radiusMiles",
                                10 + SEARCHES.incrementAndGet() / 1e6));
        JsonNode found = answer.at("/data/searchVendorsNearby");
        assertThat(found.path("edges")
                        .valueStream()
                        .map(edge -> edge.at("/node/availability").asString()))
                .containsOnly("AVAILABLE");
        JsonNode report = answer.at("/extensions/cache").path("/searchVendorsNearby");
        return new Found(
                found.path("edges")
                        .valueStream()
                        .map(edge -> edge.at("/node/id").asString())
                        .collect(Collectors.toSet()),
                found.path("totalCount").asInt(),
                report.path("result").asString(""),
                report.path("reason").asString(""));
    }

    private static void declare(String vendor, String availability) {
        instances
                .getFirst()
                .api()
                .mutate("setVendorAvailability(input: {vendorId: '%s', availability: %s}) { version }"
                        .formatted(vendor, availability));
    }

    private static Dispatcher one() {
        return new Dispatcher(instances.getFirst().api());
    }

    private static TowlineProcess other() {
        return instances.getLast();
    }
}

package dev.towline.cache.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.towline.cache.Around;
import dev.towline.cache.CacheFixture;
import dev.towline.cache.CacheMetrics;
import dev.towline.cache.CacheStatus;
import dev.towline.cache.ComputedKey;
import dev.towline.cache.LookupResult;
import dev.towline.cache.MemorySize;
import dev.towline.cache.Policies;
import dev.towline.cache.Thing;
import dev.towline.cache.Tier;
import dev.towline.cache.Truck;
import dev.towline.store.Entity;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CacheStatisticsTests {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final CacheMetrics metrics = new CacheMetrics(meters);

    @Test
    void reportsTheHitRatioOfEachField() {
        metrics.count("Query.a", result(CacheStatus.HIT, Tier.L1));
        metrics.count("Query.a", result(CacheStatus.HIT, Tier.REQUEST));
        metrics.count("Query.a", result(CacheStatus.STALE, Tier.L1));
        metrics.count("Query.a", result(CacheStatus.RENEWED, Tier.L1));
        metrics.count("Query.a", result(CacheStatus.MISS, Tier.STORE));
        metrics.count("Query.a", result(CacheStatus.BYPASS, Tier.STORE));
        metrics.count("Query.b", result(CacheStatus.BYPASS, Tier.STORE));

        Map<String, CacheStatistics.Field> fields = statistics(
                        Map.of("Query.a", "thing", "Query.b", "thing", "Query.c", "Query.c"), Map.of())
                .fields();
        assertThat(fields).containsOnlyKeys("Query.a", "Query.b", "Query.c");
        assertThat(fields.get("Query.a"))
                .isEqualTo(new CacheStatistics.Field(
                        Map.of("hit", 2L, "stale", 1L, "renewed", 1L, "miss", 1L, "bypass", 1L),
                        0.8,
                        "thing",
                        0,
                        0,
                        Map.of()));
        assertThat(fields.get("Query.b"))
                .isEqualTo(new CacheStatistics.Field(Map.of("bypass", 1L), null, "thing", 0, 0, Map.of()));
        assertThat(fields.get("Query.c"))
                .isEqualTo(new CacheStatistics.Field(Map.of(), null, "Query.c", 0, 0, Map.of()));
    }

    @Test
    void reportsTheSizeAndEvictionsOfEachField() {
        metrics.evicted("thing", "size");
        metrics.evicted("thing", "size");
        metrics.evicted("thing", "explicit");
        metrics.evicted("Query.b", "explicit");

        CacheStatistics statistics = statistics(
                Map.of("Query.a", "thing", "Query.b", "Query.b"),
                Map.of("thing", new MemorySize(3, 300), "Query.b", new MemorySize(1, 800)));
        assertThat(statistics.fields().get("Query.a"))
                .isEqualTo(
                        new CacheStatistics.Field(Map.of(), null, "thing", 3, 300, Map.of("size", 2L, "explicit", 1L)));
        assertThat(statistics.fields().get("Query.b"))
                .isEqualTo(new CacheStatistics.Field(Map.of(), null, "Query.b", 1, 800, Map.of("explicit", 1L)));
        assertThat(statistics.entries()).isEqualTo(4);
        assertThat(statistics.weightBytes()).isEqualTo(1100);
        assertThat(statistics.evictions()).isEqualTo(Map.of("size", 2L, "explicit", 2L));
    }

    @Test
    void reportsTheSizeOfEachMemory() {
        CacheFixture fixture = new CacheFixture();
        for (Entity entity : List.of(Thing.of("t1", 1), Thing.of("t2", 1), Truck.at(Around.INSIDE, 1))) {
            fixture.remember(entity.key().ref(), entity);
        }
        fixture.compute(
                        new ComputedKey("Query.b", "acme", null, null, Map.of()),
                        Policies.of("ttlSeconds: 10, scope: PUBLIC"),
                        () -> Around.of(Truck.at(Around.INSIDE, 1)))
                .join();

        assertThat(fixture.local.sizes())
                .isEqualTo(Map.of(
                        "thing", new MemorySize(2, 200),
                        "truck", new MemorySize(1, 100),
                        "Query.b", new MemorySize(1, 2350)));
        assertThat(gauge(fixture, "towline.cache.entries", "entities")).isEqualTo(3);
        assertThat(gauge(fixture, "towline.cache.entries", "computed")).isEqualTo(1);
        assertThat(gauge(fixture, "towline.cache.weight", "entities")).isEqualTo(300);
        assertThat(gauge(fixture, "towline.cache.weight", "computed")).isEqualTo(2350);
    }

    @Test
    void recordsTheAgeOfStaleValues() {
        metrics.count("Query.a", result(CacheStatus.STALE, Duration.ofSeconds(7)));
        metrics.count("Query.a", result(CacheStatus.STALE, Duration.ofSeconds(9)));
        metrics.count("Query.a", result(CacheStatus.HIT, Duration.ofSeconds(3)));
        metrics.count("Query.a", result(CacheStatus.RENEWED, Duration.ofSeconds(60)));
        metrics.count("Query.b", result(CacheStatus.HIT, Duration.ofSeconds(3)));

        Timer staleness = meters.get("towline.cache.staleness").timer();
        assertThat(meters.find("towline.cache.staleness").timers()).hasSize(1);
        assertThat(staleness.getId().getTag("field")).isEqualTo("Query.a");
        assertThat(staleness.count()).isEqualTo(2);
        assertThat(staleness.totalTime(TimeUnit.SECONDS)).isEqualTo(16);
        assertThat(Arrays.stream(staleness.takeSnapshot().histogramCounts())
                        .filter(bucket -> bucket.bucket(TimeUnit.SECONDS) == 10)
                        .findFirst())
                .hasValueSatisfying(bucket -> assertThat(bucket.count()).isEqualTo(2));
    }

    @Test
    void reportsTheDurationsOfLoads() {
        assertThat(metrics.timeLoad("vendor", () -> 1)).isEqualTo(1);
        assertThatThrownBy(() -> metrics.timeLoad("vendor", () -> {
                    throw new IllegalStateException("cut off");
                }))
                .hasMessage("cut off");

        CacheStatistics.Loads loads = statistics(Map.of(), Map.of()).loads().get("vendor");
        assertThat(loads).isNotNull();
        if (loads != null) {
            assertThat(loads.count()).isEqualTo(2);
            assertThat(loads.failed()).isEqualTo(1);
            assertThat(loads.meanMs()).isPositive().isLessThanOrEqualTo(loads.maxMs());
        }
    }

    @Test
    void isEmptyWithoutLookups() {
        assertThat(statistics(Map.of(), Map.of())).isEqualTo(new CacheStatistics(Map.of(), 0, 0, Map.of(), Map.of()));
    }

    private CacheStatistics statistics(Map<String, String> memories, Map<String, MemorySize> held) {
        return CacheStatistics.of(meters, memories, held);
    }

    private static double gauge(CacheFixture fixture, String name, String memory) {
        return fixture.meters.get(name).tag("memory", memory).gauge().value();
    }

    private static LookupResult result(CacheStatus result, Duration age) {
        return new LookupResult(result, Tier.L1, null, age, Duration.ZERO);
    }

    private static LookupResult result(CacheStatus result, Tier tier) {
        return new LookupResult(result, tier, null, null, null);
    }
}

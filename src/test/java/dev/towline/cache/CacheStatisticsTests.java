package dev.towline.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CacheStatisticsTests {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final CacheMetrics metrics = new CacheMetrics(meters);

    @Test
    void saysHowOftenEachFieldWasAnsweredFromMemory() {
        metrics.count("Query.a", finding(Result.HIT, Tier.L1));
        metrics.count("Query.a", finding(Result.HIT, Tier.REQUEST));
        metrics.count("Query.a", finding(Result.STALE, Tier.L1));
        metrics.count("Query.a", finding(Result.RENEWED, Tier.L1));
        metrics.count("Query.a", finding(Result.MISS, Tier.STORE));
        metrics.count("Query.a", finding(Result.BYPASS, Tier.STORE));
        metrics.count("Query.b", finding(Result.BYPASS, Tier.STORE));

        Map<String, CacheStatistics.Field> fields = CacheStatistics.of(meters).fields();
        assertThat(fields).containsOnlyKeys("Query.a", "Query.b");
        assertThat(fields.get("Query.a"))
                .isEqualTo(new CacheStatistics.Field(
                        Map.of("hit", 2L, "stale", 1L, "renewed", 1L, "miss", 1L, "bypass", 1L), 0.8));
        assertThat(fields.get("Query.b")).isEqualTo(new CacheStatistics.Field(Map.of("bypass", 1L), null));
    }

    @Test
    void saysHowMuchIsRememberedAndWhatWent() {
        CacheFixture fixture = new CacheFixture();
        metrics.watch(fixture.entries);
        fixture.entries.offer(fixture.ref("t1"), new Entry(Thing.version(1), Instant.EPOCH), fixture.entries.epoch());
        metrics.evicted("size");
        metrics.evicted("size");
        metrics.evicted("explicit");

        CacheStatistics statistics = CacheStatistics.of(meters);
        assertThat(statistics.entries()).isEqualTo(1);
        assertThat(statistics.weightBytes()).isEqualTo(100);
        assertThat(statistics.evictions()).isEqualTo(Map.of("size", 2L, "explicit", 1L));
    }

    @Test
    void saysHowLongLoadsTook() {
        assertThat(metrics.timeLoad("vendor", () -> 1)).isEqualTo(1);
        assertThatThrownBy(() -> metrics.timeLoad("vendor", () -> {
                    throw new IllegalStateException("cut off");
                }))
                .hasMessage("cut off");

        CacheStatistics.Loads loads = CacheStatistics.of(meters).loads().get("vendor");
        assertThat(loads).isNotNull();
        if (loads != null) {
            assertThat(loads.count()).isEqualTo(2);
            assertThat(loads.failed()).isEqualTo(1);
            assertThat(loads.meanMs()).isPositive().isLessThanOrEqualTo(loads.maxMs());
        }
    }

    @Test
    void saysNothingOfWhatHasNotHappened() {
        assertThat(CacheStatistics.of(meters)).isEqualTo(new CacheStatistics(Map.of(), 0, 0, Map.of(), Map.of()));
    }

    private static Finding finding(Result result, Tier tier) {
        return new Finding(result, tier, null, null, null);
    }
}

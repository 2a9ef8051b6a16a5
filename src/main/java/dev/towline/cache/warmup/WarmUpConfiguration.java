package dev.towline.cache.warmup;

import dev.towline.cache.CacheLoads;
import dev.towline.cache.CacheMetrics;
import dev.towline.cache.CacheSettings;
import dev.towline.cache.LocalCache;
import dev.towline.change.Bus;
import dev.towline.redis.Ranking;
import dev.towline.redis.Rankings;
import dev.towline.store.Table;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.TaskScheduler;

/** Counts the most used entities, ranks them in Redis, and loads them in new instances. */
@Configuration(proxyBeanMethods = false)
class WarmUpConfiguration {

    /** The half-life of the scores. After some hours, the ranking has only entities of recent use. */
    private static final Duration HALF_LIFE = Duration.ofHours(1);

    @Bean
    UsageCounts uses(CacheSettings cache, WarmUpSettings settings) {
        return new UsageCounts(cache.enabled() && settings.size() > 0 ? settings.entity() : null);
    }

    @Bean
    Ranking usedMost(Rankings rankings, WarmUpSettings settings) {
        return rankings.named("used-" + settings.entity(), HALF_LIFE, Math.max(1, UsageRanking.KEPT * settings.size()));
    }

    @Bean
    UsageRanking useNotes(
            UsageCounts uses,
            Ranking usedMost,
            WarmUpSettings settings,
            TaskScheduler scheduler,
            CacheMetrics metrics) {
        return new UsageRanking(uses, usedMost, settings, scheduler, metrics);
    }

    /** @throws IllegalArgumentException if the settings name a kind of entity that does not exist */
    @Bean
    WarmUp warming(
            CacheSettings cache,
            WarmUpSettings settings,
            List<Table<?>> tables,
            Ranking usedMost,
            Bus bus,
            LocalCache local,
            @CacheLoads ExecutorService cacheLoads,
            CacheMetrics metrics) {
        WarmUpSettings effective = cache.enabled() ? settings : settings.off();
        return new WarmUp(effective, settings.table(tables), usedMost, bus::isSettled, local, cacheLoads, metrics);
    }
}

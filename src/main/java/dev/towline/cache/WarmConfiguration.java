package dev.towline.cache;

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

/** What is used most is counted, written down, and loaded by those that start later. */
@Configuration(proxyBeanMethods = false)
class WarmConfiguration {

    /** After some hours, nothing is left of what was used much once. */
    private static final Duration HALF_LIFE = Duration.ofHours(1);

    @Bean
    Uses uses(CacheSettings cache, WarmSettings settings) {
        return new Uses(cache.enabled() && settings.size() > 0 ? settings.entity() : null);
    }

    @Bean
    Ranking usedMost(Rankings rankings, WarmSettings settings) {
        return rankings.named("used-" + settings.entity(), HALF_LIFE, Math.max(1, UseNotes.KEPT * settings.size()));
    }

    @Bean
    UseNotes useNotes(
            Uses uses, Ranking usedMost, WarmSettings settings, TaskScheduler scheduler, CacheMetrics metrics) {
        return new UseNotes(uses, usedMost, settings, scheduler, metrics);
    }

    /** @throws IllegalArgumentException if the settings name a kind of entity that there is not */
    @Bean
    Warming warming(
            CacheSettings cache,
            WarmSettings settings,
            List<Table<?>> tables,
            Ranking usedMost,
            Bus bus,
            LocalCache local,
            @CacheLoads ExecutorService cacheLoads,
            CacheMetrics metrics) {
        WarmSettings effective = cache.enabled() ? settings : settings.off();
        return new Warming(
                effective,
                new Warming.Source(settings.table(tables), usedMost, bus::isSettled),
                local,
                cacheLoads,
                metrics);
    }
}

package dev.towline.cache;

import dev.towline.change.Bus;
import dev.towline.store.EntityBytes;
import dev.towline.store.Store;
import dev.towline.store.Table;
import dev.towline.store.VersionFloors;
import io.micrometer.context.ContextExecutorService;
import io.micrometer.context.ContextSnapshotFactory;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.graphql.execution.GraphQlSource;
import org.springframework.graphql.execution.RuntimeWiringConfigurer;

@Configuration(proxyBeanMethods = false)
class CacheConfiguration {

    /** The estimated memory of an entry in bytes, without the entity: key, entry and map node. */
    private static final int ENTRY_BYTES = 300;

    @Bean
    CacheMetrics cacheMetrics(MeterRegistry meters) {
        return new CacheMetrics(meters);
    }

    @Bean
    EntityEntries entries(CacheSettings settings, VersionFloors floors, EntityBytes bytes, CacheMetrics metrics) {
        EntityEntries entries = new EntityEntries(
                floors,
                settings.maxWeight().toBytes(),
                entry -> ENTRY_BYTES + (entry.value() == null ? 0 : bytes.heapBytes(entry.value())),
                metrics::evicted);
        metrics.watch("entities", entries::size);
        return entries;
    }

    @Bean
    Freshness freshness(InstantSource clock, Bus bus) {
        return new Freshness(clock, bus);
    }

    /**
     * The executor of loads. It is no default candidate, because Boot would then not create its own executor, and the blocking controllers
     * of a query would run one after another on the calling thread.
     */
    @Bean(destroyMethod = "close", defaultCandidate = false)
    @CacheLoads
    ExecutorService cacheLoads() {
        ContextSnapshotFactory snapshots = ContextSnapshotFactory.builder().build();
        return ContextExecutorService.wrap(Executors.newVirtualThreadPerTaskExecutor(), snapshots::captureAll);
    }

    @Bean
    EntityLoads entityLoads(
            Store store,
            SharedTier shared,
            EntityEntries entries,
            InstantSource clock,
            @CacheLoads ExecutorService cacheLoads,
            CacheMetrics metrics) {
        return new EntityLoads(store::getAll, shared, entries, clock, cacheLoads, metrics);
    }

    @Bean
    EntityCache entityCache(
            EntityEntries entries,
            VersionFloors floors,
            Freshness freshness,
            EntityLoads loads,
            List<Table<?>> tables,
            UsageListener usage) {
        return new EntityCache(entries, floors, freshness, loads, tables, usage);
    }

    @Bean
    ComputedCache computedCache(
            CacheSettings settings,
            Freshness freshness,
            InstantSource clock,
            @CacheLoads ExecutorService cacheLoads,
            CacheMetrics metrics) {
        ComputedEntries entries = new ComputedEntries(settings.maxWeight().toBytes(), metrics::evicted);
        metrics.watch("computed", entries::size);
        return new ComputedCache(entries, freshness, clock, cacheLoads);
    }

    @Bean
    LocalCache localCache(EntityEntries entries, EntityLoads loads, ComputedCache computed) {
        return new LocalCache(entries, loads, computed);
    }

    @Bean
    LocalStage localStage(LocalCache cache, Bus bus, InstantSource clock) {
        return new LocalStage(cache, bus, clock);
    }

    @Bean
    CacheWiring cacheWiring(CacheSettings settings, EntityCache cache, ComputedCache computed, CacheMetrics metrics) {
        return new CacheWiring(settings, cache, computed, metrics);
    }

    /** Wires the cache before the visibility rules, so that these wrap it: a cached value must not depend on the viewer who loaded it. */
    @Bean
    @Order(0)
    RuntimeWiringConfigurer cachedFields(CacheWiring wiring) {
        return builder -> builder.directiveWiring(wiring);
    }

    /** Checks the settings after the schema is built. */
    @Bean
    SmartInitializingSingleton cacheSettingsCheck(CacheWiring wiring, GraphQlSource schema) {
        return wiring::checkSettings;
    }
}

package dev.towline.cache;

import dev.towline.change.Bus;
import dev.towline.redis.MarkedValues;
import dev.towline.redis.SharedValues;
import dev.towline.store.ComputedValueCodec;
import dev.towline.store.EntityBytes;
import dev.towline.store.EntityReads;
import dev.towline.store.Floors;
import dev.towline.store.Store;
import dev.towline.store.Table;
import io.micrometer.context.ContextExecutorService;
import io.micrometer.context.ContextSnapshotFactory;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.graphql.execution.GraphQlSource;
import org.springframework.graphql.execution.RuntimeWiringConfigurer;
import org.springframework.util.function.SingletonSupplier;

@Configuration(proxyBeanMethods = false)
class CacheConfiguration {

    /** Beside what the entity itself takes: key, entry, and what the map keeps of them. */
    private static final int ENTRY_BYTES = 300;

    static final String LOADS = "cacheLoads";

    /** Of all instances that are heard; a command takes milliseconds, unless Redis has just gone. */
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(2);

    @Bean
    CacheMetrics cacheMetrics(MeterRegistry meters) {
        return new CacheMetrics(meters);
    }

    @Bean
    Entries entries(CacheSettings settings, Floors floors, EntityBytes bytes, CacheMetrics metrics) {
        Entries entries = new Entries(
                floors,
                settings.maxWeight().toBytes(),
                entry -> ENTRY_BYTES + (entry.value() == null ? 0 : bytes.heapBytes(entry.value())),
                metrics::evicted);
        metrics.watch(entries);
        return entries;
    }

    @Bean
    Freshness freshness(InstantSource clock, Bus bus) {
        return new Freshness(clock, bus::isProven);
    }

    /**
     * No default candidate: otherwise Boot leaves out its own executor, and the blocking controllers of a query run one after another
     * in the calling thread.
     */
    @Bean(destroyMethod = "close", defaultCandidate = false)
    @Qualifier(LOADS)
    ExecutorService cacheLoads() {
        ContextSnapshotFactory snapshots = ContextSnapshotFactory.builder().build();
        return ContextExecutorService.wrap(Executors.newVirtualThreadPerTaskExecutor(), snapshots::captureAll);
    }

    @Bean
    SharedTier sharedTier(
            SharedTierSettings settings,
            SharedValues values,
            Generation generation,
            EntityBytes bytes,
            SharedPages pages,
            Floors floors,
            CacheMetrics metrics) {
        SharedEntries encoding = new SharedEntries(bytes, settings.retention());
        return new SharedTier(settings, values, generation, encoding, pages, floors, metrics);
    }

    @Bean
    FieldCodecs fieldCodecs(List<ComputedValueCodec> codecs) {
        return new FieldCodecs(codecs);
    }

    @Bean
    SharedPages sharedPages(
            SharedTierSettings settings,
            MarkedValues values,
            Generation generation,
            FieldCodecs codecs,
            Floors floors,
            InstantSource clock,
            CacheMetrics metrics) {
        PlaceFloors places = new PlaceFloors(settings.retention(), clock);
        return new SharedPages(settings, values, generation, codecs, floors, places, metrics);
    }

    @Bean
    Generation generation(SharedValues values, Bus bus, InstantSource clock) {
        return new Generation(
                values::hold, bus::isProven, clock, bus.noticesLossWithin().multipliedBy(2));
    }

    @Bean
    GenerationKeeper generationKeeper(SharedTierSettings settings, Generation generation) {
        return new GenerationKeeper(settings, generation);
    }

    @Bean
    Flights flights(
            Store store,
            SharedTier shared,
            Entries entries,
            InstantSource clock,
            @Qualifier(LOADS) ExecutorService cacheLoads,
            CacheMetrics metrics) {
        return new Flights(store::getAll, shared, entries, clock, cacheLoads, metrics);
    }

    @Bean
    EntityReads cachedReads(
            Store store,
            Floors floors,
            Freshness freshness,
            Flights flights,
            @Qualifier(LOADS) ExecutorService cacheLoads) {
        return new CachedReads(store::getAll, floors, freshness, flights, cacheLoads);
    }

    @Bean
    EntityCache entityCache(
            Entries entries, Floors floors, Freshness freshness, Flights flights, List<Table<?>> tables, Uses uses) {
        return new EntityCache(
                entries,
                floors,
                freshness,
                flights,
                tables.stream().collect(Collectors.toMap(Table::entity, Function.identity())),
                uses);
    }

    @Bean
    DerivedCache derivedCache(
            CacheSettings settings,
            SharedPages shared,
            Freshness freshness,
            InstantSource clock,
            @Qualifier(LOADS) ExecutorService cacheLoads,
            CacheMetrics metrics) {
        DerivedEntries entries = new DerivedEntries(settings.maxWeight().toBytes(), metrics::evicted);
        metrics.watch(entries);
        return new DerivedCache(entries, shared, freshness, clock, cacheLoads);
    }

    @Bean
    SharedStage sharedStage(SharedTier shared, InstantSource clock) {
        return new SharedStage(shared, clock);
    }

    @Bean
    LocalStage localStage(Entries entries, DerivedCache computed, Bus bus, InstantSource clock) {
        return new LocalStage(entries, computed, bus::isProven, clock);
    }

    @Bean
    Evictions evictions(
            Evictions.Memory memory,
            Bus bus,
            @Qualifier(LOADS) ExecutorService cacheLoads,
            SingletonSupplier<CachedFields> cachedFieldsOfSchema) {
        return new Evictions(
                memory,
                new Evictions.Others(bus::publish, bus::others, ANSWERED_WITHIN, cacheLoads),
                cachedFieldsOfSchema);
    }

    @Bean
    SingletonSupplier<CachedFields> cachedFieldsOfSchema(ObjectProvider<GraphQlSource> schema, List<Table<?>> tables) {
        return SingletonSupplier.of(() -> new CachedFields(schema.getObject().schema(), tables));
    }

    @Bean
    Evictions.Memory evictableMemory(Entries entries, Flights flights, DerivedCache derived, SharedTier shared) {
        return new Evictions.Memory(entries, flights, derived, shared);
    }

    @Bean
    CacheEndpoint cacheEndpoint(
            MeterRegistry meters,
            Evictions evictions,
            Evictions.Memory memory,
            SingletonSupplier<CachedFields> cachedFieldsOfSchema) {
        return new CacheEndpoint(meters, evictions, memory, cachedFieldsOfSchema);
    }

    @Bean
    CacheInterceptor cacheInterceptor(Floors floors, List<Table<?>> tables) {
        return new CacheInterceptor(
                floors,
                tables.stream()
                        .filter(table -> !table.sorted())
                        .map(Table::entity)
                        .collect(Collectors.toSet()));
    }

    @Bean
    CacheWiring cacheWiring(
            CacheSettings settings, EntityCache cache, DerivedCache derived, FieldCodecs codecs, CacheMetrics metrics) {
        return new CacheWiring(settings, cache, derived, codecs, metrics);
    }

    /** Before visibility, which stands around it: what is remembered must not depend on who asked first. */
    @Bean
    @Order(0)
    RuntimeWiringConfigurer cachedFields(CacheWiring wiring) {
        return builder -> builder.directiveWiring(wiring);
    }

    /** Once everything else is there, so also the schema. */
    @Bean
    SmartInitializingSingleton cacheSettingsCheck(
            CacheWiring wiring,
            SharedTierSettings shared,
            List<Table<?>> tables,
            FieldCodecs codecs,
            Floors floors,
            GraphQlSource schema) {
        return () -> {
            wiring.checkSettings();
            shared.check(
                    tables.stream().map(Table::entity).collect(Collectors.toSet()),
                    codecs.entities(),
                    floors.retention());
        };
    }
}

package dev.towline.cache;

import dev.towline.store.Entity;
import dev.towline.store.EntityBytes;
import dev.towline.store.EntityKey;
import dev.towline.store.EntityRef;
import dev.towline.store.VersionFloors;
import dev.towline.store.ItemCodec;
import dev.towline.store.ItemReader;
import dev.towline.store.ItemWriter;
import dev.towline.store.Table;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A cache in front of things that the test puts there, with a clock that the test moves. */
final class CacheFixture implements EntityLoads.Source {

    static final Duration LEASE = Duration.ofSeconds(3);

    static final Table<Thing> THINGS = new Table<>("things", "thing", false, new NoCodec(), List.of(), null);

    Instant now = Instant.parse("2026-03-21T14:00:00Z");
    boolean proven = true;

    /** What is stored. */
    final Map<EntityKey, Entity> stored = new ConcurrentHashMap<>();

    /** The keys of each read so far. */
    final List<List<EntityKey>> reads = new CopyOnWriteArrayList<>();

    /** What each read meets, after it has read. */
    volatile @Nullable Runnable onRead;

    /** What each read meets before. */
    volatile @Nullable Runnable beforeRead;

    final VersionFloors floors = new VersionFloors(Duration.ofMinutes(10), () -> now);
    final EntityEntries entries = new EntityEntries(floors, 1_000_000, _ -> 100, (_, _) -> {});
    final Freshness freshness = new Freshness(() -> now, () -> proven);
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final CacheMetrics metrics = new CacheMetrics(meters);
    final FakeShared sharedValues;
    final Generation generation;
    final AroundCodec codec;
    final SharedComputedValues pages;
    final RedisSharedTier shared;
    final EntityLoads loads;
    final UsageCounts uses = new UsageCounts("thing");
    final CachedReads cachedReads;
    final EntityCache cache;
    final ComputedEntries computedEntries = new ComputedEntries(1_000_000, (_, _) -> {});
    final ComputedCache computed;
    final LocalCache local;

    CacheFixture() {
        this(Executors.newVirtualThreadPerTaskExecutor());
    }

    /** @param threads run the loads */
    CacheFixture(Executor threads) {
        this(threads, null);
    }

    /**
     * @param threads run the loads
     * @param redis what it shares with others, null: nothing
     */
    CacheFixture(Executor threads, @Nullable FakeShared redis) {
        sharedValues = redis == null ? new FakeShared(() -> now) : redis;
        generation = new Generation(sharedValues::hold, () -> proven, () -> now, LEASE);
        SharedTierSettings settings = new SharedTierSettings(
                true, Set.of(THINGS.entity(), Truck.TABLE.entity()), Set.of(AroundCodec.FIELD), Duration.ofMinutes(5));
        EntityBytes bytes = new EntityBytes(List.of(THINGS, Truck.TABLE));
        codec = new AroundCodec(bytes);
        pages = new SharedComputedValues(
                settings,
                sharedValues,
                generation,
                FieldCodecs.of(Map.of(AroundCodec.FIELD, codec)),
                floors,
                new CellWatermarks(settings.retention(), () -> now),
                metrics);
        shared = new RedisSharedTier(
                settings,
                sharedValues,
                generation,
                new SharedEntityFormat(bytes, Duration.ofMinutes(5)),
                pages,
                floors,
                metrics);
        loads = new EntityLoads(this, shared, entries, () -> now, threads, metrics);
        cachedReads = new CachedReads(this, floors, freshness, loads, threads);
        cache = new EntityCache(
                entries, floors, freshness, loads, Map.of("thing", THINGS, Truck.TABLE.entity(), Truck.TABLE), uses);
        computed = new ComputedCache(computedEntries, shared, freshness, () -> now, threads);
        local = new LocalCache(entries, loads, computed);
    }

    @Override
    public <K extends EntityKey, T extends Entity> Map<K, T> getAll(Table<T> table, Collection<K> keys) {
        reads.add(new ArrayList<>(keys));
        meet(beforeRead);
        Map<K, T> found = new LinkedHashMap<>();
        for (K key : keys) {
            @SuppressWarnings("unchecked") // under its key there is nothing else
            T entity = (T) stored(key.ref());
            if (entity != null) {
                found.put(key, entity);
            }
        }
        meet(onRead);
        return found;
    }

    /** Lets as much time pass as it takes until something is shared. */
    void share() {
        generation.hold();
        now = now.plus(LEASE).plus(LEASE);
        generation.hold();
    }

    /** As in a table, whatever key asks for it. */
    private @Nullable Entity stored(EntityRef ref) {
        return stored.values().stream()
                .filter(each -> each.key().ref().equals(ref))
                .findFirst()
                .orElse(null);
    }

    /** Stores an entity without telling anybody. */
    void store(Entity entity) {
        stored.put(entity.key(), entity);
    }

    /** Stores an entity as an acknowledged write of this instance does. */
    void write(Entity entity) {
        store(entity);
        floors.raise(entity.key().ref(), entity.version());
        entries.replace(entity.key().ref(), entity, now);
    }

    EntityRef ref(String id) {
        return Thing.of(id, 1).key().ref();
    }

    private static void meet(@Nullable Runnable meeting) {
        if (meeting != null) {
            meeting.run();
        }
    }

    private static final class NoCodec implements ItemCodec<Thing> {

        @Override
        public void write(Thing thing, ItemWriter item) {}

        @Override
        public Thing read(ItemReader item) {
            return new Thing(new Thing.Key(item.tenant(), item.id()), item.revision(), false);
        }
    }
}

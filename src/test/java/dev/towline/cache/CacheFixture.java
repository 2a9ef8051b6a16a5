package dev.towline.cache;

import dev.towline.cache.shared.FakeShared;
import dev.towline.cache.shared.SharedFixture;
import dev.towline.store.Entity;
import dev.towline.store.EntityKey;
import dev.towline.store.EntityRef;
import dev.towline.store.ItemCodec;
import dev.towline.store.ItemReader;
import dev.towline.store.ItemWriter;
import dev.towline.store.Table;
import dev.towline.store.VersionFloors;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A cache whose source and clock the test controls. */
public final class CacheFixture implements EntityLoads.Source {

    static final Duration LEASE = SharedFixture.LEASE;

    public static final Table<Thing> THINGS = new Table<>("things", "thing", false, new NoCodec(), List.of(), null);

    public Instant now = Instant.parse("2026-03-21T14:00:00Z");
    public boolean proven = true;

    /** The stored entities. */
    public final Map<EntityKey, Entity> stored = new ConcurrentHashMap<>();

    /** The keys of each read so far. */
    public final List<List<EntityKey>> reads = new CopyOnWriteArrayList<>();

    /** A hook that runs after each read. */
    public volatile @Nullable Runnable onRead;

    /** A hook that runs before each read. */
    public volatile @Nullable Runnable beforeRead;

    public final VersionFloors floors = new VersionFloors(Duration.ofMinutes(10), () -> now);
    final EntityEntries entries = new EntityEntries(floors, 1_000_000, _ -> 100, (_, _) -> {});
    final Freshness freshness = new Freshness(() -> now, () -> proven);
    public final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    public final CacheMetrics metrics = new CacheMetrics(meters);
    public final FakeShared redis;
    final SharedFixture sharing;
    public final SharedTier shared;
    final EntityLoads loads;
    final EntityCache cache;
    final ComputedEntries computedEntries = new ComputedEntries(1_000_000, (_, _) -> {});
    final ComputedCache computed;
    public final LocalCache local;

    /** The entities that were used in answers. */
    final List<EntityKey> used = new CopyOnWriteArrayList<>();

    public CacheFixture() {
        this(Executors.newVirtualThreadPerTaskExecutor());
    }

    /** @param threads runs the loads */
    CacheFixture(Executor threads) {
        this(threads, null);
    }

    /**
     * @param threads runs the loads
     * @param redis the shared values; null to share nothing
     */
    CacheFixture(Executor threads, @Nullable FakeShared redis) {
        this.redis = redis == null ? new FakeShared(() -> now) : redis;
        sharing = new SharedFixture(
                this.redis,
                new SharedFixture.Instance(floors, () -> proven, () -> now, metrics),
                List.of(THINGS, Truck.TABLE));
        shared = sharing.tier();
        loads = new EntityLoads(this, shared, entries, () -> now, threads, metrics);
        cache = new EntityCache(entries, floors, freshness, loads, List.of(THINGS, Truck.TABLE), used::add);
        computed = new ComputedCache(computedEntries, freshness, () -> now, threads);
        local = new LocalCache(entries, loads, computed);
        metrics.watch("entities", entries::size);
        metrics.watch("computed", computedEntries::size);
    }

    @Override
    public <K extends EntityKey, T extends Entity> Map<K, T> getAll(Table<T> table, Collection<K> keys) {
        reads.add(new ArrayList<>(keys));
        meet(beforeRead);
        Map<K, T> found = new LinkedHashMap<>();
        for (K key : keys) {
            @SuppressWarnings("unchecked") // the type of the key determines the type of the entity
            T entity = (T) stored(key.ref());
            if (entity != null) {
                found.put(key, entity);
            }
        }
        meet(onRead);
        return found;
    }

    /** Advances the clock until the instance may share values. */
    void share() {
        sharing.hold();
        now = now.plus(LEASE).plus(LEASE);
        sharing.hold();
    }

    /** The stored entity of a key of any type. */
    private @Nullable Entity stored(EntityRef ref) {
        return stored.values().stream()
                .filter(each -> each.key().ref().equals(ref))
                .findFirst()
                .orElse(null);
    }

    /** Stores an entity without a change event. */
    public void store(Entity entity) {
        stored.put(entity.key(), entity);
    }

    /** Stores an entity and applies the change, as an acknowledged write of this instance does. */
    void write(Entity entity) {
        store(entity);
        floors.raise(entity.key().ref(), entity.version());
        entries.replace(entity.key().ref(), entity, now);
    }

    /** Caches an entity as if this instance had just read it. */
    public void remember(EntityRef ref, Entity entity) {
        entries.offer(ref, new EntityEntry(entity, now), new AtomicBoolean());
    }

    public boolean isRemembered(EntityRef ref) {
        return entries.get(ref) != null;
    }

    /** Looks a computed value up. */
    public CompletableFuture<Object> compute(ComputedKey key, CachePolicy policy, Callable<Object> compute) {
        return computed.get(key, policy, compute, _ -> {});
    }

    public boolean isRemembered(ComputedKey key) {
        return computedEntries.get(key) != null;
    }

    /** Loads an entity, or joins its load. */
    public <K extends EntityKey, T extends Entity> CompletableFuture<EntityEntry> load(Table<T> table, K key) {
        return Objects.requireNonNull(
                        loads.of(table, Set.of(key), (_, _) -> false).get(key))
                .result()
                .thenApply(EntityLoads.Result::entry);
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

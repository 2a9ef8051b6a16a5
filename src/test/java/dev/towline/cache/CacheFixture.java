package dev.towline.cache;

import dev.towline.dynamo.Entity;
import dev.towline.dynamo.EntityKey;
import dev.towline.dynamo.EntityRef;
import dev.towline.dynamo.Floors;
import dev.towline.dynamo.ItemCodec;
import dev.towline.dynamo.ItemReader;
import dev.towline.dynamo.ItemWriter;
import dev.towline.dynamo.Table;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A cache in front of things that the test puts there, with a clock that the test moves. */
final class CacheFixture implements Flights.Source {

    static final Table<Thing> THINGS = new Table<>("things", "thing", false, new NoCodec(), List.of(), null);

    Instant now = Instant.parse("2026-03-21T14:00:00Z");
    boolean proven = true;

    /** What is stored. */
    final Map<EntityKey, Thing> stored = new ConcurrentHashMap<>();

    /** The keys of each read so far. */
    final List<List<EntityKey>> reads = new CopyOnWriteArrayList<>();

    /** What each read meets. */
    volatile @Nullable Runnable onRead;

    final Floors floors = new Floors(Duration.ofMinutes(10), () -> now);
    final Entries entries = new Entries(floors, 1_000_000, _ -> 100, _ -> {});
    final Freshness freshness = new Freshness(() -> now, () -> proven);
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final Flights flights = new Flights(this, entries, () -> now, threads(), new CacheMetrics(meters));
    final CachedReads cachedReads = new CachedReads(this, floors, entries, freshness, flights);
    final EntityCache cache = new EntityCache(entries, floors, freshness, flights, Map.of("thing", THINGS));

    @Override
    public <K extends EntityKey, T extends Entity> Map<K, T> getAll(Table<T> table, Collection<K> keys) {
        reads.add(new ArrayList<>(keys));
        Map<K, T> found = new LinkedHashMap<>();
        for (K key : keys) {
            @SuppressWarnings("unchecked") // there are only things
            T thing = (T) stored.get(key);
            if (thing != null) {
                found.put(key, thing);
            }
        }
        Runnable meeting = onRead;
        if (meeting != null) {
            meeting.run();
        }
        return found;
    }

    /** Stores a thing without telling anybody. */
    void store(Thing thing) {
        stored.put(thing.key(), thing);
    }

    /** Stores a thing as an acknowledged write of this instance does. */
    void write(Thing thing) {
        store(thing);
        floors.raise(thing.key().ref(), thing.version());
        entries.replace(thing.key().ref(), thing, now);
    }

    EntityRef ref(String id) {
        return Thing.of(id, 1).key().ref();
    }

    private static Executor threads() {
        return Executors.newVirtualThreadPerTaskExecutor();
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

package dev.towline.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.towline.geo.Area;
import dev.towline.geo.GeoPoint;
import dev.towline.geo.Located;
import dev.towline.store.ComputedValue;
import dev.towline.store.Entity;
import dev.towline.store.EntityRef;
import dev.towline.viewer.Tenant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The computed values that this instance remembers, bounded by weight, each until something happens to what it was made from or where it
 * has looked. Thread-safe, does not block.
 */
final class DerivedEntries {

    private final Cache<DerivedKey, Linked> entries;
    private final ConcurrentMap<EntityRef, Set<Linked>> byEntity = new ConcurrentHashMap<>();
    private final ConcurrentMap<Tenant, Places<Linked>> byPlace = new ConcurrentHashMap<>();

    /** Loads that are under way, each with the tenant whose changes concern it. */
    private final Set<Loading> loading = ConcurrentHashMap.newKeySet();

    /** @param evictions is told the field of one that is gone, and why */
    DerivedEntries(long maxBytes, BiConsumer<String, String> evictions) {
        this.entries = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .<DerivedKey, Linked>weigher((_, linked) -> linked.entry.weightBytes())
                .removalListener((_, linked, cause) -> {
                    if (linked != null) {
                        unlink(linked);
                        if (cause != RemovalCause.REPLACED) {
                            evictions.accept(linked.key.field(), cause.name().toLowerCase(Locale.ROOT));
                        }
                    }
                })
                .executor(Runnable::run)
                .build();
    }

    /** What leads to an entry leads to this one alone, not to the one that takes its place: so it has no equals. */
    private static final class Linked {

        private final DerivedKey key;
        private final DerivedEntry entry;
        private final Loading begun;

        private Linked(DerivedEntry entry, Loading begun) {
            this.key = begun.key;
            this.entry = entry;
            this.begun = begun;
        }
    }

    /** A load under way; once something has changed, what it finds may be old already and is not remembered. */
    static final class Loading {

        private final DerivedKey key;
        private volatile boolean isOvertaken;

        private Loading(DerivedKey key) {
            this.key = key;
        }

        DerivedKey key() {
            return key;
        }

        boolean isOvertaken() {
            return isOvertaken;
        }
    }

    @Nullable
    DerivedEntry get(DerivedKey key) {
        Linked linked = entries.getIfPresent(key);
        // One that is overtaken at this very moment is about to be forgotten.
        return linked == null || linked.begun.isOvertaken ? null : linked.entry;
    }

    /** To be called before a load begins, and {@link #end} after it. */
    Loading begin(DerivedKey key) {
        Loading begun = new Loading(key);
        loading.add(begun);
        return begun;
    }

    /** Remembers what a load has found, unless something happened meanwhile. Null: it found nothing that can be remembered. */
    void end(Loading begun, @Nullable DerivedEntry found) {
        if (found != null && found.value().isUpToDate() && !begun.isOvertaken) {
            Linked linked = new Linked(found, begun);
            // Linked first: from here on a change finds it.
            link(linked);
            entries.put(begun.key, linked);
            if (begun.isOvertaken) {
                entries.invalidate(begun.key);
            }
        }
        loading.remove(begun);
    }

    /**
     * Forgets what an entity's change makes old.
     *
     * @param before the state before, null if there was none or it is not known
     */
    void changed(Entity value, @Nullable Entity before) {
        Tenant tenant = value.key().tenant();
        boolean isLocated = value instanceof Located;
        if (isLocated) {
            overtake(key -> key.tenant().equals(tenant.name()));
        }
        Set<Linked> old = new HashSet<>(byEntity.getOrDefault(value.key().ref(), Set.of()));
        if (isLocated) {
            around(tenant, value, old);
            around(tenant, before, old);
        }
        if (ChangedPlace.of(value, before).isAnywhere()) {
            entries.asMap().values().stream()
                    .filter(linked -> linked.key.tenant().equals(tenant.name())
                            && linked.entry.value().lookedIn() != null)
                    .forEach(old::add);
        }
        old.forEach(linked -> entries.asMap().remove(linked.key, linked));
    }

    /** Forgets the values of these keys. Returns how many. */
    int evictIf(Predicate<DerivedKey> which) {
        return evictIf(which, (key, _) -> which.test(key));
    }

    /**
     * Forgets values by what is in them. Returns how many.
     *
     * @param overtaken which loads under way are not remembered
     */
    int evictIf(Predicate<DerivedKey> overtaken, BiPredicate<DerivedKey, ComputedValue> which) {
        overtake(overtaken);
        List<DerivedKey> keys = entries.asMap().entrySet().stream()
                .filter(each -> which.test(each.getKey(), each.getValue().entry.value()))
                .map(Map.Entry::getKey)
                .toList();
        entries.invalidateAll(keys);
        return keys.size();
    }

    int size() {
        entries.cleanUp();
        return Math.toIntExact(entries.estimatedSize());
    }

    /** How much they weigh, in bytes, about. */
    long weightBytes() {
        return entries.policy()
                .eviction()
                .map(eviction -> eviction.weightedSize().orElse(0))
                .orElse(0L);
    }

    /** How much is remembered of each field. Takes as long as there are entries. */
    Map<String, Held> held() {
        Map<String, Held> held = new TreeMap<>();
        entries.asMap()
                .forEach((key, linked) -> held.merge(key.field(), new Held(1, linked.entry.weightBytes()), Held::and));
        return held;
    }

    /** Whether nothing at all is kept, also of what leads to entries. */
    boolean isEmpty() {
        return size() == 0 && byEntity.isEmpty() && byPlace.values().stream().allMatch(Places::isEmpty);
    }

    private void overtake(Predicate<DerivedKey> which) {
        loading.stream().filter(each -> which.test(each.key)).forEach(each -> each.isOvertaken = true);
    }

    private void around(Tenant tenant, @Nullable Entity entity, Set<Linked> found) {
        Places<Linked> places = byPlace.get(tenant);
        if (places != null && entity instanceof Located located) {
            GeoPoint position = located.position();
            places.forEachAround(position, found::add);
        }
    }

    private void link(Linked linked) {
        ComputedValue value = linked.entry.value();
        for (EntityRef ref : value.madeFrom()) {
            byEntity.compute(ref, (_, present) -> {
                Set<Linked> all = present == null ? ConcurrentHashMap.newKeySet() : present;
                all.add(linked);
                return all;
            });
        }
        Area area = value.lookedIn();
        if (area != null) {
            byPlace.computeIfAbsent(new Tenant(linked.key.tenant()), _ -> new Places<>())
                    .add(linked, area);
        }
    }

    private void unlink(Linked linked) {
        ComputedValue value = linked.entry.value();
        for (EntityRef ref : value.madeFrom()) {
            byEntity.computeIfPresent(ref, (_, all) -> {
                all.remove(linked);
                return all.isEmpty() ? null : all;
            });
        }
        Area area = value.lookedIn();
        Places<Linked> places = byPlace.get(new Tenant(linked.key.tenant()));
        if (area != null && places != null) {
            places.remove(linked, area);
        }
    }
}

package dev.towline.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.towline.dynamo.Derived;
import dev.towline.dynamo.Entity;
import dev.towline.dynamo.EntityRef;
import dev.towline.geo.Area;
import dev.towline.geo.GeoPoint;
import dev.towline.geo.Located;
import dev.towline.viewer.Tenant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The computed values that this instance remembers, bounded by weight, each until something happens to what it was made from or where it
 * has looked. Thread-safe, does not block.
 */
final class DerivedEntries {

    private final Cache<DerivedKey, DerivedEntry> entries;
    private final ConcurrentMap<EntityRef, Set<DerivedKey>> byEntity = new ConcurrentHashMap<>();
    private final ConcurrentMap<Tenant, Places<DerivedKey>> byPlace = new ConcurrentHashMap<>();

    /** Loads that are under way, each with the tenant whose changes concern it. */
    private final Set<Loading> loading = ConcurrentHashMap.newKeySet();

    /** @param evictions is told why one is gone */
    DerivedEntries(long maxBytes, Consumer<String> evictions) {
        this.entries = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .<DerivedKey, DerivedEntry>weigher((_, entry) -> entry.weightBytes())
                .removalListener((key, entry, cause) -> {
                    if (key != null && entry != null) {
                        unlink(key, entry);
                        if (cause != RemovalCause.REPLACED) {
                            evictions.accept(cause.name().toLowerCase(Locale.ROOT));
                        }
                    }
                })
                .executor(Runnable::run)
                .build();
    }

    /** A load under way; once something has changed, what it finds may be old already and is not remembered. */
    static final class Loading {

        private final DerivedKey key;
        private volatile boolean isOvertaken;

        private Loading(DerivedKey key) {
            this.key = key;
        }

        boolean isOvertaken() {
            return isOvertaken;
        }
    }

    @Nullable
    DerivedEntry get(DerivedKey key) {
        return entries.getIfPresent(key);
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
            DerivedKey key = begun.key;
            // Linked first: from here on a change finds it.
            link(key, found);
            entries.put(key, found);
            if (begun.isOvertaken) {
                entries.invalidate(key);
            }
        }
        loading.remove(begun);
    }

    /**
     * Forgets what an entity's change makes old. Returns the loads that it overtakes.
     *
     * @param before the state before, null if there was none or it is not known
     */
    List<DerivedKey> changed(Entity value, @Nullable Entity before) {
        Tenant tenant = value.key().tenant();
        boolean isLocated = value instanceof Located;
        List<DerivedKey> overtaken = isLocated ? overtake(key -> key.tenant().equals(tenant.name())) : List.of();
        Set<DerivedKey> old = new HashSet<>(byEntity.getOrDefault(value.key().ref(), Set.of()));
        if (isLocated) {
            around(tenant, value, old);
            around(tenant, before, old);
        }
        entries.invalidateAll(old);
        return overtaken;
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
    int evictIf(Predicate<DerivedKey> overtaken, BiPredicate<DerivedKey, Derived> which) {
        overtake(overtaken);
        List<DerivedKey> keys = entries.asMap().entrySet().stream()
                .filter(each -> which.test(each.getKey(), each.getValue().value()))
                .map(Map.Entry::getKey)
                .toList();
        entries.invalidateAll(keys);
        return keys.size();
    }

    int size() {
        entries.cleanUp();
        return Math.toIntExact(entries.estimatedSize());
    }

    /** Whether nothing at all is kept, also of what leads to entries. */
    boolean isEmpty() {
        return size() == 0 && byEntity.isEmpty() && byPlace.values().stream().allMatch(Places::isEmpty);
    }

    private List<DerivedKey> overtake(Predicate<DerivedKey> which) {
        List<Loading> overtaken =
                loading.stream().filter(each -> which.test(each.key)).toList();
        overtaken.forEach(each -> each.isOvertaken = true);
        return overtaken.stream().map(each -> each.key).toList();
    }

    private void around(Tenant tenant, @Nullable Entity entity, Set<DerivedKey> found) {
        Places<DerivedKey> places = byPlace.get(tenant);
        if (places != null && entity instanceof Located located) {
            GeoPoint position = located.position();
            places.forEachAround(position, found::add);
        }
    }

    private void link(DerivedKey key, DerivedEntry entry) {
        for (EntityRef ref : entry.value().madeFrom()) {
            byEntity.compute(ref, (_, present) -> {
                Set<DerivedKey> keys = present == null ? ConcurrentHashMap.newKeySet() : present;
                keys.add(key);
                return keys;
            });
        }
        Area area = entry.value().lookedIn();
        if (area != null) {
            byPlace.computeIfAbsent(new Tenant(key.tenant()), _ -> new Places<>())
                    .add(key, area);
        }
    }

    /** Leaves what the entry that has taken its place needs too. */
    private void unlink(DerivedKey key, DerivedEntry entry) {
        DerivedEntry present = entries.asMap().get(key);
        Set<EntityRef> stillThere = present == null ? Set.of() : present.value().madeFrom();
        for (EntityRef ref : entry.value().madeFrom()) {
            if (!stillThere.contains(ref)) {
                byEntity.computeIfPresent(ref, (_, keys) -> {
                    keys.remove(key);
                    return keys.isEmpty() ? null : keys;
                });
            }
        }
        Area area = entry.value().lookedIn();
        Places<DerivedKey> places = byPlace.get(new Tenant(key.tenant()));
        if (area != null
                && places != null
                && (present == null || !area.equals(present.value().lookedIn()))) {
            places.remove(key, area);
        }
    }
}

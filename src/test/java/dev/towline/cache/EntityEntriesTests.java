package dev.towline.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.store.EntityRef;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class EntityEntriesTests {

    private static final Instant START = Instant.parse("2026-03-21T14:00:00Z");
    private static final EntityRef THING = Thing.version(1).key().ref();

    private final CacheFixture fixture = new CacheFixture();
    private final EntityEntries entries = fixture.entries;

    @Test
    void keepsTheNewestVersion() {
        offer(1);
        offer(3);
        assertThat(offer(2).version()).as("the newest known version").isEqualTo(3);
        assertThat(version()).isEqualTo(3);
    }

    @Test
    void aLaterReadOfTheSameVersionRefreshesAnEntry() {
        entries.offer(THING, new EntityEntry(Thing.version(1), START), new AtomicBoolean());
        entries.offer(THING, new EntityEntry(Thing.version(1), START.plusSeconds(3)), new AtomicBoolean());
        assertThat(entries.get(THING)).extracting(EntityEntry::upToDateAt).isEqualTo(START.plusSeconds(3));
    }

    @Test
    void doesNotCacheVersionsBelowTheFloor() {
        fixture.floors.raise(THING, 4);
        offer(3);
        assertThat(entries.get(THING)).isNull();
        offer(4);
        assertThat(version()).isEqualTo(4);
    }

    @Test
    void doesNotStoreAnAbsenceBelowTheVersionFloor() {
        fixture.floors.raise(THING, 1);
        entries.offer(THING, new EntityEntry(null, START), new AtomicBoolean());
        assertThat(entries.get(THING)).isNull();
    }

    @Test
    void doesNotStoreTheResultOfASupersededLoad() {
        List<String> evictions = new CopyOnWriteArrayList<>();
        EntityEntries quiet = new EntityEntries(fixture.floors, 10_000, _ -> 100, (of, _) -> evictions.add(of));
        quiet.offer(THING, new EntityEntry(Thing.version(1), START), new AtomicBoolean(true));
        assertThat(quiet.get(THING)).isNull();
        assertThat(evictions).as("not even for a moment").isEmpty();
    }

    @Test
    void removesTheResultOfALoadThatIsSupersededWhileItIsStored() {
        AtomicBoolean superseded = new AtomicBoolean();
        EntityEntries late = new EntityEntries(
                fixture.floors,
                10_000,
                _ -> {
                    superseded.set(true);
                    return 100;
                },
                (_, _) -> {});
        late.offer(THING, new EntityEntry(Thing.version(1), START), superseded);
        assertThat(superseded).isTrue();
        assertThat(late.get(THING)).isNull();
    }

    @Test
    void replacesOnlyExistingEntriesByNewerVersions() {
        entries.replace(THING, Thing.version(5), START);
        assertThat(entries.get(THING)).isNull();
        offer(5);
        entries.replace(THING, Thing.version(4), START.plusSeconds(1));
        assertThat(version()).isEqualTo(5);
        entries.replace(THING, Thing.version(6), START.plusSeconds(1));
        assertThat(version()).isEqualTo(6);
    }

    @Test
    void evictsOnlyOlderVersions() {
        offer(5);
        entries.evictOlder(THING, 5);
        assertThat(version()).isEqualTo(5);
        entries.evictOlder(THING, 6);
        assertThat(entries.get(THING)).isNull();
    }

    @Test
    void staysWithinItsWeight() {
        List<String> evictions = new CopyOnWriteArrayList<>();
        EntityEntries small =
                new EntityEntries(fixture.floors, 10_000, _ -> 100, (of, cause) -> evictions.add(of + " " + cause));
        for (int i = 0; i < 1000; i++) {
            small.offer(
                    Thing.of("t" + i, 1).key().ref(),
                    new EntityEntry(Thing.of("t" + i, 1), START),
                    new AtomicBoolean());
        }
        assertThat(small.size().entries()).isBetween(50L, 100L);
        assertThat(small.size().weightBytes()).isLessThanOrEqualTo(10_000);
        assertThat(evictions).hasSizeGreaterThanOrEqualTo(900).containsOnly("thing size");
    }

    @Test
    void storesNothingWithoutAnyWeight() {
        EntityEntries none = new EntityEntries(fixture.floors, 0, _ -> 100, (_, _) -> {});
        none.offer(THING, new EntityEntry(Thing.version(1), START), new AtomicBoolean());
        assertThat(none.get(THING)).isNull();
        ComputedEntries nothing = new ComputedEntries(0, (_, _) -> {});
        ComputedKey key = new ComputedKey("Query.b", "acme", null, null, Map.of());
        nothing.offer(key, new ComputedEntry(Around.of(), START), new AtomicBoolean());
        assertThat(nothing.get(key)).isNull();
        assertThat(nothing.isEmpty()).isTrue();
    }

    private EntityEntry offer(int version) {
        return entries.offer(THING, new EntityEntry(Thing.version(version), START), new AtomicBoolean());
    }

    private int version() {
        EntityEntry entry = entries.get(THING);
        assertThat(entry).isNotNull();
        return entry == null ? 0 : entry.version();
    }
}

package dev.towline.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.cache.shared.SharedFixture;
import dev.towline.geo.GeoPoint;
import dev.towline.redis.SharedValues;
import dev.towline.store.Change;
import dev.towline.store.VersionFloors;
import dev.towline.viewer.Tenant;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract of {@link SharedTier} between two instances. Each test begins without shared values. */
abstract class SharedTierContract {

    private static final Tenant ZENITH = new Tenant("zenith");

    private final SharedValues values;
    private final SharedFixture one;
    private final SharedFixture other;
    private Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    SharedTierContract(SharedValues values) {
        this.values = values;
        one = instance();
        other = instance();
        hold();
        now = now.plus(SharedFixture.LEASE.multipliedBy(2));
        hold();
    }

    @Test
    void findsAnEntityOfAnotherInstance() {
        keep(Map.of(key("k1"), entry(1), key("gone"), new EntityEntry(null, now)));
        assertThat(find(other, key("k1"), key("gone"), key("unknown")))
                .containsOnly(Map.entry(key("k1"), entry(1)), Map.entry(key("gone"), new EntityEntry(null, now)));
    }

    @Test
    void findsOnlyGoodEntries() {
        keep(Map.of(key("k1"), entry(1), key("k2"), entry(2)));
        assertThat(other.tier().find(List.of(key("k1"), key("k2")), (_, entry) -> entry.version() > 1))
                .containsOnlyKeys(key("k2"));
    }

    @Test
    void tenantsShareNothing() {
        Truck.Key theirs = new Truck.Key(ZENITH, "k1");
        keep(Map.of(key("k1"), entry(1)));
        assertThat(find(other, theirs)).isEmpty();
        assertThat(find(other, theirs, key("k1"))).containsOnlyKeys(key("k1"));
    }

    @Test
    void sharesNothingWithoutAGeneration() {
        keep(Map.of(key("k1"), entry(1)));
        SharedFixture young = instance();
        young.hold();
        assertThat(young.tier().generation()).isNull();
        assertThat(find(young, key("k1"))).isEmpty();
        one.tier().keep(null, Map.of(key("k2"), entry(1)));
        assertThat(find(other, key("k2"))).isEmpty();
    }

    @Test
    void findsNothingOfAnEarlierGeneration() {
        keep(Map.of(key("k1"), entry(1)));
        String earlier = one.tier().generation();
        other.end();
        other.hold();
        one.hold();
        assertThat(one.tier().generation()).isNotNull().isNotEqualTo(earlier);
        one.tier().keep(earlier, Map.of(key("k2"), entry(1)));
        assertThat(find(one, key("k1"), key("k2"))).isEmpty();
    }

    @Test
    void anOlderReadNeverReplacesAWrite() {
        other.wrote(change(Around.INSIDE, 2));
        keep(Map.of(key("k1"), entry(1)));
        assertThat(find(one, key("k1"))).containsExactly(Map.entry(key("k1"), entry(2)));
    }

    @Test
    void findsNoEntityInDoubt() {
        keep(Map.of(key("k1"), entry(1), key("k2"), entry(1)));
        other.inDoubt(key("k1"));
        assertThat(find(one, key("k1"), key("k2"))).containsOnlyKeys(key("k2"));
    }

    @Test
    void dropsEntitiesOfTheKindsThatItShares() {
        keep(Map.of(key("k1"), entry(1)));
        one.tier().dropAllIfShared("thing"::equals);
        hold();
        assertThat(find(other, key("k1"))).isNotEmpty();
        one.tier().dropAllIfShared("truck"::equals);
        hold();
        assertThat(find(other, key("k1"))).isEmpty();
    }

    private SharedFixture instance() {
        return new SharedFixture(
                values,
                new SharedFixture.Instance(
                        new VersionFloors(Duration.ofMinutes(10), () -> now),
                        () -> true,
                        () -> now,
                        new CacheMetrics(new SimpleMeterRegistry())),
                List.of(Truck.TABLE));
    }

    private void hold() {
        one.hold();
        other.hold();
    }

    private void keep(Map<Truck.Key, EntityEntry> read) {
        one.tier().keep(one.tier().generation(), read);
    }

    private static Map<Truck.Key, EntityEntry> find(SharedFixture instance, Truck.Key... keys) {
        return instance.tier().find(List.of(keys), (_, _) -> true);
    }

    private EntityEntry entry(int version) {
        return new EntityEntry(Truck.at(Around.INSIDE, version), now);
    }

    private static Change change(GeoPoint position, int version) {
        @Nullable Truck before = version > 1 ? Truck.at(position, version - 1) : null;
        Truck now = version > 1 ? Truck.at(position, version) : Truck.of(Thing.ACME, "k9", 1, position, null);
        return new Change(now, before);
    }

    private static Truck.Key key(String id) {
        return new Truck.Key(Thing.ACME, id);
    }
}

package dev.towline.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.store.EntityKey;
import dev.towline.store.PartlyProven;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FreshnessTests {

    private static final Instant START = Instant.parse("2026-03-21T14:00:00Z");
    private static final CachePolicy PLAIN = Policies.of("ttlSeconds: 10, maxTtlSeconds: 100, scope: PUBLIC");

    private Instant now = START;
    private boolean proven = true;
    private final Freshness freshness = new Freshness(() -> now, () -> proven);

    @Test
    void servesUntilTheTtl() {
        EntityEntry entry = new EntityEntry(Thing.version(1), START);
        now = START.plusMillis(9_999);
        LookupResult result = freshness.of(entry, PLAIN);
        assertThat(result.status()).isEqualTo(CacheStatus.HIT);
        assertThat(result.age()).isEqualTo(Duration.ofMillis(9_999));
        assertThat(result.remaining()).isEqualTo(Duration.ofMillis(1));
        now = START.plusSeconds(10);
        assertThat(freshness.of(entry, PLAIN)).isEqualTo(LookupResult.miss(Tier.STORE, "expired"));
    }

    @Test
    void servesALastStateUntilMaxTtl() {
        EntityEntry entry = new EntityEntry(Thing.last(), START);
        now = START.plusSeconds(99);
        assertThat(freshness.of(entry, PLAIN).status()).isEqualTo(CacheStatus.HIT);
        now = START.plusSeconds(100);
        assertThat(freshness.of(entry, PLAIN).serves()).isFalse();
    }

    @Test
    void servesNothingOlderThanASecondWhileUnproven() {
        EntityEntry entry = new EntityEntry(Thing.last(), START);
        proven = false;
        now = START.plusSeconds(1);
        assertThat(freshness.of(entry, PLAIN).status()).isEqualTo(CacheStatus.HIT);
        now = START.plusMillis(1_001);
        assertThat(freshness.of(entry, PLAIN)).isEqualTo(LookupResult.miss(Tier.STORE, "unproven"));
        CachePolicy lenient = Policies.of("ttlSeconds: 10, scope: PUBLIC, staleSeconds: 60, renew: true");
        assertThat(freshness.of(entry, lenient).reason()).isEqualTo("unproven");
    }

    /** The bus may be proven for some entities only. A computed value may have been made from any. */
    @Test
    void anEntityIsJudgedByItsOwnChangesAndAComputedValueByAll() {
        EntityKey cut = Thing.of("cut", 1).key();
        EntityKey heard = Thing.of("heard", 1).key();
        Freshness partly = new Freshness(() -> now, new PartlyProven(entity -> !entity.equals(cut)));
        EntityEntry entry = new EntityEntry(Thing.version(1), START);
        now = START.plusSeconds(5);

        assertThat(partly.of(heard, entry, PLAIN).status()).isEqualTo(CacheStatus.HIT);
        assertThat(partly.isGood(heard, entry, PLAIN)).isTrue();
        assertThat(partly.of(cut, entry, PLAIN).reason()).isEqualTo("unproven");
        assertThat(partly.isGood(cut, entry, PLAIN)).isFalse();
        assertThat(partly.of(entry, PLAIN).reason()).isEqualTo("unproven");
    }

    @Test
    void renewsUntilMaxTtl() {
        CachePolicy renewing = Policies.of("ttlSeconds: 10, maxTtlSeconds: 100, scope: PUBLIC, renew: true");
        EntityEntry entry = new EntityEntry(Thing.version(1), START);
        now = START.plusSeconds(99);
        assertThat(freshness.of(entry, renewing).status()).isEqualTo(CacheStatus.RENEWED);
        now = START.plusSeconds(100);
        assertThat(freshness.of(entry, renewing).serves()).isFalse();
    }

    @Test
    void servesStaleUntilTheLimitOfTheField() {
        CachePolicy stale = Policies.of("ttlSeconds: 10, scope: PUBLIC, staleSeconds: 5");
        EntityEntry entry = new EntityEntry(Thing.version(1), START);
        now = START.plusSeconds(14);
        LookupResult result = freshness.of(entry, stale);
        assertThat(result.status()).isEqualTo(CacheStatus.STALE);
        assertThat(result.remaining()).isEqualTo(Duration.ZERO);
        now = START.plusSeconds(15);
        assertThat(freshness.of(entry, stale).serves()).isFalse();
    }

    @Test
    void servesStaleOnErrorUntilTheLimitOfTheField() {
        CachePolicy onError = Policies.of("ttlSeconds: 10, scope: PUBLIC, staleOnErrorSeconds: 60");
        EntityEntry entry = new EntityEntry(Thing.version(1), START);
        now = START.plusSeconds(69);
        assertThat(freshness.of(entry, onError).serves()).isFalse();
        assertThat(freshness.afterError(entry, onError))
                .extracting(LookupResult::status, LookupResult::reason)
                .containsExactly(CacheStatus.STALE, "error");
        assertThat(freshness.afterError(entry, PLAIN).serves()).isFalse();
        now = START.plusSeconds(70);
        assertThat(freshness.afterError(entry, onError).serves()).isFalse();
    }

    @Test
    void servesAnAbsenceUntilTheLimitOfTheField() {
        EntityEntry nothing = new EntityEntry(null, START);
        assertThat(freshness.of(nothing, PLAIN).serves()).isFalse();
        CachePolicy negative =
                Policies.of("ttlSeconds: 10, scope: PUBLIC, negativeSeconds: 2, staleSeconds: 60, renew: true");
        now = START.plusMillis(1_999);
        assertThat(freshness.of(nothing, negative).status()).isEqualTo(CacheStatus.HIT);
        now = START.plusSeconds(2);
        assertThat(freshness.of(nothing, negative).serves()).isFalse();
        assertThat(freshness.afterError(nothing, negative).serves()).isFalse();
    }

    @Test
    void treatsAnEntryFromTheFutureAsNew() {
        assertThat(freshness
                        .of(new EntityEntry(Thing.version(1), START.plusSeconds(5)), PLAIN)
                        .age())
                .isEqualTo(Duration.ZERO);
    }
}

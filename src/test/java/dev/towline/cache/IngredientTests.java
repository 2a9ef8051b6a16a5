package dev.towline.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.store.EntityRef;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An ingredient of an answer is good as long as a lookup of the same entry would be. */
class IngredientTests {

    private static final CachePolicy POLICY =
            Policies.of("ttlSeconds: 10, scope: PUBLIC, staleSeconds: 10, staleOnErrorSeconds: 60, negativeSeconds: 2");
    private static final Thing THING = Thing.version(3);
    private static final EntityRef REF = THING.key().ref();

    private final CacheFixture fixture = new CacheFixture();

    @Test
    void isGoodUntilTheTtlAndNotStale() {
        Ingredient ingredient = remembered(POLICY, THING);
        assertThat(ingredient.lookup().status()).isEqualTo(CacheStatus.HIT);
        fixture.now = fixture.now.plusSeconds(9);
        assertThat(ingredient.lookup().isGood()).isTrue();
        fixture.now = fixture.now.plusSeconds(2);
        assertThat(ingredient.lookup().status()).isEqualTo(CacheStatus.STALE);
        assertThat(fixture.reads).as("it starts no load").isEmpty();
    }

    @Test
    void anAbsenceIsGoodForItsOwnTime() {
        Ingredient ingredient = remembered(POLICY, null);
        assertThat(ingredient.lookup().isGood()).isTrue();
        fixture.now = fixture.now.plusSeconds(2);
        assertThat(ingredient.lookup().isGood()).isFalse();
    }

    @Test
    void isRenewedIfTheFieldSaysSo() {
        Ingredient ingredient =
                remembered(Policies.of("ttlSeconds: 10, maxTtlSeconds: 60, scope: PUBLIC, renew: true"), THING);
        fixture.now = fixture.now.plusSeconds(30);
        assertThat(ingredient.lookup().status()).isEqualTo(CacheStatus.RENEWED);
        fixture.now = fixture.now.plusSeconds(31);
        assertThat(ingredient.lookup().isGood()).isFalse();
    }

    @Test
    void isGoodForASecondWhileChangesMayBeMissed() {
        Ingredient ingredient = remembered(POLICY, THING);
        fixture.proven = false;
        fixture.now = fixture.now.plusSeconds(1);
        assertThat(ingredient.lookup().isGood()).isTrue();
        fixture.now = fixture.now.plusMillis(1);
        assertThat(ingredient.lookup().reason()).isEqualTo("unproven");
        fixture.proven = true;
        assertThat(ingredient.lookup().isGood()).isTrue();
    }

    @Test
    void isNotGoodBelowAVersionFloor() {
        Ingredient ingredient = remembered(POLICY, THING);
        fixture.floors.raise(REF, 3);
        fixture.floors.claim(REF, 3);
        assertThat(ingredient.lookup().isGood()).isTrue();
        fixture.floors.claim(REF, 4);
        assertThat(ingredient.lookup().reason()).isEqualTo("seen");
    }

    @Test
    void isNotGoodAfterAnythingElseTookItsPlace() {
        Ingredient ingredient = remembered(POLICY, THING);
        remembered(POLICY, Thing.version(3));
        assertThat(ingredient.lookup().isGood()).as("after another load").isFalse();

        Ingredient next = remembered(POLICY, THING);
        fixture.local.evict(List.of(THING.key()));
        assertThat(next.lookup().isGood()).as("after a doubt").isFalse();

        Ingredient last = remembered(POLICY, THING);
        fixture.local.clear();
        assertThat(last.lookup().isGood()).as("after a gap").isFalse();
    }

    @Test
    void aValueThatIsNotRememberedIsNone() {
        CachedField field = new CachedField(POLICY, fixture.metrics);
        assertThat(fixture.cache.ingredient(field, THING.key(), THING)).isNull();
        remembered(POLICY, THING);
        assertThat(fixture.cache.ingredient(field, THING.key(), Thing.version(3)))
                .as("an equal one, of another load")
                .isNull();
        assertThat(fixture.cache.ingredient(field, THING.key(), null)).isNull();
    }

    @Test
    void countsAsALookupAndAUse() {
        Ingredient ingredient = remembered(POLICY, THING);
        ingredient.served(ingredient.lookup());
        assertThat(fixture.meters
                        .get("towline.cache.requests")
                        .tag("field", POLICY.field())
                        .tag("tier", "answer")
                        .tag("result", "hit")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(fixture.used).containsExactly(THING.key());
    }

    private Ingredient remembered(CachePolicy policy, @Nullable Thing thing) {
        fixture.entries.offer(REF, new EntityEntry(thing, fixture.now), new AtomicBoolean());
        return Objects.requireNonNull(
                fixture.cache.ingredient(new CachedField(policy, fixture.metrics), THING.key(), thing));
    }
}

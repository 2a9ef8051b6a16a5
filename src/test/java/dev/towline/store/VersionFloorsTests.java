package dev.towline.store;

import static dev.towline.store.Notes.ACME;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class VersionFloorsTests {

    private static final EntityRef NOTE = new EntityRef("note", ACME, "n1");
    private static final EntityRef OTHER = new EntityRef("note", ACME, "n2");

    private Instant now = Instant.parse("2026-03-21T14:00:00Z");
    private final VersionFloors floors = new VersionFloors(Duration.ofMinutes(10), () -> now);

    @Test
    void knowsNothingAtFirst() {
        assertThat(floors.of(NOTE)).isZero();
        assertThat(floors.isIncomplete()).isFalse();
    }

    @Test
    void keepsTheNewestOfEachEntity() {
        floors.raise(NOTE, 3);
        floors.raise(NOTE, 2);
        floors.raise(OTHER, 7);
        assertThat(floors.of(NOTE)).isEqualTo(3);
        assertThat(floors.of(OTHER)).isEqualTo(7);
    }

    @Test
    void keepsAClaimUntilAConsistentReadSettlesIt() {
        floors.raise(NOTE, 3);
        floors.claim(NOTE, 999);
        assertThat(floors.of(NOTE)).isEqualTo(999);
        floors.settle(NOTE, 4, floors.claimed(NOTE));
        assertThat(floors.of(NOTE)).isEqualTo(4);
    }

    @Test
    void neverSinksBelowWhatWasWritten() {
        floors.raise(NOTE, 5);
        // of a read that began before that write
        floors.settle(NOTE, 4, floors.claimed(NOTE));
        assertThat(floors.of(NOTE)).isEqualTo(5);
    }

    @Test
    void keepsAClaimThatCameWhileAReadWasUnderWay() {
        int before = floors.claimed(NOTE);
        floors.claim(NOTE, 5);
        floors.settle(NOTE, 4, before);
        assertThat(floors.of(NOTE)).isEqualTo(5);
    }

    @Test
    void doubtsForAsLongAsReadsMayLag() {
        assertThat(floors.isDoubtful()).isFalse();
        floors.doubt();
        now = now.plus(VersionFloors.LAG).minusMillis(1);
        assertThat(floors.isDoubtful()).isTrue();
        now = now.plusMillis(1);
        assertThat(floors.isDoubtful()).isFalse();
    }

    @Test
    void forgetsWhenNoReadCanLagThatMuch() {
        floors.raise(NOTE, 3);
        now = now.plus(Duration.ofMinutes(9));
        assertThat(floors.of(NOTE)).isEqualTo(3);
        now = now.plus(Duration.ofMinutes(2));
        assertThat(floors.of(NOTE)).isZero();
    }

    /** A guest can send a hundred claims of anything with each request. */
    @Test
    void claimsOfClientsPushNothingOut() {
        floors.raise(NOTE, 3);
        for (int i = 0; i < 2_001 * 100; i++) {
            floors.claim(new EntityRef("note", ACME, "claimed" + i), 999_999_999);
        }
        assertThat(floors.isIncomplete()).isFalse();
        assertThat(floors.of(NOTE)).isEqualTo(3);
    }

    /** Unlike a claim of a client, nobody sends it again. */
    @Test
    void aWriteWithAnUnknownOutcomeIsNotPushedOutByClaims() {
        floors.attempt(NOTE, 4);
        for (int i = 0; i < 100_000; i++) {
            floors.claim(new EntityRef("note", ACME, "claimed" + i), 1);
        }
        now = now.plus(Duration.ofMinutes(9));
        assertThat(floors.of(NOTE)).isEqualTo(4);
        floors.settle(NOTE, 3, floors.claimed(NOTE));
        assertThat(floors.of(NOTE)).isEqualTo(3);
    }

    @Test
    void forgetsAClaimSoon() {
        floors.claim(NOTE, 4);
        now = now.plus(Duration.ofSeconds(59));
        assertThat(floors.of(NOTE)).isEqualTo(4);
        now = now.plus(Duration.ofSeconds(1));
        assertThat(floors.of(NOTE)).isZero();
    }

    @Test
    void saysSoWhereThereWereMoreThanItCanKeep() {
        VersionFloors few = new VersionFloors(Duration.ofMinutes(10), () -> now, 10);
        for (int i = 0; i < 1000; i++) {
            few.raise(new EntityRef("note", ACME, "n" + i), 1);
        }
        assertThat(few.isIncomplete()).isTrue();
        now = now.plus(Duration.ofMinutes(11));
        assertThat(few.isIncomplete()).isFalse();
    }
}

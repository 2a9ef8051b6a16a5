package dev.towline.cache.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When what instances share is of use. */
class GenerationTests {

    private static final Duration LEASE = Duration.ofSeconds(3);

    private Instant now = Instant.parse("2026-03-21T14:00:00Z");
    private final FakeShared redis = new FakeShared(() -> now);
    private boolean proven = true;
    private final Generation a = generation();
    private final Generation b = generation();

    @Test
    void nothingIsOfUseUntilOthersMustHaveNoticedWhatHappenedBefore() {
        holdUntilItIsOfUse();
        assertThat(a.word()).hasSize(Generation.WORD_LENGTH);
    }

    @Test
    void instancesAgreeOnOneWord() {
        open();
        assertThat(a.word()).isNotNull().isEqualTo(b.word());
    }

    @Test
    void nothingIsOfUseWhileTheBusIsUnproven() {
        open();
        proven = false;
        assertThat(a.word()).isNull();
        proven = true;
        assertThat(a.word()).isNotNull();
    }

    @Test
    void anotherWordTakesThePlaceOfTheOldOneForEverybody() {
        String old = open();
        a.end();
        assertThat(a.word()).isNull();
        a.hold();
        b.hold();
        assertThat(a.word()).isNotNull().isNotEqualTo(old).isEqualTo(b.word());
    }

    @Test
    void whoNoticesLaterTrustsNoWordThatWasThereBefore() {
        open();
        a.end();
        a.hold();
        String first = Objects.requireNonNull(a.word());
        b.end();
        b.hold();
        a.hold();
        assertThat(a.word()).isNotNull().isNotEqualTo(first).isEqualTo(b.word());
    }

    @Test
    void whatIsNoticedWhileAWordIsHeldEndsThatWordToo() {
        open();
        a.end();
        redis.onHold = () -> {
            redis.onHold = null;
            a.end();
        };
        a.hold();
        assertThat(a.word()).isNull();
        b.hold();
        String meanwhile = Objects.requireNonNull(b.word());
        a.hold();
        assertThat(a.word()).isNotNull().isNotEqualTo(meanwhile);
    }

    @Test
    void whatIsNoticedBeforeAWordIsHeldEndsWhateverIsThere() {
        String old = open();
        Generation late = generation();
        late.hold();
        late.end();
        for (int i = 0; i < 4; i++) {
            pass(LEASE.dividedBy(2));
            a.hold();
        }
        assertThat(a.word()).isEqualTo(old);
        late.hold();
        a.hold();
        assertThat(late.word()).isNotNull().isNotEqualTo(old).isEqualTo(a.word());
    }

    @Test
    void whoMayNotUseAWordYetEndsItForTheOthersAtOnce() {
        String old = open();
        Generation young = generation();
        young.end();
        young.hold();
        assertThat(young.word()).isNull();
        a.hold();
        assertThat(a.word()).isNotNull().isNotEqualTo(old);
    }

    @Test
    void theWordIsGoneSoonAfterTheLastInstanceAndWhoComesBackWaitsAnew() {
        String old = open();
        pass(LEASE);
        assertThat(a.word()).as("held too long ago").isNull();
        holdUntilItIsOfUse();
        assertThat(a.word()).isNotNull().isNotEqualTo(old);
    }

    @Test
    void whatIsNoticedJustBeforeTheEndIsNotLost() {
        String old = open();
        GenerationKeeper keeper =
                new GenerationKeeper(new SharedTierSettings(true, Set.of(), Set.of(), Duration.ofMinutes(1)), a);
        keeper.start();
        a.end();
        keeper.stop();
        b.hold();
        assertThat(b.word()).isNotNull().isNotEqualTo(old);
    }

    private Generation generation() {
        return new Generation(redis::hold, () -> proven, () -> now, LEASE);
    }

    private void holdUntilItIsOfUse() {
        a.hold();
        assertThat(a.word()).isNull();
        pass(LEASE);
        a.hold();
        assertThat(a.word()).isNull();
        pass(LEASE);
        a.hold();
    }

    /** Lets both share; the word. */
    private String open() {
        a.hold();
        b.hold();
        pass(LEASE.multipliedBy(2));
        a.hold();
        b.hold();
        return Objects.requireNonNull(a.word());
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }
}

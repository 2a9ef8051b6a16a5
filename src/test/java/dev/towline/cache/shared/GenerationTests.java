package dev.towline.cache.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The generations of shared values: when an instance may use them and how it ends them. */
class GenerationTests {

    private static final Duration LEASE = Duration.ofSeconds(3);

    private Instant now = Instant.parse("2026-03-21T14:00:00Z");
    private final FakeShared redis = new FakeShared(() -> now);
    private boolean proven = true;
    private final Generation a = generation();
    private final Generation b = generation();

    @Test
    void usesNothingForALeaseAfterTheStart() {
        holdUntilUsable();
        assertThat(a.id()).hasSize(Generation.ID_LENGTH);
    }

    @Test
    void instancesAgreeOnOneGeneration() {
        open();
        assertThat(a.id()).isNotNull().isEqualTo(b.id());
    }

    @Test
    void usesNothingWhileTheBusIsUnproven() {
        open();
        proven = false;
        assertThat(a.id()).isNull();
        proven = true;
        assertThat(a.id()).isNotNull();
    }

    @Test
    void aNewGenerationReplacesTheOldOneOnAllInstances() {
        String old = open();
        a.end();
        assertThat(a.id()).isNull();
        a.hold();
        b.hold();
        assertThat(a.id()).isNotNull().isNotEqualTo(old).isEqualTo(b.id());
    }

    @Test
    void anInstanceThatDetectsAGapLaterReplacesTheGenerationAgain() {
        open();
        a.end();
        a.hold();
        String first = Objects.requireNonNull(a.id());
        b.end();
        b.hold();
        a.hold();
        assertThat(a.id()).isNotNull().isNotEqualTo(first).isEqualTo(b.id());
    }

    @Test
    void aGapWhileAGenerationIsBeingReadEndsItToo() {
        open();
        a.end();
        redis.onHold = () -> {
            redis.onHold = null;
            a.end();
        };
        a.hold();
        assertThat(a.id()).isNull();
        b.hold();
        String meanwhile = Objects.requireNonNull(b.id());
        a.hold();
        assertThat(a.id()).isNotNull().isNotEqualTo(meanwhile);
    }

    @Test
    void aGapBeforeTheFirstGenerationEndsAnExistingOne() {
        String old = open();
        Generation late = generation();
        late.hold();
        late.end();
        for (int i = 0; i < 4; i++) {
            pass(LEASE.dividedBy(2));
            a.hold();
        }
        assertThat(a.id()).isEqualTo(old);
        late.hold();
        a.hold();
        assertThat(late.id()).isNotNull().isNotEqualTo(old).isEqualTo(a.id());
    }

    @Test
    void anInstanceThatMayNotUseAGenerationYetCanEndIt() {
        String old = open();
        Generation young = generation();
        young.end();
        young.hold();
        assertThat(young.id()).isNull();
        a.hold();
        assertThat(a.id()).isNotNull().isNotEqualTo(old);
    }

    @Test
    void theGenerationExpiresSoonAfterTheLastInstanceAndAReturningOneWaitsAgain() {
        String old = open();
        pass(LEASE);
        assertThat(a.id()).as("held too long ago").isNull();
        holdUntilUsable();
        assertThat(a.id()).isNotNull().isNotEqualTo(old);
    }

    @Test
    void aGapJustBeforeShutdownEndsTheGeneration() {
        String old = open();
        GenerationKeeper keeper =
                new GenerationKeeper(new SharedTierSettings(true, Set.of(), Duration.ofMinutes(1)), a);
        keeper.start();
        a.end();
        keeper.stop();
        b.hold();
        assertThat(b.id()).isNotNull().isNotEqualTo(old);
    }

    private Generation generation() {
        return new Generation(redis::hold, () -> proven, () -> now, LEASE);
    }

    private void holdUntilUsable() {
        a.hold();
        assertThat(a.id()).isNull();
        pass(LEASE);
        a.hold();
        assertThat(a.id()).isNull();
        pass(LEASE);
        a.hold();
    }

    /** Lets both instances hold the generation for long enough. Returns its id. */
    private String open() {
        a.hold();
        b.hold();
        pass(LEASE.multipliedBy(2));
        a.hold();
        b.hold();
        return Objects.requireNonNull(a.id());
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }
}

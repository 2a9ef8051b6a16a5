package dev.towline.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.store.NumberedChanges;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Publishers of two orders, of which only messages of the same order tell of each other. */
class PublishersTests {

    private final long stopped = NumberedChanges.publisher(1, 1_000);
    private final long sameOrder = NumberedChanges.publisher(1, 2_000);
    private final long otherOrder = NumberedChanges.publisher(0, 3_000);
    private final Publishers publishers = new Publishers();

    @BeforeEach
    void begin() {
        publishers.restart();
        publishers.applied(stopped, 1);
        publishers.left(stopped);
        publishers.applied(sameOrder, 1);
        publishers.applied(otherOrder, 1);
    }

    @Test
    void idsTellTheOrder() {
        assertThat(NumberedChanges.order(stopped)).isEqualTo(1);
        assertThat(NumberedChanges.order(otherOrder)).isZero();
        assertThat(NumberedChanges.order(NumberedChanges.publisher(63, -1))).isEqualTo(63);
    }

    @Test
    void aLaterMessageOfTheSameOrderTellsThatTheEndWasSeen() {
        Position resumed = Objects.requireNonNull(publishers.resumed(new Position(Map.of(sameOrder, Place.after(1)))));

        assertThat(resumed.of(stopped)).isEqualTo(Place.after(1));
        assertThat(publishers.told(publishers.head()).places()).doesNotContainKey(stopped);
    }

    @Test
    void aLaterMessageOfAnotherOrderTellsNothing() {
        Position resumed = Objects.requireNonNull(publishers.resumed(new Position(Map.of(otherOrder, Place.after(1)))));

        assertThat(resumed.of(stopped)).as("its change is still to come").isEqualTo(Place.START);
        Position seen = new Position(Map.of(otherOrder, Place.after(1), stopped, Place.after(1)));
        assertThat(publishers.told(seen)).isEqualTo(seen);
    }

    @Test
    void whatIsForgottenOfAnOrderIsAskedForInThatOrder() {
        for (int i = 0; i < 64; i++) {
            long another = NumberedChanges.publisher(1, 10_000 + 1_000L * i);
            publishers.applied(another, 1);
            publishers.left(another);
        }
        publishers.applied(sameOrder, 2);
        publishers.applied(otherOrder, 2);

        assertThat(publishers.resumed(new Position(Map.of(otherOrder, Place.after(2)))))
                .isNull();
        assertThat(publishers.resumed(new Position(Map.of(sameOrder, Place.after(2)))))
                .isNotNull();
    }
}

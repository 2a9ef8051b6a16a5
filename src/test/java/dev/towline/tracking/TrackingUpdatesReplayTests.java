package dev.towline.tracking;

import static dev.towline.tracking.Drives.at;
import static dev.towline.tracking.Drives.begun;
import static dev.towline.tracking.Drives.numbered;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replayed updates equal the updates that were published write by write. */
class TrackingUpdatesReplayTests {

    private final List<TrackedLocation> trail = new ArrayList<>();
    private final List<TrackingUpdate> announced = new ArrayList<>();
    private final Iterator<SessionStatus> ahead =
            EnumSet.range(SessionStatus.EN_ROUTE, SessionStatus.COMPLETED).iterator();
    private TrackingSession session = begun();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void isTheSameAfterwards(long seed) {
        Random random = new Random(seed);
        announced.addAll(Drives.updates(session).ofWrite(List.of()));
        for (int write = 1; !session.status().isEnd(); write++) {
            if (random.nextInt(5) > 0) {
                move(write, random.nextInt(1, 5));
            } else {
                step(write);
            }
        }
        assertThat(announced)
                .extracting(TrackingUpdate::sequence)
                .containsExactly(
                        IntStream.rangeClosed(1, session.sequence()).boxed().toArray(Integer[]::new));
        for (int i = 0; i < 100; i++) {
            int after = random.nextInt(session.sequence() + 1);
            assertThat(Drives.updates(session).since(after, numberedSince(after)))
                    .allMatch(update -> update.session().equals(session))
                    .usingRecursiveFieldByFieldElementComparatorIgnoringFields("session")
                    .isEqualTo(announced.subList(after, announced.size()));
        }
        assertThat(Drives.updates(session).snapshot().getLast()).isEqualTo(announced.getLast());
    }

    private void move(int write, int locations) {
        List<TrackedLocation> moved = new ArrayList<>();
        for (int i = 1; i <= locations; i++) {
            moved.add(numbered(session.sequence() + i, write * 10 + i));
        }
        trail.addAll(moved);
        session = Drives.moved(session, moved.toArray(TrackedLocation[]::new));
        announced.addAll(Drives.updates(session).ofWrite(List.of()));
    }

    private void step(int write) {
        session = session.in(ahead.next(), at(write * 10));
        announced.addAll(Drives.updates(session).ofWrite(List.of()));
    }

    /** As storage finds them: all down to the last one that is not asked for. */
    private NumberedFixes numberedSince(int after) {
        List<TrackedLocation> found = new ArrayList<>();
        for (TrackedLocation location : trail.reversed()) {
            found.addFirst(location);
            if (Objects.requireNonNull(location.sequence()) <= after) {
                break;
            }
        }
        return new NumberedFixes(found, found.size() == trail.size());
    }
}

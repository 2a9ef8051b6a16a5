package dev.towline.tracking;

import static dev.towline.tracking.Drives.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.geo.GeoPoint;
import dev.towline.live.LiveSettings;
import dev.towline.live.StreamOptions;
import dev.towline.live.TopicSource;
import dev.towline.live.Topics;
import dev.towline.problem.Unavailable;
import dev.towline.store.Change;
import dev.towline.store.ChangeEvent;
import dev.towline.store.ChangeEvent.Origin;
import dev.towline.store.ChangeFeed;
import dev.towline.store.InMemoryStore;
import dev.towline.store.PartlyProven;
import dev.towline.store.VersionFloors;
import dev.towline.store.Write;
import dev.towline.viewer.Tenant;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

class SessionRecheckTests {

    private static final LiveSettings SETTINGS = LiveSettings.defaults();

    private final AtomicReference<Instant> now = new AtomicReference<>(at(0));
    private final InstantSource clock = now::get;
    private final AtomicBoolean isProven = new AtomicBoolean(true);
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicBoolean isAway = new AtomicBoolean();
    private final AtomicBoolean unreadable = new AtomicBoolean();
    private final List<ChangeEvent.Applied> announced = new CopyOnWriteArrayList<>();
    private final InMemoryStore store = new InMemoryStore(announced::add, () -> {
        reads.incrementAndGet();
        if (unreadable.get() && reads.get() == 1) {
            throw new IllegalStateException("a session has a layout of a newer version, as the test wants it");
        }
        if (isAway.get()) {
            throw new Unavailable("not now", null);
        }
    });
    private final VersionFloors floors = new VersionFloors(Duration.ofMinutes(10), clock);
    private final Topics topics = new Topics(new SimpleMeterRegistry(), SETTINGS, clock);
    private final CurrentSessions current = new CurrentSessions(store, floors, isProven::get, clock);
    private final SessionRecheck recheck =
            new SessionRecheck(topics, current, store, isProven::get, SETTINGS, clock, Runnable::run);
    private final List<Disposable> streams = new ArrayList<>();
    private final TrackingSession first = Drives.begun();
    private final TrackingSession second = first.in(SessionStatus.EN_ROUTE, at(10));

    @AfterEach
    void leave() {
        streams.forEach(Disposable::dispose);
    }

    /** Those whose changes provably arrive need not be read so often. */
    @Test
    void whileSomeChangesMayBeMissingOnlyTheirSessionsAreReadMoreOften() {
        TrackingSession other = numbered(7);
        ChangeFeed partly = new PartlyProven(entity -> !entity.equals(first.key()));
        SessionRecheck partlyProven =
                new SessionRecheck(topics, current, store, partly, SETTINGS, clock, Runnable::run);
        watched(first);
        watched(other);
        TrackingSession moved = other.in(SessionStatus.EN_ROUTE, at(10));
        store.writeUnannounced(List.of(new Write<>(Sessions.TABLE, second)));
        store.writeUnannounced(List.of(new Write<>(Sessions.TABLE, moved)));
        pass(SETTINGS.recheckUnproven());
        partlyProven.tick();
        assertThat(announced)
                .flatExtracting(ChangeEvent.Applied::changes)
                .extracting(Change::value)
                .containsExactly(second);

        pass(SETTINGS.recheck());
        partlyProven.tick();
        assertThat(announced)
                .flatExtracting(ChangeEvent.Applied::changes)
                .extracting(Change::value)
                .contains(moved);
    }

    @Test
    void announcesWhatWasStoredAndNeverAnnounced() {
        watched(first);
        pass(SETTINGS.recheck());
        store.writeUnannounced(List.of(new Write<>(Sessions.TABLE, second)));
        recheck.tick();

        assertThat(announced).singleElement().satisfies(event -> {
            assertThat(event.changes()).extracting(change -> change.value()).containsExactly(second);
            assertThat(event.origin()).as("nobody else is told").isEqualTo(Origin.REMOTE);
        });
    }

    /** Others cannot know of it, and a client relies on it. */
    @Test
    void tellsTheOtherInstancesWhatAWriteOfUnknownOutcomeOrAClientClaimed() {
        watched(first);
        store.writeUnannounced(List.of(new Write<>(Sessions.TABLE, second)));
        floors.claim(second.key().ref(), second.version());
        pass(SETTINGS.recheck());
        recheck.tick();

        assertThat(announced).extracting(ChangeEvent.Applied::origin).containsExactly(Origin.LOCAL);
    }

    @Test
    void saysNothingOfWhatIsKnown() {
        watched(first);
        floors.raise(first.key().ref(), first.version());
        pass(SETTINGS.recheck());
        recheck.tick();

        assertThat(reads).hasValue(1);
        assertThat(announced).isEmpty();
    }

    @Test
    void readsNowAndThenAndMoreOftenWhileOtherInstancesCannotBeHeard() {
        watched(first);
        recheck.tick();
        pass(SETTINGS.recheck().minusMillis(1));
        recheck.tick();
        assertThat(reads).hasValue(0);
        pass(Duration.ofMillis(1));
        recheck.tick();
        recheck.tick();
        assertThat(reads).hasValue(1);

        isProven.set(false);
        recheck.tick();
        recheck.tick();
        assertThat(reads).hasValue(3);
    }

    @Test
    void readsNobodysSessionsNever() {
        store.writeUnannounced(List.of(new Write<>(Sessions.TABLE, first)));
        pass(SETTINGS.recheck());
        recheck.tick();
        recheck.check(List.of(first.key()));

        assertThat(reads).hasValue(0);
    }

    @Test
    void readsAHundredAtATime() {
        IntStream.range(0, 250).forEach(i -> watched(numbered(i)));
        pass(SETTINGS.recheck());
        recheck.tick();

        assertThat(reads).hasValue(3);
        assertThat(announced).hasSize(250);
    }

    @Test
    void readsAgainSoonWhatItCouldNotRead() {
        watched(first);
        pass(SETTINGS.recheck());
        isAway.set(true);
        recheck.tick();
        assertThat(announced).isEmpty();

        isAway.set(false);
        recheck.tick();

        assertThat(announced).hasSize(1);
    }

    @Test
    void readsTheOthersIfOneCannotBeRead() {
        IntStream.range(0, 5).forEach(i -> watched(numbered(i)));
        pass(SETTINGS.recheck());
        unreadable.set(true);
        recheck.tick();

        assertThat(reads).as("all together, then each").hasValue(6);
        assertThat(announced).hasSize(5);
    }

    @Test
    void doesNotReadAgainWithEachFailedWriteWhatItCouldNotRead() {
        watched(first);
        watched(numbered(7));
        pass(SETTINGS.recheck());
        isAway.set(true);
        recheck.tick();
        recheck.check(List.of(first.key()));
        recheck.check(List.of(second.key()));
        assertThat(reads).hasValue(1);
    }

    @Test
    void whatItReadIsKnownToWatchersWhoComeNow() {
        watched(first);
        pass(SETTINGS.recheck());
        recheck.tick();
        current.get(first.key(), 0);

        assertThat(reads).hasValue(1);
    }

    private void watched(TrackingSession session) {
        store.writeUnannounced(List.of(new Write<>(Sessions.TABLE, session)));
        streams.add(topics.stream(session.key(), TrackingUpdate.class, source(session), StreamOptions.all())
                .subscribe());
    }

    private void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    private static TrackingSession numbered(int number) {
        return TrackingSession.begin(
                new SessionKey(new Tenant("acme"), "s" + number), "i", "v", new GeoPoint(30.25, -97.75), at(0), at(0));
    }

    private static TopicSource<TrackingUpdate> source(TrackingSession session) {
        return new TopicSource<>() {
            @Override
            public List<TrackingUpdate> snapshot(int atLeast) {
                return Drives.updates(session).snapshot();
            }

            @Override
            public List<TrackingUpdate> since(int afterSequence) {
                throw new AssertionError("nothing is missing");
            }
        };
    }
}

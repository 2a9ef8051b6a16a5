package dev.towline.tracking;

import static dev.towline.tracking.Drives.north;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.towline.live.LiveSettings;
import dev.towline.live.StreamOptions;
import dev.towline.live.Topics;
import dev.towline.problem.NotFound;
import dev.towline.store.Change;
import dev.towline.store.ChangeEvent;
import dev.towline.store.ChangeEvent.Origin;
import dev.towline.store.VersionFloors;
import dev.towline.viewer.Role;
import dev.towline.viewer.Tenant;
import dev.towline.viewer.Viewer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;

/** Streams of a session whose trail is in DynamoDB. */
class SessionStreamIT {

    private static final int FIXES = 200;

    /** The start of the session has the first number. */
    private static final int LAST = FIXES + 1;

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Viewer DISPATCHER = new Viewer(Role.DISPATCHER, "d", new Tenant("acme"));

    private final Intakes intakes = new Intakes();
    private final SessionKey key = intakes.begin();
    private final InstantSource clock = InstantSource.system();
    private final Topics topics = new Topics(new SimpleMeterRegistry(), LiveSettings.defaults(), clock);
    private final VersionFloors floors = new VersionFloors(Duration.ofMinutes(10), clock);
    private final CurrentSessions current = new CurrentSessions(intakes.store, floors, () -> true, clock);
    private final SessionTopic topic = new SessionTopic(
            topics,
            current,
            intakes.trail,
            new SessionRecheck(topics, current, intakes.store, () -> true, LiveSettings.defaults(), clock),
            Drives.ACCESS,
            _ -> Drives.EPOCH);

    @AfterEach
    void close() {
        intakes.close();
    }

    @Test
    void resumesFromTheTrailWithTheValuesOfEachUpdate() {
        drive(0, FIXES);
        TrackingSession session = intakes.stored(key);
        assertThat(session.tail().base()).as("fixes have moved to the trail").isNotNull();

        for (int after : List.of(0, 1, 10, FIXES / 2, FIXES)) {
            List<TrackingUpdate> updates = resume(after, LAST - after);

            assertThat(updates)
                    .extracting(TrackingUpdate::sequence)
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(after + 1, LAST).boxed().toList());
            assertThat(updates).allSatisfy(update -> {
                assertThat(update.missed()).isNull();
                assertThat(update.epoch()).isEqualTo(Drives.EPOCH);
                assertThat(update.session()).isEqualTo(session);
                TrackedLocation location = update.location();
                assertThat(location == null ? Integer.valueOf(1) : location.sequence())
                        .isEqualTo(update.sequence());
            });
        }
    }

    @Test
    void tellsAsAGapWhatTheTrailHasLost() {
        drive(0, FIXES);
        intakes.tables.clear(TrailChunk.TABLE);

        assertThat(resume(10, 2))
                .extracting(TrackingUpdate::kind, TrackingUpdate::sequence, TrackingUpdate::missed)
                .containsExactly(
                        tuple(TrackingUpdateKind.GAP, LAST - 1, LAST - 1 - 10),
                        tuple(TrackingUpdateKind.SNAPSHOT, LAST, null));
        assertThat(resume(LAST - 3, 3))
                .as("the tail has these")
                .extracting(TrackingUpdate::kind)
                .containsOnly(TrackingUpdateKind.LOCATION);
    }

    /** The instance did not hear of a large batch, most of which is in the trail. */
    @Test
    void aWatcherGetsWhatMovedToTheTrailBeforeItsInstanceHeardOfIt() {
        drive(0, 5);
        List<TrackingUpdate> updates = Flux.from(topic.follow(DISPATCHER, key, StreamOptions.all()))
                .doOnNext(update -> {
                    if (update.kind() == TrackingUpdateKind.SNAPSHOT) {
                        drive(5, FIXES);
                        topic.pass(
                                new ChangeEvent.Applied(List.of(new Change(intakes.stored(key), null)), Origin.REMOTE));
                    }
                })
                .take(LAST - 5)
                .collectList()
                .block(PATIENCE);

        assertThat(updates)
                .extracting(TrackingUpdate::sequence)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(6, LAST).boxed().toList());
    }

    /** Where the vehicle was is no business of theirs after the end. */
    @ParameterizedTest
    @EnumSource(names = {"CALLER", "GUEST"})
    void doesNotReplayTheTrailOfAnEndedSessionToWhoMayNotSeeIt(Role role) {
        drive(0, 50);
        Viewer viewer = Drives.outsider(role, key);
        int known = role == Role.GUEST ? 45 : 1;
        assertThat(resume(viewer, known, 51 - known))
                .extracting(TrackingUpdate::kind)
                .containsOnly(TrackingUpdateKind.LOCATION);

        intakes.store.write(SessionWrite.of(intakes.stored(key).in(SessionStatus.COMPLETED, Intakes.NOW))
                .all());
        floors.raise(key.ref(), intakes.stored(key).version());

        assertThat(resume(viewer, 1, 3))
                .extracting(TrackingUpdate::kind, TrackingUpdate::missed)
                .containsExactly(
                        tuple(TrackingUpdateKind.GAP, 50),
                        tuple(TrackingUpdateKind.SNAPSHOT, null),
                        tuple(TrackingUpdateKind.ENDED, null));
        assertThat(resume(DISPATCHER, 1, 51)).as("a dispatcher may").hasSize(51);
    }

    /** A guest sees where the vehicle is, not where it came from. */
    @Test
    void replaysToAGuestNoMoreThanTheTail() {
        drive(0, FIXES);

        assertThat(resume(Drives.outsider(Role.GUEST, key), 1, 2))
                .extracting(TrackingUpdate::kind)
                .containsExactly(TrackingUpdateKind.GAP, TrackingUpdateKind.SNAPSHOT);
    }

    @ParameterizedTest
    @EnumSource(names = {"VENDOR", "CALLER", "GUEST"})
    void doesNotFollowASessionOfOthers(Role role) {
        Viewer stranger = new Viewer(role, "stranger", key.tenant(), "another-session");

        assertThatThrownBy(() -> resume(stranger, 1, 1))
                .isInstanceOf(NotFound.class)
                .hasMessage("`sessionId` refers to a tracking session that does not exist.");
    }

    /** As after a restart, when all watchers have nearly the same number. */
    @Test
    void manyWhoResumeAtOneTimeShareTheReadsOfTheTrail() {
        drive(0, FIXES);
        resume(10, 1);
        intakes.requests();
        Flux.range(0, 300)
                .flatMap(
                        i -> Flux.from(topic.follow(
                                        DISPATCHER,
                                        key,
                                        new StreamOptions<>(20 + i % 100, Duration.ZERO, (_, _) -> false)))
                                .take(10),
                        300)
                .blockLast(PATIENCE);

        assertThat(intakes.requests()).isLessThanOrEqualTo(1);
    }

    private List<TrackingUpdate> resume(int after, int count) {
        return resume(DISPATCHER, after, count);
    }

    private List<TrackingUpdate> resume(Viewer viewer, int after, int count) {
        StreamOptions<TrackingUpdate> options = new StreamOptions<>(after, Duration.ZERO, (_, _) -> false);
        return Objects.requireNonNull(Flux.from(topic.follow(viewer, key, options))
                .take(count)
                .collectList()
                .block(PATIENCE));
    }

    private void drive(int first, int end) {
        intakes.take(
                intakes.instance(),
                key,
                IntStream.range(first, end)
                        .mapToObj(i -> north(2 * i, 10_000 - 20 * i, 5.0))
                        .toList());
    }
}

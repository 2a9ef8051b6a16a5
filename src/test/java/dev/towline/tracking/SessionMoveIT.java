package dev.towline.tracking;

import static dev.towline.tracking.Drives.at;
import static dev.towline.tracking.LocationOutcome.DUPLICATE;
import static dev.towline.tracking.LocationOutcome.LATE;
import static dev.towline.tracking.LocationOutcome.STORED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.towline.dynamo.Fault;
import dev.towline.dynamo.StoreOfTables;
import dev.towline.problem.Unavailable;
import dev.towline.store.Store;
import dev.towline.store.Write;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Sessions and trails of the first shape are moved at start and go on from where they were. */
@ExtendWith(OutputCaptureExtension.class)
class SessionMoveIT {

    private final StoreOfTables tables =
            new StoreOfTables(FirstShape.SESSIONS, FirstShape.TRAIL, Sessions.TABLE, TrailChunk.TABLE);
    private final Store store = tables.instance();
    private final Trail trail = new Trail(store, Drives.ACCESS);

    @AfterEach
    void close() {
        tables.close();
    }

    @Test
    void aMovedSessionIsCompleteAndGoesOn() {
        FirstShape.Session old = drive(1_203);
        move();

        TrackingSession moved = session(old);
        assertThat(moved.version()).isEqualTo(old.version());
        assertThat(moved.sequence()).isEqualTo(old.sequence());
        assertThat(moved.steps()).isEqualTo(old.steps());
        assertThat(moved.updatedAt()).isEqualTo(old.updatedAt());
        assertThat(moved.currentLocation())
                .usingRecursiveComparison()
                .ignoringFields("remaining")
                .isEqualTo(old.currentLocation());
        assertThat(moved.eta()).isNotNull();
        assertThat(times(moved)).isEqualTo(seconds(0, 1_203));

        Intake intake = new Intake(
                store,
                new Sessions(store, Drives.ACCESS),
                new KnownSessions(),
                trail,
                Drives.ACCESS,
                Drives.SETTINGS,
                Drives.ETAS,
                new SimpleMeterRegistry(),
                () -> at(1_300));
        List<LocationResult> results = intake.take(
                Drives.dispatcher(old.key().tenant()),
                old.key().id(),
                List.of(Drives.fix(1_203), Drives.fix(700), Drives.fix(13), Drives.fix(500.5)));
        assertThat(results).extracting(LocationResult::outcome).containsExactly(STORED, DUPLICATE, DUPLICATE, LATE);
        assertThat(results.getFirst().sequence()).isEqualTo(old.sequence() + 1);
    }

    @Test
    void anInterruptedMoveIsCompletedByTheNextStart() {
        FirstShape.Session old = drive(700);
        AtomicInteger puts = new AtomicInteger();
        tables.faulty()
                .always(
                        "PutItem",
                        (request, upstream) -> puts.incrementAndGet() == 1
                                ? upstream.forward(request)
                                : Fault.requestLost().answer(request, upstream));
        assertThatExceptionOfType(Unavailable.class).isThrownBy(this::move);
        tables.faulty().calm();

        move();

        assertThat(times(session(old))).isEqualTo(seconds(0, 700));
    }

    @Test
    void aSessionThatHasGoneOnIsNotMovedAgain() {
        FirstShape.Session old = drive(20);
        move();
        TrackingSession ended = session(old).in(SessionStatus.COMPLETED, at(100));
        store.write(new Write<>(Sessions.TABLE, ended));

        move();

        assertThat(session(old)).isEqualTo(ended);
    }

    @Test
    void saysWhatWasMovedAndWarnsOfWhatAnEarlierVersionChangedLater(CapturedOutput log) {
        FirstShape.Session old = drive(20);
        move();
        assertThat(log.getAll())
                .contains("Moved 1 of 1 sessions of an earlier version into the table 'tracking-sessions'")
                .doesNotContain("were changed");

        store.write(new Write<>(
                FirstShape.SESSIONS,
                new FirstShape.Session(
                        old.key(),
                        old.revision().next(),
                        old.incidentId(),
                        old.vendorId(),
                        old.destination(),
                        old.steps(),
                        old.currentLocation(),
                        old.startedAt(),
                        at(30),
                        old.sequence() + 1)));
        move();

        assertThat(log.getAll())
                .contains("1 sessions were changed in the table 'sessions' by an instance of an earlier version")
                .contains("Moved 0 of 1 sessions");
        assertThat(session(old).sequence()).isEqualTo(old.sequence());
    }

    @Test
    void aSessionWithoutAFixIsMoved() {
        FirstShape.Session old = drive(0);
        move();
        assertThat(session(old).currentLocation()).isNull();
        assertThat(times(session(old))).isEmpty();
    }

    private void move() {
        new SessionMove(store, Drives.ETAS, InstantSource.system()).afterSingletonsInstantiated();
    }

    private TrackingSession session(FirstShape.Session old) {
        return new Sessions(store, Drives.ACCESS).require("id", old.key());
    }

    private List<Instant> times(TrackingSession session) {
        List<Instant> times = new ArrayList<>();
        String after = null;
        while (true) {
            var page = trail.page(session, SessionController.trailPage(session, 100, after));
            page.edges().forEach(edge -> times.add(edge.node().recordedAt()));
            if (!page.pageInfo().hasNextPage()) {
                return times;
            }
            after = page.pageInfo().endCursor();
        }
    }

    private static List<Instant> seconds(int from, int to) {
        List<Instant> all = new ArrayList<>();
        for (int i = from; i < to; i++) {
            all.add(at(i));
        }
        return all;
    }

    private FirstShape.Session drive(int fixes) {
        return EarlierVersion.drive(store, Drives.begun(), fixes);
    }
}

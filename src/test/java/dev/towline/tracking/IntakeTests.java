package dev.towline.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.towline.geo.GeoPoint;
import dev.towline.store.ChangeEvent;
import dev.towline.store.InMemoryStore;
import dev.towline.store.Write;
import dev.towline.viewer.Tenant;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Concurrent writers of one session. */
class IntakeTests {

    private static final Tenant ACME = new Tenant("acme");
    private static final SessionKey SESSION = new SessionKey(ACME, "s1");
    private static final Instant NOW = Instant.parse("2026-03-21T14:00:00Z");

    private final CountDownLatch redis = new CountDownLatch(1);
    private final List<ChangeEvent.Applied> announced = Collections.synchronizedList(new ArrayList<>());
    private final InMemoryStore store = new InMemoryStore(applied -> {
        announced.add(applied);
        awaitRedis();
    });
    private final Sessions sessions = new Sessions(store, Drives.ACCESS);
    private final Intake intake = new Intake(
            store,
            sessions,
            new KnownSessions(),
            new Trail(store, Drives.ACCESS),
            Drives.ACCESS,
            Drives.SETTINGS,
            Drives.ETAS,
            new SimpleMeterRegistry(),
            () -> NOW);

    IntakeTests() {
        TrackingSession session =
                TrackingSession.begin(SESSION, "i1", "v1", new GeoPoint(30, -97), NOW.minusSeconds(600), NOW);
        var _ = store.writeUnannounced(List.of(new Write<>(Sessions.TABLE, session)));
    }

    @Test
    void theNextWriterOfASessionDoesNotWaitForTheStages() {
        CompletableFuture<List<LocationResult>> first = taking(100);
        await().until(() -> announced.size() == 1);

        CompletableFuture<List<LocationResult>> second = taking(90);

        await().untilAsserted(() -> assertThat(
                        sessions.require("input.sessionId", SESSION).sequence())
                .as("the second fix is stored while the first one's announcement hangs")
                .isEqualTo(3));
        assertThat(first).as("its caller is answered only when the caches know").isNotDone();
        redis.countDown();
        assertThat(first.join()).hasSize(1);
        assertThat(second.join()).hasSize(1);
    }

    @Test
    void aLargeCallIsOneWrite() {
        redis.countDown();
        List<LocationInput> fixes =
                IntStream.rangeClosed(1, 500).mapToObj(i -> fix(550 - i)).toList();

        List<LocationResult> results = intake.take(Drives.dispatcher(ACME), SESSION.id(), fixes);

        assertThat(results).hasSize(500);
        assertThat(announced.stream().mapToInt(IntakeTests::version)).containsExactly(2);
    }

    @Test
    void aRepeatedFixIsAnnouncedAgainBecauseItsFirstInstanceMayNotHaveDoneSo() {
        redis.countDown();
        assertThat(outcome(fix(100))).isEqualTo(LocationOutcome.STORED);
        announced.clear();

        assertThat(outcome(fix(100))).isEqualTo(LocationOutcome.DUPLICATE);

        assertThat(announced).extracting(ChangeEvent.Applied::origin).containsExactly(ChangeEvent.Origin.LOCAL);
        assertThat(announced.stream().mapToInt(IntakeTests::version)).containsExactly(2);
    }

    @Test
    void theSessionThatARejectedFixIsAnsweredWithIsKnownHereFromThenOn() {
        redis.countDown();
        TrackingSession ended = sessions.require("input.sessionId", SESSION).in(SessionStatus.COMPLETED, NOW);
        var _ = store.writeUnannounced(List.of(new Write<>(Sessions.TABLE, ended)));

        assertThat(outcome(fix(100))).isEqualTo(LocationOutcome.REJECTED);

        assertThat(announced).extracting(ChangeEvent.Applied::origin).containsExactly(ChangeEvent.Origin.REMOTE);
        assertThat(announced.stream().mapToInt(IntakeTests::version)).containsExactly(2);
    }

    private LocationOutcome outcome(LocationInput fix) {
        return intake.take(Drives.dispatcher(ACME), SESSION.id(), List.of(fix))
                .getFirst()
                .outcome();
    }

    private CompletableFuture<List<LocationResult>> taking(int secondsAgo) {
        return CompletableFuture.supplyAsync(
                () -> intake.take(Drives.dispatcher(ACME), SESSION.id(), List.of(fix(secondsAgo))),
                task -> Thread.startVirtualThread(task));
    }

    private static LocationInput fix(int secondsAgo) {
        return new LocationInput(30.1 - secondsAgo / 10_000.0, -97.1, NOW.minusSeconds(secondsAgo), null, null, null);
    }

    private static int version(ChangeEvent.Applied applied) {
        return applied.changes().stream()
                .filter(change -> change.value() instanceof TrackingSession)
                .findFirst()
                .orElseThrow()
                .value()
                .version();
    }

    private void awaitRedis() {
        try {
            redis.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

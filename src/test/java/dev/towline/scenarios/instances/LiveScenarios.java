package dev.towline.scenarios.instances;

import static dev.towline.scenarios.Dispatcher.secondsAgo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.towline.dynamo.DynamoRequest;
import dev.towline.dynamo.Fault;
import dev.towline.dynamo.FaultyDynamo;
import dev.towline.dynamo.ReplacedTable;
import dev.towline.local.EmbeddedRedis;
import dev.towline.local.SharedStack;
import dev.towline.scenarios.Answer;
import dev.towline.scenarios.Caller;
import dev.towline.scenarios.Dispatcher;
import dev.towline.scenarios.Dispatcher.Fix;
import dev.towline.scenarios.SharedLink;
import dev.towline.scenarios.Together;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

/** Watchers of one instance while another takes the updates: many at once, without Redis, after a kill, and over a replaced table. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LiveScenarios {

    private static final int SESSIONS = 40;

    /** {@code -Dtowline.live.sockets=400} for 4,000 watchers. */
    private static final int SOCKETS = Integer.getInteger("towline.live.sockets", 80);

    private static final int WATCHERS_OF_A_SOCKET = 10;

    private static final Duration CAUGHT_UP = Duration.ofSeconds(8);

    private static final EmbeddedRedis REDIS = EmbeddedRedis.inMemory(0);
    private static final FaultyDynamo WRITERS_DYNAMO =
            FaultyDynamo.inFrontOf(SharedStack.stack().dynamo().endpoint());
    private static final FaultyDynamo READERS_DYNAMO =
            FaultyDynamo.inFrontOf(SharedStack.stack().dynamo().endpoint());

    private static Map<String, String> settings = Map.of();
    private static List<TowlineProcess> instances = List.of();

    @BeforeAll
    static void startTwo() {
        Map<String, String> both = new HashMap<>(SharedStack.freshProperties());
        both.put("towline.viewer.unauthenticated-role", "DISPATCHER");
        both.put("spring.data.redis.host", "127.0.0.1");
        both.put("spring.data.redis.port", Integer.toString(REDIS.port()));
        both.put("towline.dynamo.epoch-check", "200ms");
        // the clients share the processors with the instances, and must not be closed for being slow
        both.put("towline.socket.init-timeout", "1m");
        both.put("towline.socket.ping-interval", "1m");
        // only when there is a reason
        both.put("towline.live.recheck", "10m");
        settings = Map.copyOf(both);
        instances = List.of(launch(WRITERS_DYNAMO), launch(READERS_DYNAMO));
        instances.forEach(TowlineProcess::awaitReady);
    }

    private static TowlineProcess launch(FaultyDynamo dynamo) {
        Map<String, String> own = new HashMap<>(settings);
        own.putAll(SharedStack.behind(dynamo.endpoint()));
        return TowlineProcess.launch(own);
    }

    @AfterEach
    void calm() {
        WRITERS_DYNAMO.calm();
        READERS_DYNAMO.calm();
    }

    @AfterAll
    static void stop() {
        instances.forEach(TowlineProcess::close);
        REDIS.close();
        WRITERS_DYNAMO.close();
        READERS_DYNAMO.close();
    }

    /** As after a restart: the instance has served nothing yet. */
    @Test
    @Order(1)
    void watchersWhoComeAtOnceCostOneReadASession() {
        List<String> sessions =
                IntStream.range(0, SESSIONS).mapToObj(_ -> writer().session()).toList();
        READERS_DYNAMO.forgetRequests();
        List<LiveUpdates> watchers = Together.times(
                SOCKETS,
                socket -> LiveUpdates.ofAll(
                        reader().api(),
                        IntStream.range(0, WATCHERS_OF_A_SOCKET)
                                .mapToObj(i -> sessions.get((socket * WATCHERS_OF_A_SOCKET + i) % SESSIONS))
                                .toList()));
        try {
            for (LiveUpdates watcher : watchers) {
                for (int i = 0; i < WATCHERS_OF_A_SOCKET; i++) {
                    JsonNode message = watcher.message();
                    assertThat(message.at("/payload/data/onTrackingUpdated/kind")
                                    .asString())
                            .as("%s", message)
                            .isEqualTo("SNAPSHOT");
                }
            }
            assertThat(readsOfSessions())
                    .as("reads for %d watchers", SOCKETS * WATCHERS_OF_A_SOCKET)
                    .isLessThanOrEqualTo(SESSIONS);
        } finally {
            watchers.forEach(LiveUpdates::close);
        }
    }

    @Test
    @Order(2)
    void aWatcherResumesOnAnotherInstance() {
        String session = writer().session();
        writer().sendAll(session, way(300, 50));
        String epoch;
        try (LiveUpdates first = LiveUpdates.of(writer().api(), session, "")) {
            JsonNode snapshot = first.next();
            assertThat(snapshot.path("sequence").asInt()).isEqualTo(51);
            epoch = snapshot.path("epoch").asString();
        }
        writer().sendAll(session, way(200, 50));
        try (LiveUpdates second =
                LiveUpdates.of(reader().api(), session, "after: 51, epoch: \"%s\"".formatted(epoch))) {
            assertThat(second.sequences(50)).isEqualTo(numbers(52, 101));
            writer().sendAll(session, way(90, 10));
            assertThat(second.sequences(10)).isEqualTo(numbers(102, 111));
        }
    }

    /** Its state cannot be read for now. */
    @Test
    @Order(3)
    void aStreamWaitsForItsSnapshotWhileTheDatabaseIsAway() throws InterruptedException {
        String session = writer().session();
        READERS_DYNAMO.always("BatchGetItem", Fault.error(500, "InternalServerError"));
        try (LiveUpdates watcher = LiveUpdates.of(reader().api(), session, "")) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> READERS_DYNAMO.requests("BatchGetItem").stream()
                                    .filter(LiveScenarios::isOfSessions)
                                    .count()
                            > 4);
            assertThat(watcher.isSilent()).isTrue();
            READERS_DYNAMO.calm();

            assertThat(watcher.next().path("kind").asString()).isEqualTo("SNAPSHOT");
        }
    }

    @Test
    @Order(4)
    void withoutRedisWatchersOfTheWriterGoOnAndOthersCatchUp() {
        String session = writer().session();
        try (LiveUpdates beside = LiveUpdates.of(writer().api(), session, "");
                LiveUpdates elsewhere = LiveUpdates.of(reader().api(), session, "")) {
            assertThat(beside.sequences(1)).isEqualTo(elsewhere.sequences(1)).containsExactly(1);
            REDIS.stop();
            for (int sequence = 2; sequence <= 4; sequence++) {
                writer().sendAll(session, secondsAgo(300 - 10 * sequence));
                assertThat(beside.next(Duration.ofSeconds(5)).path("sequence").asInt())
                        .isEqualTo(sequence);
            }
            for (int sequence = 2; sequence <= 4; sequence++) {
                assertThat(elsewhere.next(CAUGHT_UP).path("sequence").asInt()).isEqualTo(sequence);
            }
            // the second stays where it was, so that the trail does not keep it
            Fix first = secondsAgo(250);
            writer().sendAll(session, first);
            writer().sendAll(session, new Fix(first.recordedAt().plusSeconds(2), first.latitude(), first.longitude()));
            writer().sendAll(session, secondsAgo(240));
            assertThat(beside.sequences(3)).containsExactly(5, 6, 7);
            int told = 4;
            while (told < 7) {
                JsonNode update = elsewhere.next(CAUGHT_UP);
                told += 1 + update.path("missed").asInt(0);
                assertThat(update.path("sequence").asInt())
                        .as("what it does not get, it is told of")
                        .isEqualTo(told);
            }

            REDIS.start();
            for (int sequence = 8; sequence <= 12; sequence++) {
                writer().sendAll(session, secondsAgo(300 - 10 * sequence));
            }
            assertThat(beside.sequences(5)).isEqualTo(numbers(8, 12));
            assertThat(elsewhere.sequences(5)).as("nothing is repeated").isEqualTo(numbers(8, 12));
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                long since = System.nanoTime();
                int sequence = writer().sendAll(session, secondsAgo(1))
                        .at("/0/session/sequence")
                        .asInt();
                assertThat(elsewhere.next(CAUGHT_UP).path("sequence").asInt()).isEqualTo(sequence);
                return System.nanoTime() - since < Duration.ofMillis(500).toNanos();
            });
        }
    }

    /** Nobody has told the instance of the write, and its cache has the state from before it. */
    @Test
    @Order(4)
    void aQueryAfterASnapshotIsNotOlderThanItEvenWithoutRedis() {
        String session = writer().session();
        String query = "getTrackingSession(id: '%s') { sequence }".formatted(session);
        REDIS.stop();
        try {
            for (int sequence = 2; sequence <= 6; sequence++) {
                reader().api().query(query);
                writer().sendAll(session, secondsAgo(300 - 10 * sequence));
                try (LiveUpdates watcher = LiveUpdates.of(reader().api(), session, "after: " + (sequence - 1))) {
                    assertThat(watcher.next().path("sequence").asInt()).isEqualTo(sequence);
                    assertThat(reader().api().query(query).path("sequence").asInt())
                            .isEqualTo(sequence);
                }
            }
        } finally {
            REDIS.start();
        }
    }

    @Test
    @Order(5)
    void aSessionOfAReplacedTableBeginsAnew() {
        String session = writer().session();
        writer().sendAll(session, way(300, 10));
        ReplacedTable table = ReplacedTable.backUp(
                SharedStack.stack().dynamo().endpoint(),
                settings.get("towline.dynamo.table-prefix") + "tracking-sessions");
        writer().sendAll(session, way(200, 5));
        try (LiveUpdates watcher = LiveUpdates.of(reader().api(), session, "")) {
            JsonNode before = watcher.next();
            assertThat(before.path("sequence").asInt()).isEqualTo(16);

            READERS_DYNAMO.cutOff(); // an empty table is no backup
            table.restore();
            READERS_DYNAMO.calm();
            JsonNode after = watcher.next();
            assertThat(after.path("kind").asString()).isEqualTo("SNAPSHOT");
            assertThat(after.path("sequence").asInt()).as("as of the backup").isEqualTo(11);
            assertThat(after.path("missed").isNull()).isTrue();
            assertThat(after.path("epoch").asString())
                    .isNotEqualTo(before.path("epoch").asString());
            assertThat(reader().api()
                            .query("getTrackingSession(id: '%s') { sequence }".formatted(session))
                            .path("sequence")
                            .asInt())
                    .as("no cache is newer")
                    .isEqualTo(11);

            writer().sendAll(session, way(100, 10));
            assertThat(watcher.sequences(10)).isEqualTo(numbers(12, 21));
            try (LiveUpdates late = LiveUpdates.of(
                    reader().api(),
                    session,
                    "after: 16, epoch: \"%s\"".formatted(before.path("epoch").asString()))) {
                JsonNode anew = late.next();
                assertThat(anew.path("kind").asString()).isEqualTo("SNAPSHOT");
                assertThat(anew.path("sequence").asInt()).isEqualTo(21);
            }
        }
    }

    @Test
    @Order(6)
    void aRevokedShareLinkEndsTheStreamsOfOtherInstances() {
        String session = writer().session();
        SharedLink link = SharedLink.of(writer().api(), session);
        Caller guest = reader().api().with("X-Towline-Share", link.text());
        assertThat(guest.query("getSharedSession { id }").path("id").asString()).isEqualTo(session);
        try (GraphQlSocket socket = GraphQlSocket.connect(guest).init(Map.of())) {
            assertThat(socket.next().path("type").asString()).isEqualTo("connection_ack");
            socket.subscribe(
                    "1",
                    "subscription($id: ID!) { onTrackingUpdated(sessionId: $id) { kind } }",
                    Map.of("id", session));
            assertThat(socket.next().path("type").asString()).isEqualTo("next");

            Instant revoked = Instant.now();
            writer().api().mutate("revokeShareLink(input: {shareLinkId: '%s'}) { id }".formatted(link.id()));

            assertThat(socket.closeCode()).isEqualTo(4403);
            assertThat(Duration.between(revoked, Instant.now())).isLessThan(CAUGHT_UP);
        }
        assertThat(Answer.code(guest.response("{ getSharedSession { id } }", Map.of())))
                .isEqualTo("UNAUTHENTICATED");
    }

    /** Nobody tells of the revocation, so the link is read again. */
    @Test
    @Order(7)
    void aRevokedShareLinkEndsWithoutRedisToo() {
        String session = writer().session();
        SharedLink link = SharedLink.of(writer().api(), session);
        Caller guest = reader().api().with("X-Towline-Share", link.text());
        try (GraphQlSocket socket = GraphQlSocket.connect(guest).init(Map.of())) {
            assertThat(socket.next().path("type").asString()).isEqualTo("connection_ack");
            assertThat(guest.query("getSharedSession { id }").path("id").asString())
                    .isEqualTo(session);
            REDIS.stop();
            writer().api().mutate("revokeShareLink(input: {shareLinkId: '%s'}) { id }".formatted(link.id()));

            assertThat(socket.closeCode()).isEqualTo(4403);
            assertThat(Answer.code(guest.response("{ getSharedSession { id } }", Map.of())))
                    .isEqualTo("UNAUTHENTICATED");
        } finally {
            REDIS.start();
        }
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void aChangeArrivesWhoseWriterWasKilledBeforeItsMessage() throws InterruptedException {
        String session = writer().session();
        try (LiveUpdates watcher = LiveUpdates.of(reader().api(), session, "")) {
            assertThat(watcher.sequences(1)).containsExactly(1);
            writer().sendAll(session, secondsAgo(300));
            assertThat(watcher.sequences(1)).containsExactly(2);
            // DynamoDB has the write, and whoever wrote it never knows
            CountDownLatch stored = new CountDownLatch(1);
            WRITERS_DYNAMO.next("PutItem", (request, upstream) -> {
                upstream.forward(request);
                stored.countDown();
                return Fault.requestStuck().answer(request, upstream);
            });
            Thread.ofVirtual().start(() -> {
                try {
                    writer().sendAll(session, secondsAgo(290));
                } catch (UncheckedIOException killed) {
                    // as it was meant to be
                }
            });
            assertThat(stored.await(20, TimeUnit.SECONDS)).isTrue();
            instances.getFirst().kill();

            assertThat(watcher.next(CAUGHT_UP).path("sequence").asInt()).isEqualTo(3);
        }
    }

    private static Dispatcher writer() {
        return new Dispatcher(instances.getFirst().api());
    }

    private static Dispatcher reader() {
        return new Dispatcher(instances.getLast().api());
    }

    /** How often a session was read. */
    private static int readsOfSessions() {
        return READERS_DYNAMO.requests().stream()
                .filter(request -> request.operation().endsWith("GetItem"))
                .filter(LiveScenarios::isOfSessions)
                .mapToInt(request -> Math.max(
                        1,
                        request.body()
                                .path("RequestItems")
                                .path(settings.get("towline.dynamo.table-prefix") + "tracking-sessions")
                                .path("Keys")
                                .size()))
                .sum();
    }

    private static boolean isOfSessions(DynamoRequest request) {
        return request.tables().contains(settings.get("towline.dynamo.table-prefix") + "tracking-sessions");
    }

    private static Fix[] way(int fromSecondsAgo, int fixes) {
        return IntStream.range(0, fixes)
                .mapToObj(i -> secondsAgo(fromSecondsAgo - 2 * i))
                .toArray(Fix[]::new);
    }

    private static List<Integer> numbers(int first, int last) {
        return new ArrayList<>(IntStream.rangeClosed(first, last).boxed().toList());
    }
}

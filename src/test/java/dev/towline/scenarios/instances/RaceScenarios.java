package dev.towline.scenarios.instances;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.towline.local.SharedStack;
import dev.towline.scenarios.Answer;
import dev.towline.scenarios.Dispatcher;
import dev.towline.scenarios.Dispatcher.Fix;
import dev.towline.scenarios.Together;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

/** Concurrent conflicting requests on two instances. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RaceScenarios {

    private static final int RACERS = 50;
    private static final int REPETITIONS = 20;
    private static final String SESSION_ID = "/data/startTrackingSession/id";

    private static List<TowlineProcess> instances = List.of();

    @BeforeAll
    static void startTwo() {
        Map<String, String> settings = new HashMap<>(SharedStack.freshProperties());
        settings.put("towline.viewer.unauthenticated-role", "DISPATCHER");
        instances = List.of(TowlineProcess.launch(settings), TowlineProcess.launch(settings));
        instances.forEach(TowlineProcess::awaitReady);
    }

    @AfterAll
    static void stop() {
        instances.forEach(TowlineProcess::close);
    }

    @Test
    void oneOfManyVendorsGetsAnIncident() {
        String incident = dispatcher(0).createIncident(30.27, -97.74);
        List<String> vendors = Together.times(RACERS, RaceScenarios::newVendor);

        List<JsonNode> answers = Together.times(RACERS, i -> dispatcher(i).start(incident, vendors.get(i), null));

        int winner = onlyWinner(answers);
        assertThat(losers(answers)).allSatisfy(answer -> assertConflict(answer, "ASSIGNED", "REPORTED"));
        String session = answers.get(winner).at(SESSION_ID).asString();
        assertThat(dispatcher(1)
                        .readAssignment(incident)
                        .at("/activeSession/id")
                        .asString())
                .isEqualTo(session);
        assertThat(dispatcher(0)
                        .readAssignment(incident)
                        .at("/activeSession/vendor/id")
                        .asString())
                .isEqualTo(vendors.get(winner));
        assertThat(dispatcher(0).sessions(Map.of("incidentId", incident))).hasSize(1);

        // no loser is left BUSY: each can take the next job
        assertThat(losers(vendors, winner))
                .allSatisfy(vendor -> assertThat(availability(vendor)).isEqualTo("AVAILABLE"));
        assertThat(availability(vendors.get(winner))).isEqualTo("BUSY");
        List<String> free = losers(vendors, winner);
        List<JsonNode> next = Together.times(
                free.size(), i -> dispatcher(i).start(dispatcher(i).createIncident(30.3, -97.7), free.get(i), null));
        assertThat(next)
                .allSatisfy(answer -> assertThat(answer.at(SESSION_ID).asString(""))
                        .as("%s", answer)
                        .isNotEmpty());
    }

    @Test
    void oneOfManyIncidentsGetsAVendor() {
        String vendor = newVendor(0);
        List<String> incidents = Together.times(RACERS, i -> dispatcher(i).createIncident(30.27, -97.74));

        List<JsonNode> answers = Together.times(RACERS, i -> dispatcher(i).start(incidents.get(i), vendor, null));

        int winner = onlyWinner(answers);
        assertThat(losers(answers)).allSatisfy(answer -> assertConflict(answer, "BUSY", "AVAILABLE"));
        assertThat(dispatcher(0).sessions(Map.of("vendorId", vendor))).hasSize(1);
        assertThat(dispatcher(0)
                        .readAssignment(incidents.get(winner))
                        .at("/activeSession/vendor/id")
                        .asString())
                .isEqualTo(vendor);
        assertThat(losers(incidents, winner)).allSatisfy(incident -> {
            JsonNode loser = dispatcher(1).readAssignment(incident);
            assertThat(loser.path("status").asString()).isEqualTo("REPORTED");
            assertThat(loser.path("activeSession").isNull()).isTrue();
        });
    }

    @Test
    void aWatcherOfOneInstanceGetsEveryChangeThatTheOtherMakes() {
        String session = dispatcher(0)
                .start(dispatcher(0).createIncident(30.27, -97.74), newVendor(0), null)
                .at(SESSION_ID)
                .asString();
        try (GraphQlSocket watcher = GraphQlSocket.connect(instances.getLast().api())) {
            watcher.init(Map.of());
            assertThat(watcher.next().path("type").asString()).isEqualTo("connection_ack");
            watcher.subscribe(
                    "watch",
                    "subscription($id: ID!) { onTrackingUpdated(sessionId: $id) { kind sequence status"
                            + " location { sequence } session { sequence status } } }",
                    Map.of("id", session));
            assertThat(change(watcher.next())).isEqualTo("SNAPSHOT 1 ASSIGNED");

            Instant now = Instant.now();
            for (int i = 0; i < 20; i++) {
                dispatcher(0).move(session, 30.1 + i / 1000.0, -97.7, now.minusSeconds(60 - i));
            }
            dispatcher(0).advance(session, "EN_ROUTE");
            dispatcher(0).move(session, 30.12, -97.7, now.minusSeconds(10));
            dispatcher(0).advance(session, "COMPLETED");

            for (int sequence = 2; sequence <= 21; sequence++) {
                assertThat(change(watcher.next())).isEqualTo("LOCATION " + sequence + " ASSIGNED");
            }
            assertThat(change(watcher.next())).isEqualTo("STATUS 22 EN_ROUTE");
            assertThat(change(watcher.next())).isEqualTo("LOCATION 23 EN_ROUTE");
            assertThat(change(watcher.next())).isEqualTo("ENDED 24 COMPLETED");
            assertThat(watcher.next().path("type").asString()).isEqualTo("complete");
        }
    }

    /** The values of an update. Its session is never older than the update, because caches change before subscribers receive it. */
    private static String change(JsonNode message) {
        JsonNode update = message.at("/payload/data/onTrackingUpdated");
        assertThat(update.at("/session/sequence").asInt())
                .as("%s", message)
                .isGreaterThanOrEqualTo(update.path("sequence").asInt());
        return "%s %s %s"
                .formatted(
                        update.path("kind").asString(),
                        update.path("sequence").asInt(),
                        update.path("status").asString());
    }

    @Test
    void oneClientTokenMakesOneIncident() {
        List<JsonNode> answers =
                Together.times(REPETITIONS, i -> dispatcher(i).createIncident(45.5, -122.6, "incident-token"));

        assertThat(answers)
                .allSatisfy(answer ->
                        assertThat(Answer.code(answer)).as("%s", answer).isEmpty())
                .extracting(answer -> answer.at("/data/createIncident/id").asString())
                .containsOnly(answers.getFirst().at("/data/createIncident/id").asString());
        assertThat(incidentsAt(45.5)).isEqualTo(1);
    }

    @Test
    void oneClientTokenMakesOneSession() {
        for (int round = 0; round < 5; round++) {
            String token = "session-token-" + round;
            String incident = dispatcher(0).createIncident(30.27, -97.74);
            String vendor = newVendor(0);

            List<JsonNode> answers =
                    Together.times(REPETITIONS, i -> dispatcher(i).start(incident, vendor, token));

            assertThat(answers)
                    .allSatisfy(answer ->
                            assertThat(Answer.code(answer)).as("%s", answer).isEmpty())
                    .extracting(answer -> answer.at(SESSION_ID).asString())
                    .containsOnly(answers.getFirst().at(SESSION_ID).asString());
            assertThat(dispatcher(1).sessions(Map.of("incidentId", incident))).hasSize(1);
            assertThat(dispatcher(1).sessions(Map.of("vendorId", vendor))).hasSize(1);
        }
    }

    @Test
    void fixesOfOneVehicleThatBothTakeAreNumberedWithoutGaps() {
        String session = dispatcher(0)
                .start(dispatcher(0).createIncident(30.27, -97.74), newVendor(0), null)
                .at(SESSION_ID)
                .asString();
        Instant first = Instant.now().minusSeconds(REPETITIONS);

        List<JsonNode> answers =
                Together.times(REPETITIONS, i -> dispatcher(i).move(session, 30.27, -97.74, first.plusSeconds(i)));

        assertThat(answers)
                .extracting(answer -> answer.at("/data/updateLocation/outcome").asString(""))
                .containsAnyOf("STORED")
                .isSubsetOf("STORED", "LIVE_ONLY", "LATE");
        List<Integer> sequences = answers.stream()
                .map(answer -> answer.at("/data/updateLocation/sequence"))
                .filter(JsonNode::isNumber)
                .map(JsonNode::asInt)
                .sorted()
                .toList();
        assertThat(sequences)
                .isEqualTo(
                        IntStream.rangeClosed(2, sequences.size() + 1).boxed().toList());
    }

    /** The writer is killed after an acknowledgement, after a jump that nobody has confirmed yet, and within a call. */
    @Test
    @Order(Integer.MAX_VALUE)
    void nothingIsLostIfTheWriterIsKilled() throws InterruptedException {
        String incident = dispatcher(0).createIncident(30.27, -97.74);
        String jumping = newSession();
        Fix before = new Fix(Instant.now().truncatedTo(ChronoUnit.MILLIS).minusSeconds(30), 30.27, -97.7);
        Fix jump = new Fix(before.recordedAt().plusSeconds(10), 30.9, -97.7);
        Fix agreeing = new Fix(before.recordedAt().plusSeconds(20), 30.901, -97.7);
        assertThat(outcomes(dispatcher(0).sendAll(jumping, before, jump))).containsExactly("STORED", "REJECTED");
        String driving = newSession();
        Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS).minusSeconds(600);
        List<Fix> drive = IntStream.range(0, 400)
                .mapToObj(i -> new Fix(start.plusSeconds(i), 30 + i / 5_000.0, -97.7))
                .toList();
        Dispatcher doomed = dispatcher(0);
        AtomicInteger acknowledged = new AtomicInteger();
        Thread driver = Thread.startVirtualThread(() -> {
            for (int from = 0; from < 400; from += 20) {
                doomed.sendAll(driving, drive.subList(from, from + 20).toArray(Fix[]::new));
                acknowledged.addAndGet(20);
            }
        });
        await().until(() -> acknowledged.get() >= 60);

        instances.getFirst().kill();
        driver.join();

        Dispatcher other = dispatcher(1);
        assertThat(acknowledged).as("killed within the drive").hasValueLessThan(400);
        assertThat(other.readAssignment(incident).path("status").asString()).isEqualTo("REPORTED");
        assertThat(outcomes(other.sendAll(jumping, agreeing))).containsExactly("STORED");
        assertThat(trail(other, jumping))
                .containsExactly(before.recordedAt(), jump.recordedAt(), agreeing.recordedAt());
        List<String> again = outcomes(other.sendAll(driving, drive.toArray(Fix[]::new)));
        assertThat(again.subList(0, acknowledged.get())).containsOnly("DUPLICATE");
        assertThat(again).containsOnly("DUPLICATE", "STORED");
        assertThat(trail(other, driving))
                .isEqualTo(drive.stream().map(Fix::recordedAt).toList());
    }

    private static String newSession() {
        return dispatcher(0)
                .start(dispatcher(0).createIncident(30.27, -97.74), newVendor(0), null)
                .at(SESSION_ID)
                .asString();
    }

    private static List<String> outcomes(JsonNode results) {
        return results.valueStream()
                .map(result -> result.path("outcome").asString())
                .toList();
    }

    /** The times of the whole trail. */
    private static List<Instant> trail(Dispatcher dispatcher, String session) {
        List<Instant> times = new ArrayList<>();
        String after = "";
        while (true) {
            JsonNode page = dispatcher
                    .api()
                    .data(
                            "query($id: ID!, $after: String) { getTrackingSession(id: $id) { trail(after: $after) {"
                                    + " edges { node { recordedAt } } pageInfo { hasNextPage endCursor } } } }",
                            after.isEmpty() ? Map.of("id", session) : Map.of("id", session, "after", after))
                    .at("/getTrackingSession/trail");
            page.path("edges")
                    .forEach(edge ->
                            times.add(Instant.parse(edge.at("/node/recordedAt").asString())));
            if (!page.at("/pageInfo/hasNextPage").asBoolean()) {
                return times;
            }
            after = page.at("/pageInfo/endCursor").asString();
        }
    }

    /** Even and odd go to different instances. */
    private static Dispatcher dispatcher(int i) {
        return new Dispatcher(instances.get(i % instances.size()).api());
    }

    private static String newVendor(int i) {
        return dispatcher(i).registerVendor("Racer " + i, 30.2, -97.7);
    }

    private static String availability(String vendor) {
        return dispatcher(0).readVendor(vendor).path("availability").asString();
    }

    private static long incidentsAt(double latitude) {
        JsonNode edges = dispatcher(0)
                .api()
                .data("{ listIncidents(first: 100) { edges { node { position { latitude } } } } }", Map.of())
                .at("/listIncidents/edges");
        return edges.valueStream()
                .filter(edge -> edge.at("/node/position/latitude").asDouble() == latitude)
                .count();
    }

    private static int onlyWinner(List<JsonNode> answers) {
        List<Integer> winners = IntStream.range(0, answers.size())
                .filter(i -> Answer.code(answers.get(i)).isEmpty())
                .boxed()
                .toList();
        assertThat(winners).hasSize(1);
        return winners.getFirst();
    }

    private static List<JsonNode> losers(List<JsonNode> answers) {
        return losers(answers, onlyWinner(answers));
    }

    private static <X> List<X> losers(List<X> all, int winner) {
        return IntStream.range(0, all.size())
                .filter(i -> i != winner)
                .mapToObj(all::get)
                .toList();
    }

    private static void assertConflict(JsonNode answer, String state, String wanted) {
        assertThat(Answer.code(answer)).isEqualTo("CONFLICT");
        assertThat(Answer.message(answer)).contains(state).contains(wanted);
    }
}

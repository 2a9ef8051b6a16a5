package dev.towline.scenarios;

import static dev.towline.scenarios.Dispatcher.secondsAgo;
import static dev.towline.scenarios.Json.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.towline.dynamo.Fault;
import dev.towline.geo.GeoPoint;
import dev.towline.local.AlsoWithoutDax;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** DynamoDB applies a write but its answer is lost: the client gets a success, and the write is applied once. */
@AlsoWithoutDax
class LostAnswerScenarios extends RunningTowline {

    private static final List<String> WRITES = List.of("PutItem", "TransactWriteItems");

    @Autowired
    private MeterRegistry meters;

    @AfterEach
    void calm() {
        DYNAMO.calm();
    }

    /** Puts the fault in the way of writes. */
    @FunctionalInterface
    interface Weather {
        void begin();
    }

    static Stream<Named<Weather>> weathers() {
        return Stream.of(
                Named.of("the first answer is lost", () -> once(Fault.answerLost())),
                Named.of("the first answer is an error", () -> once(Fault.serverErrorAfterwards())),
                Named.of("no answer arrives", () -> WRITES.forEach(write -> DYNAMO.always(write, Fault.answerLost()))));
    }

    private static void once(Fault... faults) {
        WRITES.forEach(write -> DYNAMO.next(write, faults));
    }

    @ParameterizedTest
    @MethodSource("weathers")
    void reportsAnIncidentOnce(Weather weather) {
        weather.begin();
        String incident = dispatcher.incident();
        String withToken = dispatcher
                .api()
                .mutate("createIncident(input: {kind: TIRE, position: {latitude: 1, longitude: 2}, clientToken: 't'})"
                        + " { id }")
                .path("id")
                .asString();
        DYNAMO.calm();

        assertThat(Pages.of(
                                dispatcher.api(),
                                "listIncidents(%s) { edges { cursor node { id version } } pageInfo { hasNextPage"
                                        + " hasPreviousPage } }")
                        .walk(10, () -> {}))
                .containsExactly(
                        json("{id: '%s', version: 1}".formatted(withToken)),
                        json("{id: '%s', version: 1}".formatted(incident)));
    }

    /** Loses the answers of writes and of the reads that would settle them. */
    @Test
    void findsAVendorWhoseWriteWasNotAnnounced() {
        Nearby nearby = new Nearby(dispatcher.api(), meters);
        dispatcher.vendor();
        nearby.untilIndexed();
        DYNAMO.always("PutItem", Fault.answerLost());
        DYNAMO.always("GetItem", Fault.requestLost());
        dispatcher
                .api()
                .refused("registerVendor(input: {id: 'lost', name: 'Lost', capabilities: [TOWING], position: {latitude:"
                        + " -45, longitude: 17}}) { id }")
                .is("UNAVAILABLE", null);
        assertThat(Nearby.ids(nearby.search(new GeoPoint(-45, 17), 5, ""))).isEmpty();
        DYNAMO.calm();
        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        Nearby.ids(nearby.search(new GeoPoint(-45, 17), 5, "")).equals(List.of("lost")));
    }

    /**
     * The instance of the first call may never have announced what it wrote, and this one acknowledges it now: from then on it must not
     * answer anything older, nor may others.
     */
    @Test
    void announcesWhatACallFindsDoneAlready() {
        String incident = dispatcher
                .createIncident(1, 2, "i")
                .at("/data/createIncident/id")
                .asString();
        String vendor = dispatcher.vendor();
        String session = dispatcher
                .start(incident, vendor, "s")
                .at("/data/startTrackingSession/id")
                .asString();
        dispatcher.advance(session, "EN_ROUTE");

        assertThat(published(() -> dispatcher.createIncident(1, 2, "i"))).isEqualTo(1);
        assertThat(published(() -> dispatcher.start(incident, vendor, "s")))
                .as("session, incident and vendor")
                .isEqualTo(3);
        assertThat(published(() -> dispatcher.advance(session, "EN_ROUTE"))).isEqualTo(3);
        String cancel = "cancelIncident(input: {incidentId: '%s'}) { status }".formatted(incident);
        dispatcher.api().mutate(cancel);
        assertThat(published(() -> dispatcher.api().mutate(cancel))).isEqualTo(1);
    }

    private double published(Runnable call) {
        double before = messages();
        call.run();
        await().atMost(Duration.ofSeconds(10)).until(() -> messages() > before);
        return messages() - before;
    }

    private double messages() {
        return meters.get("towline.coherence.messages")
                        .tag("kind", "sent")
                        .counter()
                        .count()
                + meters.get("towline.coherence.messages")
                        .tag("kind", "unsent")
                        .counter()
                        .count();
    }

    @ParameterizedTest
    @MethodSource("weathers")
    void startsASessionOnce(Weather weather) {
        String incident = dispatcher.incident();
        String vendor = dispatcher.vendor();
        weather.begin();
        String session = dispatcher.session(incident, vendor);
        DYNAMO.calm();

        assertThat(dispatcher.readIncident(incident))
                .isEqualTo(json("{id: '%s', status: 'ASSIGNED', version: 2, activeSession: {id: '%s'}}"
                        .formatted(incident, session)));
        assertThat(dispatcher.readVendor(vendor).path("version").asInt()).isEqualTo(2);
        assertThat(dispatcher.api().query("listTrackingSessions { edges { node { id version } } }"))
                .isEqualTo(json("{edges: [{node: {id: '%s', version: 1}}]}".formatted(session)));
    }

    @ParameterizedTest
    @MethodSource("weathers")
    void takesAStepOnceAndPublishesIt(Weather weather) {
        String session = dispatcher.session();
        try (Watching watching = Watching.session(dispatcher.api(), session, "kind sequence status")) {
            watching.next();
            weather.begin();
            assertThat(dispatcher.step(session, "EN_ROUTE"))
                    .isEqualTo(json("{status: 'EN_ROUTE', sequence: 2, version: 2, endedAt: null}"));
            weather.begin();
            assertThat(dispatcher.step(session, "COMPLETED").path("sequence").asInt())
                    .isEqualTo(3);
            DYNAMO.calm();

            assertThat(watching.rest())
                    .containsExactly(
                            json("{kind: 'STATUS', sequence: 2, status: 'EN_ROUTE'}"),
                            json("{kind: 'ENDED', sequence: 3, status: 'COMPLETED'}"));
        }
        assertThat(dispatcher.readSession(session).path("version").asInt()).isEqualTo(3);
    }

    @ParameterizedTest
    @MethodSource("weathers")
    void acceptsAFixOnceAndPublishesIt(Weather weather) {
        String session = dispatcher.session();
        try (Watching watching = Watching.session(dispatcher.api(), session, "kind sequence")) {
            watching.next();
            weather.begin();
            assertThat(dispatcher.send(session, secondsAgo(60)))
                    .isEqualTo(
                            json("{outcome: 'STORED', sequence: 2, reason: null, session: {sequence: 2, version: 2}}"));
            weather.begin();
            assertThat(dispatcher.send(session, secondsAgo(90)).path("outcome").asString())
                    .isEqualTo("LATE");
            DYNAMO.calm();
            dispatcher.send(session, secondsAgo(30));

            assertThat(List.of(watching.next(), watching.next()))
                    .containsExactly(json("{kind: 'LOCATION', sequence: 2}"), json("{kind: 'LOCATION', sequence: 3}"));
        }
        JsonNode trail = dispatcher
                .api()
                .query("getTrackingSession(id: '%s') { sequence trail { edges { node { sequence } } } }"
                        .formatted(session));
        assertThat(trail)
                .isEqualTo(json("{sequence: 3, trail: {edges: [{node: {sequence: null}}, {node: {sequence: 2}}, {node:"
                        + " {sequence: 3}}]}}"));
    }

    @Test
    void takesEachOnceWhereNoAnswerComesInTime() throws InterruptedException {
        String vendor = dispatcher.vendor();
        String incident = dispatcher.incident();
        String stepped = dispatcher.session();
        String moved = dispatcher.session();
        once(Fault.answerNeverComes(), Fault.answerNeverComes());
        Together.run(List.<Together.Task<Object>>of(
                dispatcher::incident,
                () -> dispatcher.step(stepped, "EN_ROUTE"),
                () -> dispatcher.session(incident, vendor),
                () -> dispatcher.send(moved, secondsAgo(60))));

        assertThat(dispatcher.api().query("listIncidents { edges { cursor } }").path("edges"))
                .hasSize(4);
        assertThat(dispatcher
                        .api()
                        .query("listTrackingSessions(filter: {active: true}) { edges { node { sequence version } } }"))
                .isEqualTo(json("""
                    {edges: [{node: {sequence: 1, version: 1}},
                      {node: {sequence: 2, version: 2}}, {node: {sequence: 2, version: 2}}]}\
                    """));
    }

    @Test
    void triesAgainWhereOtherTransactionsAreInTheWay() {
        String incident = dispatcher.incident();
        String vendor = dispatcher.vendor();
        Fault conflict = Fault.transactionCanceled("None", "TransactionConflict", "None");
        DYNAMO.next("TransactWriteItems", conflict, conflict, Fault.transactionInProgress());
        String session = dispatcher.session(incident, vendor);

        DYNAMO.next("PutItem", Fault.transactionConflict(), Fault.transactionConflict());
        assertThat(dispatcher.step(session, "EN_ROUTE").path("version").asInt()).isEqualTo(2);

        DYNAMO.next(
                "TransactWriteItems",
                Fault.transactionCanceled("TransactionConflict", "None"),
                Fault.transactionCanceled("None", "ThrottlingError"));
        assertThat(dispatcher.send(session, secondsAgo(60)).path("sequence").asInt())
                .isEqualTo(3);

        DYNAMO.next("TransactWriteItems", conflict);
        dispatcher.api().mutate("cancelIncident(input: {incidentId: '%s'}) { id }".formatted(incident));
        assertThat(dispatcher.readSession(session).path("status").asString()).isEqualTo("CANCELLED");
        assertThat(dispatcher.readVendor(vendor).path("version").asInt()).isEqualTo(3);
    }
}

package dev.towline.scenarios;

import static dev.towline.scenarios.Dispatcher.secondsAgo;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import tools.jackson.databind.JsonNode;

/** How many requests to DynamoDB a query costs, counted on the wire. */
class BatchingScenarios extends RunningTowline {

    @Value("${towline.dynamo.table-prefix}")
    private String tablePrefix;

    @BeforeEach
    void putVendorsOnJobs() throws InterruptedException {
        Together.run(IntStream.range(0, 10)
                .<Together.Task<List<String>>>mapToObj(_ -> this::tenJobs)
                .toList());
        DYNAMO.forgetRequests();
    }

    @Test
    void readsAHundredSessionsWithAllTheyReferToInThreeBatches() {
        JsonNode sessions = dispatcher.api()
                .query(
                        """
                        listTrackingSessions(first: 100) { edges { node {
                          id incident { id status } vendor { id name } currentLocation { latitude } } } }""")
                .path("edges");
        assertThat(sessions).hasSize(100).allSatisfy(edge -> {
            assertThat(edge.at("/node/incident/status").asString()).isEqualTo("ASSIGNED");
            assertThat(edge.at("/node/vendor/name").asString()).isEqualTo("Ace");
            assertThat(edge.at("/node/currentLocation/latitude").isNumber()).isTrue();
        });
        assertCosts("Query sessions", "BatchGetItem sessions", "BatchGetItem incidents", "BatchGetItem vendors");
    }

    @Test
    void followsIncidentsToTheirSessionsAndTheirVendors() {
        JsonNode incidents = dispatcher.api()
                .query(
                        "listIncidents(first: 100) { edges { node { activeSession { vendor { name } incident { id } } } } }")
                .path("edges");
        assertThat(incidents)
                .hasSize(100)
                .allSatisfy(edge -> assertThat(edge.at("/node/activeSession/vendor/name").asString())
                        .isEqualTo("Ace"));
        // an incident that the list has is not what its loader has
        assertCosts(
                "Query incidents",
                "BatchGetItem incidents",
                "BatchGetItem sessions",
                "BatchGetItem vendors",
                "BatchGetItem incidents");
    }

    @Test
    void findsTheActiveSessionsOfManyIncidentsByKey() {
        List<String> incidents = dispatcher.api()
                .query("listIncidents(first: 20) { edges { node { id } } }")
                .path("edges")
                .valueStream()
                .map(edge -> edge.at("/node/id").asString())
                .toList();
        DYNAMO.forgetRequests();

        String fields = String.join(
                "\n",
                IntStream.range(0, incidents.size())
                        .mapToObj(i -> "a%d: getActiveSessionByIncident(incidentId: '%s') { vendor { name } incident { id } }"
                                .formatted(i, incidents.get(i)))
                        .toList());
        Answer answer = dispatcher.api().ask("{ %s }".formatted(fields));
        assertThat(answer.errors()).isEmpty();
        assertThat(answer.data().valueStream().map(session -> session.at("/incident/id").asString()))
                .containsExactlyElementsOf(incidents);
        assertCosts("BatchGetItem incidents", "BatchGetItem sessions", "BatchGetItem vendors");
    }

    @Test
    void asksOnceForWhatIsAskedForOften() {
        String vendor = dispatcher.vendor();
        DYNAMO.forgetRequests();
        dispatcher.api()
                .ask("{ a: getVendor(id: '%1$s') { id } b: getVendor(id: '%1$s') { name } c: getVendors(ids: ['%1$s', 'nobody']) { id } }"
                        .formatted(vendor));
        assertCosts("BatchGetItem vendors");
        assertThat(DYNAMO.requests("BatchGetItem").getFirst().body().at("/RequestItems").iterator().next().path("Keys"))
                .hasSize(2);
    }

    private List<String> tenJobs() {
        return Stream.generate(() -> {
                    String session = dispatcher.session();
                    dispatcher.send(session, secondsAgo(10));
                    return session;
                })
                .limit(10)
                .toList();
    }

    private void assertCosts(String... requests) {
        assertThat(DYNAMO.requests())
                .extracting(request -> request.operation() + ' '
                        + String.join("+", request.tables()).replace(tablePrefix, ""))
                .containsExactlyInAnyOrder(requests);
    }
}

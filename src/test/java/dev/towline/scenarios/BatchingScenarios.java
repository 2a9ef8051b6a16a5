package dev.towline.scenarios;

import static dev.towline.scenarios.Dispatcher.secondsAgo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.local.AlsoWithoutDax;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.springframework.beans.factory.annotation.Value;
import tools.jackson.databind.JsonNode;

/** How many requests to DynamoDB a query costs, counted on the wire. */
@TestInstance(Lifecycle.PER_CLASS)
@AlsoWithoutDax
class BatchingScenarios extends RunningTowline {

    @Value("${towline.dynamo.table-prefix}")
    private String tablePrefix;

    /** Of a tenant with a hundred vendors on a job each. */
    private Dispatcher busy;

    @BeforeAll
    void putVendorsOnJobs() throws InterruptedException {
        busy = new Dispatcher(newTenant());
        Together.run(IntStream.range(0, 10)
                .<Together.Task<List<String>>>mapToObj(_ -> this::tenJobs)
                .toList());
    }

    @BeforeEach
    void countFromHere() {
        busy.api().forgetEverything();
        forgetReads();
    }

    @Test
    void readsAHundredSessionsWithAllTheyReferToInThreeBatches() {
        JsonNode sessions = busy.api().query("""
            listTrackingSessions(first: 100) { edges { node {
              id incident { id status } vendor { id name } currentLocation { latitude } } } }\
            """).path("edges");
        assertThat(sessions).hasSize(100).allSatisfy(edge -> {
            assertThat(edge.at("/node/incident/status").asString()).isEqualTo("ASSIGNED");
            assertThat(edge.at("/node/vendor/name").asString()).isEqualTo("Ace");
            assertThat(edge.at("/node/currentLocation/latitude").isNumber()).isTrue();
        });
        assertCosts(
                "Query tracking-sessions",
                "BatchGetItem tracking-sessions",
                "BatchGetItem incidents",
                "BatchGetItem vendors");
    }

    @Test
    void followsIncidentsToTheirSessionsAndTheirVendors() {
        JsonNode incidents = busy.api()
                .query("listIncidents(first: 100) { edges { node { activeSession { vendor { name } incident { id } }"
                        + " } } }")
                .path("edges");
        assertThat(incidents)
                .hasSize(100)
                .allSatisfy(edge -> assertThat(
                                edge.at("/node/activeSession/vendor/name").asString())
                        .isEqualTo("Ace"));
        // an incident that the list has is not what its loader has
        assertCosts(
                "Query incidents",
                "BatchGetItem incidents",
                "BatchGetItem tracking-sessions",
                "BatchGetItem vendors",
                "BatchGetItem incidents");
    }

    @Test
    void findsTheActiveSessionsOfManyIncidentsByKey() {
        List<String> incidents = busy.api()
                .query("listIncidents(first: 20) { edges { node { id } } }")
                .path("edges")
                .valueStream()
                .map(edge -> edge.at("/node/id").asString())
                .toList();
        countFromHere();

        String fields = String.join(
                "\n",
                IntStream.range(0, incidents.size())
                        .mapToObj(i ->
                                "a%d: getActiveSessionByIncident(incidentId: '%s') { vendor { name } incident { id } }"
                                        .formatted(i, incidents.get(i)))
                        .toList());
        Answer answer = busy.api().ask("{ %s }".formatted(fields));
        assertThat(answer.errors()).isEmpty();
        assertThat(answer.data()
                        .valueStream()
                        .map(session -> session.at("/incident/id").asString()))
                .containsExactlyElementsOf(incidents);
        assertCosts("BatchGetItem incidents", "BatchGetItem tracking-sessions", "BatchGetItem vendors");
    }

    @Test
    void asksOnceForWhatIsAskedForOften() {
        String vendor = busy.vendor();
        // only now: what is written is shared in Redis
        countFromHere();
        busy.api()
                .ask(
                        "{ a: getVendor(id: '%1$s') { id } b: getVendor(id: '%1$s') { name } c: getVendors(ids: ['%1$s', 'nobody']) { id } }"
                                .formatted(vendor));
        assertCosts("BatchGetItem vendors");
        assertThat(DYNAMO.requests("BatchGetItem")
                        .getFirst()
                        .body()
                        .at("/RequestItems")
                        .iterator()
                        .next()
                        .path("Keys"))
                .hasSize(2);
    }

    private List<String> tenJobs() {
        return Stream.generate(() -> {
                    String session = busy.session();
                    busy.send(session, secondsAgo(10));
                    return session;
                })
                .limit(10)
                .toList();
    }

    /** Holds the requests since they were last forgotten to these; one that the client has repeated, on a slow machine, counts once. */
    private void assertCosts(String... requests) {
        Map<List<String>, String> calls = new HashMap<>();
        DYNAMO.requests().stream()
                // DAX asks for the keys of tables
                .filter(request -> !request.operation().equals("DescribeTable"))
                .forEach(request -> calls.put(
                        request.headers().getOrDefault("amz-sdk-invocation-id", List.of()),
                        request.operation()
                                + ' '
                                + String.join("+", request.tables()).replace(tablePrefix, "")));
        if (hasDax()) {
            assertThat(calls.values()).as("DAX spares what is read twice").containsOnly(requests);
            assertThat(calls.values()).hasSizeLessThanOrEqualTo(requests.length);
        } else {
            assertThat(calls.values()).containsExactlyInAnyOrder(requests);
        }
    }
}

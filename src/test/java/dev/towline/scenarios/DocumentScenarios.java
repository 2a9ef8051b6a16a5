package dev.towline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents and variables that are wrong before any field is looked at. */
class DocumentScenarios extends RunningTowline {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{ getIncident(id: 'i1'",
                "{ getIncidents { id } }",
                "{ getIncident { id } }",
                "{ listIncidents(filter: {statuses: [DONE]}) { edges { cursor } } }",
                "{ searchVendorsNearby(near: {latitude: 1e999, longitude: 0}, radiusMiles: 1) { totalCount } }",
                "mutation { startTrackingSession(input: {incidentId: 'i', vendorId: 'v', startedAt: 'noon'}) { id } }",
                "query A { __typename } query B { __typename }",
                "{ __schema { types { fields { type { fields { name } } } } } }"
            })
    void areBadInput(String document) {
        assertThat(dispatcher.api().ask(document).errors()).isNotEmpty().allSatisfy(refusal -> {
            assertThat(refusal.code()).isEqualTo("BAD_INPUT");
            assertThat(refusal.message()).doesNotContain("java", "graphql.", "Exception");
        });
    }

    @Test
    void areBadInputInVariablesToo() {
        dispatcher
                .api()
                .ask("query($id: ID!) { getIncident(id: $id) { id } }", Map.of())
                .refusal()
                .is("BAD_INPUT", "id");
        dispatcher
                .api()
                .ask(
                        "query($first: Int) { listIncidents(first: $first) { edges { cursor } } }",
                        Map.of("first", "many"))
                .refusal()
                .is("BAD_INPUT", "first");
    }
}

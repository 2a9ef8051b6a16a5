package dev.towline.edge.limit;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLTypeUtil;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CostPlannerTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        0     | { __typename }
        1     | { getIncident(id: 1) { id kind status } }
        2     | { getIncident(id: 1) { id position { latitude longitude } } }
        1     | { getVendor(id: 1) { capabilities } }
        2     | { a: getIncident(id: 1) { id } b: getIncident(id: 1) { id } }
        2     | { getIncident(id: 1) { id } getIncident(id: 1) { id } }
        6     | { listIncidents { pageInfo { hasNextPage } } }
        25    | { listIncidents { edges { cursor } } }
        45    | { listIncidents { edges { node { id } } } }
        11    | { listIncidents(first: 3) { edges { node { id } } } }
        205   | { listIncidents(first: 100) { edges { node { id } } } }
        205   | { listIncidents(first: 1000000) { edges { node { id } } } }
        5     | { listIncidents(first: -1) { edges { node { id } } } }
        45    | { listIncidents(first: null) { edges { node { id } } } }
        50    | { searchVendorsNearby(near: {latitude: 1, longitude: 2}, radiusMiles: 3) { edges { node { id } } } }
        212   | { listTrackingSessions(first: 1) { edges { node { trail { edges { node { latitude } } } } } } }
        60705 | { listTrackingSessions(first: 100) { edges { node { trail(first: 100) { edges { node { latitude } } } eta { durationSeconds } activity: trail(first: 100) { edges { node { latitude } } pageInfo { hasNextPage } } trail(first: 94) { edges { node { latitude } } } } } } }
        4     | { getVendors(ids: [1, 2, 3]) { name } }
        7     | { getVendors(ids: [1, 2, 3]) { position { latitude } } }
        1     | { getVendors(ids: []) { name } }
        10    | mutation { cancelIncident(input: {incidentId: 1}) { id } }
        30    | mutation { a: cancelIncident(input: {incidentId: 1}) { id } b: revokeShareLink(input: {shareLinkId: 1}) { id } c: evictCache(input: {all: true}) { evicted } }
        2     | subscription { onTrackingUpdated(sessionId: 1) { session { id } } }
        45    | { ...L } fragment L on Query { listIncidents { ...C } } fragment C on IncidentConnection { edges { ...E } } fragment E on IncidentEdge { node { id } }
        56    | { listIncidents { ...C } a: listIncidents(first: 2) { ... { ... on IncidentConnection { ...C } } } ... { __typename } } fragment C on IncidentConnection { edges { node { id } } pageInfo { hasNextPage } }
        1     | { __schema { types { fields { name } } } }
        """)
    void addsUpAnOperation(int cost, String document) {
        assertThat(Contract.cost(document, Map.of())).isEqualTo(cost);
    }

    /** They cost nothing, so they must be few: then the cost of the objects limits the size of an answer. */
    @Test
    void anObjectHasFewPlainValues() {
        assertThat(Contract.SCHEMA.getAllTypesAsList().stream()
                        .filter(type -> type instanceof GraphQLObjectType
                                && !type.getName().startsWith("__"))
                        .map(type -> (GraphQLObjectType) type))
                .hasSizeGreaterThan(20)
                .allSatisfy(type -> assertThat(type.getFieldDefinitions().stream()
                                .filter(field -> GraphQLTypeUtil.isLeaf(GraphQLTypeUtil.unwrapAll(field.getType())))
                                .count())
                        .as(type.getName())
                        .isLessThanOrEqualTo(13));
    }

    @Test
    void usesTheValueOfAVariable() {
        String document = "query($n: Int) { listIncidents(first: $n) { edges { node { id } } } }";

        assertThat(Contract.cost(document, Map.of("n", 7))).isEqualTo(19);
        assertThat(Contract.cost(document, Map.of("n", 1_000_000))).isEqualTo(205);
        assertThat(Contract.cost(document, Map.of("n", -5))).isEqualTo(5);
        assertThat(Contract.cost(document, Map.of())).isEqualTo(45);
        assertThat(Contract.cost(document, Collections.singletonMap("n", null))).isEqualTo(45);
    }

    @Test
    void leavesOutWhatIsSkipped() {
        String document = "query($v: Boolean!, $n: Int) { listIncidents(first: $n) @DIRECTIVE(if: $v) { ...F } }"
                + " fragment F on IncidentConnection { edges @include(if: $v) { cursor } ... @skip(if: true) { edges {"
                + " node { id } } } pageInfo @include(if: false) { hasNextPage } }";

        assertThat(Contract.cost(document.replace("DIRECTIVE", "include"), Map.of("v", true, "n", 7)))
                .isEqualTo(12);
        assertThat(Contract.cost(document.replace("DIRECTIVE", "include"), Map.of("v", false, "n", 7)))
                .isZero();
        assertThat(Contract.cost(document.replace("DIRECTIVE", "skip"), Map.of("v", true, "n", 7)))
                .isZero();
        assertThat(Contract.cost(document.replace("DIRECTIVE", "skip"), Map.of("v", false, "n", 7)))
                .isEqualTo(5);
    }

    @Test
    void multipliesNestedListsWithVariables() {
        String document = "query($n: Int, $m: Int) { listTrackingSessions(first: $n) { edges { node {"
                + " trail(first: $m) { edges { node { latitude } } } } } } }";

        assertThat(Contract.cost(document, Map.of("n", 45, "m", 52))).isEqualTo(5000);
        assertThat(Contract.cost(document, Map.of("n", 100, "m", 100))).isEqualTo(20_705);
    }

    @Test
    void countsTheElementsOfListsInArguments() {
        String vendors = "query($ids: [ID!]!) { getVendors(ids: $ids) { id position { latitude } } }";
        assertThat(Contract.cost(vendors, Map.of("ids", List.of("a", "b", "c"))))
                .isEqualTo(7);

        String whole = "mutation($input: UpdateLocationsInput!) { updateLocations(input: $input) { session { id } } }";
        assertThat(Contract.cost(whole, Map.of("input", Map.of("sessionId", "s", "locations", List.of(1, 2)))))
                .isEqualTo(14);

        String inside = "mutation($l: [LocationInput!]!) { updateLocations(input: {sessionId: 1, locations: $l}) {"
                + " session { id } } }";
        assertThat(Contract.cost(inside, Map.of("l", List.of(1, 2, 3)))).isEqualTo(16);
    }

    @Test
    void stopsCountingAtTheGreatestNumber() {
        String deep = "listTrackingSessions(first: 100) { edges { node { ";
        StringBuilder document = new StringBuilder("{ " + deep);
        for (int i = 0; i < 4; i++) {
            document.append("trail(first: 100) { edges { node { latitude } } } ");
        }
        CostPlan plan = CostPlan.of(1);
        for (int i = 0; i < 20; i++) {
            plan = plan.times(_ -> 1000).plus(CostPlan.of(Integer.MAX_VALUE));
        }

        assertThat(plan.with(Map.of())).isEqualTo(Integer.MAX_VALUE);
        assertThat(Contract.cost(document.append("} } } }").toString(), Map.of()))
                .isEqualTo(5 + 100 * (2 + 4 * 205));
    }
}

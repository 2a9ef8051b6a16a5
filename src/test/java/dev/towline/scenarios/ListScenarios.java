package dev.towline.scenarios;

import static dev.towline.scenarios.Dispatcher.secondsAgo;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.local.AlsoWithoutDax;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Lists: what is in them, in which order, and page by page while more is added. */
@AlsoWithoutDax
class ListScenarios extends RunningTowline {

    private static final String REST =
            "{ edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage endCursor } }";

    @Test
    void goesThroughAllIncidentsNewestFirstWhileMoreAreReported() {
        List<String> present = times(11);
        List<String> walked =
                Pages.of(dispatcher.api(), "listIncidents(%s) " + REST).ids(3, () -> dispatcher.incident());
        assertThat(walked).containsExactlyElementsOf(present.reversed());
    }

    @Test
    void goesThroughAFilteredListWhileItsIncidentsMove() {
        List<String> present = times(8);
        present.subList(0, 4).forEach(this::cancel);
        List<String> walked = Pages.of(
                        dispatcher.api(), "listIncidents(filter: {statuses: [REPORTED, CANCELLED]}, %s) " + REST)
                .ids(3, () -> cancel(dispatcher.incident()));
        assertThat(walked).containsExactlyElementsOf(present.reversed());
    }

    @Test
    void listsIncidentsInTheStatesAskedFor() {
        String reported = dispatcher.incident();
        String cancelled = dispatcher.incident();
        cancel(cancelled);
        String assigned = dispatcher.incident();
        dispatcher.session(assigned, dispatcher.vendor());

        assertThat(incidents("statuses: [REPORTED]")).containsExactly(reported);
        assertThat(incidents("statuses: [ASSIGNED, CANCELLED]")).containsExactly(assigned, cancelled);
        assertThat(incidents("statuses: [RESOLVED]")).isEmpty();
        assertThat(incidents("")).containsExactly(assigned, cancelled, reported);
        assertThat(incidents("statuses: null")).containsExactly(assigned, cancelled, reported);
        assertThat(incidents("statuses: [REPORTED, ASSIGNED, IN_PROGRESS, RESOLVED, CANCELLED]"))
                .containsExactly(assigned, cancelled, reported);
        assertThat(incidents("statuses: []")).isEmpty();
    }

    @Test
    void takesAFilterFromVariablesInTheSameWay() {
        dispatcher.session();
        for (String list : List.of("listIncidents", "listTrackingSessions")) {
            String type = list.equals("listIncidents") ? "IncidentFilter" : "TrackingSessionFilter";
            String document =
                    "query($filter: %s, $statuses: [%s!]) { a: %s(filter: $filter) %s b: %s(filter: {statuses: $statuses}) %s }"
                            .formatted(
                                    type,
                                    type.replace("Filter", "Status").replace("TrackingSession", "Session"),
                                    list,
                                    REST,
                                    list,
                                    REST);
            Map<String, @Nullable Object> nothing = new HashMap<>();
            Map<String, @Nullable Object> nulls = new HashMap<>();
            nulls.put("filter", null);
            nulls.put("statuses", null);
            Map<String, @Nullable Object> nullInside = new HashMap<>();
            nullInside.put("statuses", null);
            for (var variables : List.of(nothing, nulls, Map.<String, @Nullable Object>of("filter", nullInside))) {
                Answer answer = dispatcher.api().ask(document, variables);
                assertThat(answer.errors()).isEmpty();
                assertThat(answer.data().at("/a/edges"))
                        .as("%s of %s", list, variables)
                        .hasSize(1);
                assertThat(answer.data().at("/b/edges"))
                        .as("%s of %s", list, variables)
                        .hasSize(1);
            }
            Answer answer = dispatcher
                    .api()
                    .ask(document, Map.of("filter", Map.of("statuses", List.of()), "statuses", List.of()));
            assertThat(answer.errors()).isEmpty();
            assertThat(answer.data().at("/a/edges")).isEmpty();
            assertThat(answer.data().at("/b/edges")).isEmpty();
            assertThat(answer.data().at("/a/pageInfo/hasNextPage").asBoolean()).isFalse();
        }
    }

    @Test
    void listsSessionsThatMatchEverythingAskedFor() {
        String vendor = dispatcher.vendor();
        String incident = dispatcher.incident();
        String completed = dispatcher.session(dispatcher.incident(), vendor);
        dispatcher.step(completed, "COMPLETED");
        String cancelled = dispatcher.session(incident, vendor);
        dispatcher.step(cancelled, "CANCELLED");
        String arrived = dispatcher.session(incident, vendor);
        dispatcher.step(arrived, "ARRIVED");
        String assigned = dispatcher.session();

        assertThat(sessions("")).containsExactly(assigned, arrived, cancelled, completed);
        assertThat(sessions("statuses: null, active: null, vendorId: null, incidentId: null"))
                .containsExactly(assigned, arrived, cancelled, completed);
        assertThat(sessions("statuses: []")).isEmpty();
        assertThat(sessions("statuses: [], active: true")).isEmpty();
        assertThat(sessions("statuses: [], vendorId: '%s'".formatted(vendor))).isEmpty();
        assertThat(sessions("statuses: [], incidentId: '%s'".formatted(incident)))
                .isEmpty();
        assertThat(sessions("active: true")).containsExactly(assigned, arrived);
        assertThat(sessions("active: false")).containsExactly(cancelled, completed);
        assertThat(sessions("statuses: [ARRIVED, CANCELLED]")).containsExactly(arrived, cancelled);
        assertThat(sessions("statuses: [ARRIVED, CANCELLED], active: false")).containsExactly(cancelled);
        assertThat(sessions("statuses: [ARRIVED], active: false")).isEmpty();
        assertThat(sessions("vendorId: '%s'".formatted(vendor))).containsExactly(arrived, cancelled, completed);
        assertThat(sessions("vendorId: '%s', active: true".formatted(vendor))).containsExactly(arrived);
        assertThat(sessions("incidentId: '%s'".formatted(incident))).containsExactly(arrived, cancelled);
        assertThat(sessions("incidentId: '%s', statuses: [ARRIVED]".formatted(incident)))
                .containsExactly(arrived);
        assertThat(sessions("incidentId: '%s', vendorId: 'nobody'".formatted(incident)))
                .isEmpty();
    }

    @Test
    void goesThroughActiveSessionsWhileOthersStartAndEnd() {
        List<String> present =
                Stream.generate(() -> dispatcher.session()).limit(7).toList();
        List<String> walked = Pages.of(dispatcher.api(), "listTrackingSessions(filter: {active: true}, %s) " + REST)
                .ids(2, () -> dispatcher.step(dispatcher.session(), "COMPLETED"));
        assertThat(walked).containsExactlyElementsOf(present.reversed());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 101})
    void refusesOtherPagesThanOfOneToAHundred(int first) {
        Stream.of("listIncidents", "listTrackingSessions")
                .forEach(list -> dispatcher
                        .api()
                        .refusedQuery("%s(first: %d) { edges { cursor } }".formatted(list, first))
                        .is("BAD_INPUT", "first"));
    }

    @Test
    void refusesACursorOfAnotherList() {
        dispatcher.incident();
        String cursor = dispatcher
                .api()
                .query("listIncidents { pageInfo { endCursor } }")
                .at("/pageInfo/endCursor")
                .asString();
        Stream.of(cursor, "rubbish", "")
                .forEach(after -> dispatcher
                        .api()
                        .refusedQuery("listTrackingSessions(after: '%s') { edges { cursor } }".formatted(after))
                        .is("BAD_INPUT", "after"));
    }

    @Test
    void refusesACursorThatItCannotHaveGiven() {
        String session = dispatcher.session();
        dispatcher.send(session, secondsAgo(60));
        dispatcher.send(session, secondsAgo(50));
        Map<String, String> lists = Map.of(
                "incidents",
                "listIncidents(%s) { pageInfo { endCursor } }",
                "sessions",
                "listTrackingSessions(%s) { pageInfo { endCursor } }",
                "trail:" + session,
                "getTrackingSession(id: '%s') { trail(%%s) { pageInfo { endCursor } } }".formatted(session),
                "vendors@30.25,-97.75",
                "searchVendorsNearby(near: {latitude: 30.25, longitude: -97.75}, radiusMiles: 9, %s) { pageInfo {"
                        + " endCursor } }");
        lists.forEach((name, field) -> {
            JsonNode page = dispatcher.api().query(field.formatted("first: 1"));
            String cursor = page.findValue("endCursor").asString();
            assertThat(dispatcher
                            .api()
                            .ask("{ " + field.formatted("after: '" + cursor + "'") + " }")
                            .errors())
                    .as("its own")
                    .isEmpty();
            String sort = new String(Base64.getUrlDecoder().decode(cursor), UTF_8).substring(name.length() + 1);
            List<String> wrong = new ArrayList<>();
            Stream.of(
                            "",
                            "hello",
                            " " + sort,
                            sort + " ",
                            sort + "#",
                            "-" + sort,
                            sort.replaceAll("[#|].*", "") + "#",
                            sort.replaceAll("[#|].*", "") + "|",
                            "2026-02-30T00:00:00.000Z#c7fc2cac-726b-4f83-8ea9-93daf89f2656",
                            "2026-02-28T00:00:00Z#c7fc2cac-726b-4f83-8ea9-93daf89f2656",
                            "2026-02-28T00:00:00.000Z#c7fc2cac-726b-4f83-8ea9-93daf89f265",
                            "2026-02-28T00:00:00.000Z#C7FC2CAC-726B-4f83-8ea9-93daf89f2656",
                            "2026-02-30T00:00:00.000Z",
                            "2026-02-28T00:00:00.0000Z",
                            "1|a b",
                            "01.5|a",
                            "1.50|a",
                            "1.5d|a",
                            "1e3|a",
                            "NaN|a",
                            "Infinity|a",
                            "-0.0|a",
                            "-1.0|a",
                            "|a",
                            "1.0|",
                            "1.0|" + "a".repeat(65))
                    .forEach(other -> wrong.add(encoded(name, other)));
            wrong.add(encoded(name, ""));
            wrong.add(encoded(name + " ", sort));
            wrong.add(cursor + "A");
            wrong.add(cursor + "=");
            wrong.add(cursor + "\n");
            // a part of an id that somebody may have chosen is one, too
            if (!name.startsWith("vendors@")) {
                wrong.add(cursor.substring(0, cursor.length() - 1));
                wrong.add(cursor.substring(0, cursor.length() - 4));
                wrong.add(encoded(name, sort + "0"));
            }
            assertThat(wrong)
                    .allSatisfy(after -> dispatcher
                            .api()
                            .ask(
                                    "query($after: String) { %s }".formatted(field.formatted("after: $after")),
                                    Map.of("after", after))
                            .refusal()
                            .is("BAD_INPUT", "after"));
        });
        dispatcher
                .api()
                .refusedQuery("listIncidents(filter: {statuses: []}, after: 'rubbish') { edges { cursor } }")
                .is("BAD_INPUT", "after");
    }

    @Test
    void refusesAFilterByAnIdThatIsNone() {
        Stream.of("vendorId", "incidentId")
                .forEach(argument -> dispatcher
                        .api()
                        .refusedQuery(
                                "listTrackingSessions(filter: {%s: ' '}) { edges { cursor } }".formatted(argument))
                        .is("BAD_INPUT", "filter." + argument));
    }

    private static String encoded(String list, String sort) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((list + '\n' + sort).getBytes(UTF_8));
    }

    private List<String> times(int count) {
        List<String> incidents = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            incidents.add(dispatcher.incident());
        }
        return incidents;
    }

    private void cancel(String incident) {
        dispatcher.api().mutate("cancelIncident(input: {incidentId: '%s'}) { id }".formatted(incident));
    }

    private List<String> incidents(String filter) {
        return Pages.of(dispatcher.api(), "listIncidents(filter: {%s}, %%s) ".formatted(filter) + REST)
                .ids(100, () -> {});
    }

    private List<String> sessions(String filter) {
        return Pages.of(dispatcher.api(), "listTrackingSessions(filter: {%s}, %%s) ".formatted(filter) + REST)
                .ids(100, () -> {});
    }
}

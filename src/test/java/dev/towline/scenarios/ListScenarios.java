package dev.towline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.dynamo.Fault;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists: what is in them, in which order, and page by page while more is added. */
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

        assertThat(incidents("REPORTED")).containsExactly(reported);
        assertThat(incidents("ASSIGNED, CANCELLED")).containsExactly(assigned, cancelled);
        assertThat(incidents("RESOLVED")).isEmpty();
        assertThat(incidents("")).containsExactly(assigned, cancelled, reported);
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
    void refusesAFilterByAnIdThatIsNone() {
        Stream.of("vendorId", "incidentId")
                .forEach(argument -> dispatcher
                        .api()
                        .refusedQuery(
                                "listTrackingSessions(filter: {%s: ' '}) { edges { cursor } }".formatted(argument))
                        .is("BAD_INPUT", "filter." + argument));
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

    private List<String> incidents(String statuses) {
        return Pages.of(dispatcher.api(), "listIncidents(filter: {statuses: [%s]}, %%s) ".formatted(statuses) + REST)
                .ids(100, () -> {});
    }

    private List<String> sessions(String filter) {
        return Pages.of(dispatcher.api(), "listTrackingSessions(filter: {%s}, %%s) ".formatted(filter) + REST)
                .ids(100, () -> {});
    }

    @Test
    void readsTheListsOfAQuerySideBySide() {
        String list = "listIncidents(first: 1) { edges { node { id } } }";
        String five = IntStream.range(0, 5).mapToObj(i -> "l" + i + ": " + list).collect(Collectors.joining(" "));
        dispatcher.incident();
        Duration one;
        Duration all;
        try {
            DYNAMO.always("Query", Fault.slow(Duration.ofMillis(400)));
            one = timed("{ " + list + " }");
            all = timed("{ " + five + " }");
        } finally {
            DYNAMO.calm();
        }
        assertThat(one).isGreaterThan(Duration.ofMillis(400));
        assertThat((double) all.toMillis() / one.toMillis())
                .as("five lists take %s, one takes %s", all, one)
                .isLessThan(2.5);
    }

    private Duration timed(String document) {
        long begun = System.nanoTime();
        Answer answer = dispatcher.api().ask(document);
        assertThat(answer.errors()).isEmpty();
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}

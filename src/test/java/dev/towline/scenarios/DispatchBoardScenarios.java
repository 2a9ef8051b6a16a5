package dev.towline.scenarios;

import static dev.towline.scenarios.Dispatcher.secondsAgo;
import static dev.towline.scenarios.Json.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.towline.dynamo.DynamoAnswer;
import dev.towline.local.AlsoWithoutDax;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The stream of a dispatch board. Lists may lag for two seconds. */
@AlsoWithoutDax
class DispatchBoardScenarios extends RunningTowline {

    private static final String PLAIN = "kind id version position";

    @AfterEach
    void calm() {
        DYNAMO.calm();
    }

    @Test
    void followsWhatChangesWithTheObjects() {
        try (Watching board = open(
                dispatcher.api(),
                "kind id version incident { id status version activeSession { id } }"
                        + " session { id sequence version vendor { name } } vendor { id availability version }")) {
            String incident = dispatcher.incident();
            assertThat(board.next())
                    .isEqualTo(change(
                            "INCIDENT",
                            incident,
                            1,
                            "incident",
                            "status: 'REPORTED', version: 1, activeSession: null"));
            String vendor = dispatcher.vendor();
            assertThat(board.next())
                    .isEqualTo(change("VENDOR", vendor, 1, "vendor", "availability: 'AVAILABLE', version: 1"));
            String session = dispatcher.session(incident, vendor);
            String active = "status: 'ASSIGNED', version: 2, activeSession: {id: '%s'}".formatted(session);
            assertThat(List.of(board.next(), board.next(), board.next()))
                    .containsExactlyInAnyOrder(
                            change("SESSION", session, 1, "session", "sequence: 1, version: 1, vendor: {name: 'Ace'}"),
                            change("INCIDENT", incident, 2, "incident", active),
                            change("VENDOR", vendor, 2, "vendor", "availability: 'BUSY', version: 2"));
            dispatcher.send(session, secondsAgo(60));
            assertThat(board.next().at("/session/sequence").asInt()).isEqualTo(2);
        }
    }

    @Test
    void resumesAfterWhatWasSeen() {
        String seen;
        String first = dispatcher.incident();
        try (Watching board = Watching.board(dispatcher.api(), resumable(dispatcher.api()), PLAIN)) {
            assertThat(board.next().path("id").asString()).isEqualTo(first);
            String second = dispatcher.incident();
            JsonNode next = board.next();
            assertThat(next.path("id").asString()).isEqualTo(second);
            seen = next.path("position").asString();
        }
        String third = dispatcher.incident();

        try (Watching board = Watching.board(dispatcher.api(), seen, PLAIN)) {
            assertThat(board.next().path("id").asString()).isEqualTo(third);
        }
    }

    @Test
    void aVendorLearnsItsAssignments() {
        String vendor = dispatcher.vendor();
        String other = dispatcher.vendor();
        String incident = dispatcher.incident();
        Caller driver = dispatcher.api().named(vendor).with("X-Towline-Local-Role", "VENDOR");
        try (Watching board = Watching.board(driver, resumable(dispatcher.api()), "kind id version")) {
            // what came before the assignment, and nobody else's business
            assertThat(board.next()).isEqualTo(json("{kind: 'VENDOR', id: '%s', version: 1}".formatted(vendor)));
            dispatcher.session(dispatcher.incident(), other);
            String session = dispatcher.session(incident, vendor);
            assertThat(List.of(board.next(), board.next(), board.next()))
                    .containsExactlyInAnyOrder(
                            json("{kind: 'SESSION', id: '%s', version: 1}".formatted(session)),
                            json("{kind: 'INCIDENT', id: '%s', version: 2}".formatted(incident)),
                            json("{kind: 'VENDOR', id: '%s', version: 2}".formatted(vendor)));
            dispatcher.step(session, "CANCELLED");
            assertThat(List.of(board.next(), board.next(), board.next()))
                    .contains(json("{kind: 'SESSION', id: '%s', version: 2}".formatted(session)));
        }
    }

    @Test
    void isNoBusinessOfACallerOrAGuest() {
        for (String role : List.of("CALLER", "GUEST")) {
            try (Watching board = Watching.board(dispatcher.api().with("X-Towline-Local-Role", role), null, "kind")) {
                board.refusal().is("FORBIDDEN", null);
            }
        }
    }

    @Test
    void aTextThatIsNoPositionIsBadInput() {
        for (String after : List.of("", "x", "AQAA", "AR")) {
            try (Watching board = Watching.board(dispatcher.api(), after, "kind")) {
                board.refusal().is("BAD_INPUT", "after");
            }
        }
    }

    /** The list is as it was before the last incidents. */
    @Test
    void showsWhatTheListsStillLack() {
        String old = dispatcher.incident();
        resumable(dispatcher.api());
        AtomicReference<@Nullable DynamoAnswer> before = new AtomicReference<>();
        DYNAMO.always("Query", (request, upstream) -> {
            before.compareAndSet(null, upstream.forward(request));
            return before.get();
        });
        assertThat(listed()).containsExactly(old);
        List<String> created = List.of(dispatcher.incident(), dispatcher.incident(), dispatcher.incident());
        JsonNode reset;
        try (Watching board = Watching.board(dispatcher.api(), null, PLAIN)) {
            reset = board.next();
            assertThat(reset.path("kind").asString()).isEqualTo("RESET");
        }
        List<String> known = new ArrayList<>(listed());
        String later = dispatcher.incident();
        try (Watching board =
                Watching.board(dispatcher.api(), reset.path("position").asString(), PLAIN)) {
            while (!known.contains(later)) {
                JsonNode next = board.next();
                assertThat(next.path("kind").asString()).isEqualTo("INCIDENT");
                known.add(next.path("id").asString());
            }
        }

        assertThat(known).contains(old, later).containsAll(created);
    }

    @Test
    void neverShowsAnObjectThatIsOlderThanItsChange() throws InterruptedException {
        String vendor = dispatcher.vendor();
        dispatcher.readVendor(vendor);
        try (Watching board = open(dispatcher.api(), "version vendor { version name }")) {
            Thread renaming = Thread.ofVirtual().start(() -> {
                for (int i = 0; i < 50; i++) {
                    dispatcher
                            .api()
                            .mutate("updateVendor(input: {vendorId: '%s', name: 'n%d'}) { id }".formatted(vendor, i));
                }
            });
            for (int version = 0; version < 51; ) {
                JsonNode next = board.next();
                version = next.path("version").asInt();
                assertThat(next.at("/vendor/version").asInt()).isGreaterThanOrEqualTo(version);
            }
            renaming.join();
        }
    }

    /** An item with the object in one field, and null in the other two. */
    private static JsonNode change(String kind, String id, int version, String field, String rest) {
        ObjectNode change = json("{kind: '%s', id: '%s', version: %d, incident: null, session: null, vendor: null}"
                        .formatted(kind, id, version))
                .asObject();
        return change.set(field, json("{id: '%s', %s}".formatted(id, rest)));
    }

    private List<String> listed() {
        return dispatcher
                .api()
                .data("{ listIncidents(first: 100) { edges { node { id } } } }", Map.of())
                .at("/listIncidents/edges")
                .valueStream()
                .map(edge -> edge.at("/node/id").asString())
                .toList();
    }

    /** A board that has nothing but what happens from now on. */
    private static Watching open(Caller viewer, String selection) {
        return Watching.board(viewer, resumable(viewer), selection);
    }

    /** The position after a RESET that no other RESET has to follow; the service may have been started just before. */
    private static String resumable(Caller viewer) {
        AtomicReference<String> position = new AtomicReference<>("");
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            try (Watching board = Watching.board(viewer, null, PLAIN)) {
                position.set(board.next().path("position").asString());
            }
            return !position.get().equals("AQ");
        });
        return position.get();
    }
}

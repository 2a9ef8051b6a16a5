package dev.towline.scenarios;

import static dev.towline.scenarios.Dispatcher.secondsAgo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.scenarios.Dispatcher.Fix;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What becomes of the fixes of a vehicle. */
class IntakeScenarios extends RunningTowline {

    @Test
    void saysOfEachFixWhatBecameOfIt() {
        String session = dispatcher.session();
        Fix known = secondsAgo(100);
        dispatcher.send(session, known);
        Instant now = Instant.now();

        JsonNode results = dispatcher.sendAll(
                session,
                secondsAgo(80),
                known,
                secondsAgo(90),
                new Fix(now.minusSeconds(70), 90.5, 0),
                new Fix(now.minusSeconds(70), 0, -180.5),
                new Fix(now.plus(Duration.ofMinutes(5)), 30, -97),
                new Fix(now.minus(Duration.ofHours(1)), 30, -97),
                secondsAgo(60));
        assertThat(texts(results, "outcome"))
                .containsExactly(
                        "STORED", "DUPLICATE", "LATE", "REJECTED", "REJECTED", "REJECTED", "REJECTED", "STORED");
        assertThat(texts(results, "sequence")).containsExactly("3", "", "", "", "", "", "", "4");
        assertThat(texts(results, "reason"))
                .satisfiesExactly(
                        reason -> assertThat(reason).isEmpty(),
                        reason -> assertThat(reason).isEmpty(),
                        reason -> assertThat(reason).isEmpty(),
                        reason -> assertThat(reason).contains("latitude"),
                        reason -> assertThat(reason).contains("longitude"),
                        reason -> assertThat(reason).contains("future"),
                        reason -> assertThat(reason).contains("before the session"),
                        reason -> assertThat(reason).isEmpty());
        assertThat(results).allMatch(result -> result.at("/session/sequence").asInt() == 4);
    }

    @Test
    void writesNothingForWhatIsNotNew() {
        String session = dispatcher.session();
        Fix known = secondsAgo(100);
        int version = dispatcher.send(session, known).at("/session/version").asInt();
        assertThat(dispatcher.send(session, known).path("outcome").asString()).isEqualTo("DUPLICATE");
        Fix late = secondsAgo(120);
        assertThat(dispatcher.send(session, late).path("outcome").asString()).isEqualTo("LATE");
        assertThat(dispatcher.send(session, late).path("outcome").asString()).isEqualTo("DUPLICATE");
        JsonNode after = dispatcher.readSession(session);
        assertThat(after.path("version").asInt()).isEqualTo(version);
        assertThat(after.at("/currentLocation/recordedAt").asString()).isEqualTo(known.recordedAtText());
    }

    @Test
    void doesNotTouchTheVendor() {
        String vendor = dispatcher.vendor();
        String session = dispatcher.session(dispatcher.incident(), vendor);
        JsonNode before = dispatcher.readVendor(vendor);
        dispatcher.send(session, secondsAgo(10));
        assertThat(dispatcher.readVendor(vendor)).isEqualTo(before);
    }

    @Test
    void numbersFixesThatComeAtTheSameTimeWithoutGaps() throws InterruptedException {
        String session = dispatcher.session();
        try (Watching watching = Watching.session(dispatcher.api(), session, "sequence location { sequence }")) {
            watching.next();
            List<JsonNode> results = Together.run(IntStream.rangeClosed(1, 20)
                    .<Together.Task<JsonNode>>mapToObj(i -> () -> dispatcher.send(session, secondsAgo(10 * i)))
                    .toList());

            List<Integer> sequences = results.stream()
                    .filter(result -> result.path("outcome").asString().equals("STORED"))
                    .map(result -> result.path("sequence").asInt())
                    .sorted()
                    .toList();
            assertThat(sequences)
                    .containsExactlyElementsOf(IntStream.rangeClosed(2, sequences.size() + 1)
                            .boxed()
                            .toList());
            assertThat(results)
                    .allMatch(result -> List.of("STORED", "LATE")
                            .contains(result.path("outcome").asString()));
            JsonNode after = dispatcher.readSession(session);
            assertThat(after.path("sequence").asInt()).isEqualTo(sequences.getLast());
            assertThat(Instant.parse(after.at("/currentLocation/recordedAt").asString()))
                    .isAfter(Instant.now().minusSeconds(40));
            assertThat(after.at("/currentLocation/latitude").asDouble())
                    .isEqualTo(secondsAgo(10).latitude());
            assertThat(dispatcher
                            .api()
                            .query("getTrackingSession(id: '%s') { trail { edges { cursor } } }".formatted(session))
                            .at("/trail/edges"))
                    .hasSize(20);

            dispatcher.step(session, "COMPLETED");
            assertThat(watching.rest())
                    .extracting(update -> update.path("sequence").asInt())
                    .containsExactlyElementsOf(IntStream.rangeClosed(2, sequences.getLast() + 1)
                            .boxed()
                            .toList());
        }
    }

    @Test
    void takesMoreFixesAtOnceThanDynamoDbWritesAtOnce() {
        String session = dispatcher.session();
        Fix[] fixes = IntStream.range(0, 250).mapToObj(i -> secondsAgo(600 - i)).toArray(Fix[]::new);
        JsonNode results = dispatcher.sendAll(session, fixes);
        assertThat(texts(results, "sequence"))
                .containsExactlyElementsOf(IntStream.rangeClosed(2, 251)
                        .mapToObj(Integer::toString)
                        .toList());
        assertThat(dispatcher
                        .readSession(session)
                        .at("/currentLocation/sequence")
                        .asInt())
                .isEqualTo(251);
        assertThat(texts(dispatcher.sendAll(session, fixes), "outcome")).containsOnly("DUPLICATE");
    }

    @Test
    void takesFiveHundredFixesAtMost() {
        String session = dispatcher.session();
        Fix impossible = new Fix(Instant.now(), 91, 0);
        assertThat(dispatcher.sendAll(
                        session, Collections.nCopies(500, impossible).toArray(Fix[]::new)))
                .hasSize(500);
        String locations = String.join(", ", Collections.nCopies(501, impossible.literal()));
        dispatcher
                .api()
                .refused("updateLocations(input: {sessionId: '%s', locations: [%s]}) { outcome }"
                        .formatted(session, locations))
                .is("BAD_INPUT", "input.locations", "500");
        assertThat(dispatcher.sendAll(session)).isEmpty();
    }

    @Test
    void rejectsEverythingOnceTheSessionHasEnded() {
        String session = dispatcher.session();
        dispatcher.send(session, secondsAgo(100));
        dispatcher.step(session, "COMPLETED");
        JsonNode results = dispatcher.sendAll(session, secondsAgo(100), secondsAgo(90), secondsAgo(110));
        assertThat(texts(results, "outcome")).containsOnly("REJECTED");
        assertThat(texts(results, "reason")).allMatch(reason -> reason.contains("COMPLETED"));
        assertThat(dispatcher.readSession(session).path("sequence").asInt()).isEqualTo(3);
    }

    @Test
    void saysThatThereIsNoSuchSession() {
        dispatcher
                .api()
                .refused("updateLocation(input: {sessionId: 'nothing', location: %s}) { outcome }"
                        .formatted(secondsAgo(1).literal()))
                .is("NOT_FOUND", "input.sessionId");
    }

    private static List<String> texts(JsonNode results, String field) {
        return results.valueStream()
                .map(result -> result.path(field).asString(""))
                .toList();
    }
}

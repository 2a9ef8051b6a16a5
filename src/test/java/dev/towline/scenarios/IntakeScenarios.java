package dev.towline.scenarios;

import static dev.towline.scenarios.Dispatcher.secondsAgo;
import static dev.towline.scenarios.Json.json;
import static java.time.ZoneOffset.UTC;
import static java.time.format.DateTimeFormatter.ISO_LOCAL_DATE_TIME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.local.AlsoWithoutDax;
import dev.towline.scenarios.Dispatcher.Fix;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The outcomes of fixes. */
@AlsoWithoutDax
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
                secondsAgo(110),
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
                        reason -> assertThat(reason).contains("before the start of the session"),
                        reason -> assertThat(reason).isEmpty());
        assertThat(results).allMatch(result -> result.at("/session/sequence").asInt() == 4);
    }

    @Test
    void keepsTheFixWhateverElseItSays() {
        String session = dispatcher.session();
        List<Double> numbers = List.of(
                1e126,
                1e308,
                3e8,
                -1.0,
                -1e126,
                Double.MAX_VALUE,
                20_040_000.0,
                1e-135,
                1e-320,
                -1e-135,
                -0.0,
                0.0,
                90.0);
        List<Map<String, Object>> fixes = new ArrayList<>();
        for (double number : numbers) {
            Map<String, Object> fix = fix(secondsAgo(100 - fixes.size()));
            fix.put("speedMetersPerSecond", number);
            fix.put("headingDegrees", number);
            fix.put("accuracyMeters", number);
            fixes.add(fix);
        }
        Answer answer = sendAll(session, fixes);
        assertThat(texts(answer.value(), "outcome")).containsOnly("STORED").hasSize(numbers.size());
        String trail =
                "getTrackingSession(id: '%s') { trail { edges { node { speedMetersPerSecond headingDegrees accuracyMeters } } } }"
                        .formatted(session);
        List<JsonNode> kept = dispatcher
                .api()
                .query(trail)
                .at("/trail/edges")
                .valueStream()
                .map(edge -> edge.path("node"))
                .toList();
        JsonNode nothing = json("{speedMetersPerSecond: null, headingDegrees: null, accuracyMeters: null}");
        JsonNode zero = json("{speedMetersPerSecond: 0.0, headingDegrees: 0.0, accuracyMeters: 0.0}");
        assertThat(kept.subList(0, 7)).containsOnly(nothing);
        assertThat(kept.subList(7, 12)).containsOnly(zero);
        assertThat(kept.get(12))
                .isEqualTo(json("{speedMetersPerSecond: 90.0, headingDegrees: 90.0, accuracyMeters: 90.0}"));
    }

    @Test
    void ignoresImpossibleSpeeds() {
        String session = dispatcher.session();
        Fix fix = secondsAgo(10);
        Map<String, Object> fast = fix(new Fix(fix.recordedAt(), 30.35, -97.75));
        fast.put("speedMetersPerSecond", 3e8);
        JsonNode eta = sendAll(session, List.of(fast)).value().get(0).at("/session/eta");
        assertThat(eta.path("durationSeconds").asInt()).isEqualTo(914);
        assertThat(Instant.parse(eta.path("arrivesAt").asString()))
                .isEqualTo(fix.recordedAt().plusSeconds(914));
    }

    @Test
    void namesANumberThatIsNone() {
        String session = dispatcher.session();
        Stream.of("latitude", "longitude", "speedMetersPerSecond", "headingDegrees", "accuracyMeters")
                .forEach(field -> {
                    Map<String, Object> fix = fix(secondsAgo(10));
                    fix.put(field, new BigDecimal("1e400"));
                    sendAll(session, List.of(fix(secondsAgo(20)), fix))
                            .refusal()
                            .is("BAD_INPUT", "input.locations[1]." + field);
                });
        assertThat(dispatcher.readSession(session).path("sequence").asInt())
                .as("nothing was executed")
                .isEqualTo(1);
    }

    @Test
    void readsTimesAsRfc3339HasThem() {
        String session = dispatcher.session();
        Instant time = secondsAgo(100).recordedAt();
        List<String> texts = List.of(
                time.atOffset(UTC).plusHours(18).plusMinutes(30).format(ISO_LOCAL_DATE_TIME) + "+18:30",
                time.plusSeconds(1).toString().toLowerCase(Locale.ROOT),
                time.plusSeconds(3).toString().replaceAll("[.Z].*", ".0123456789Z"));
        List<Map<String, Object>> fixes = new ArrayList<>();
        texts.forEach(text -> {
            Map<String, Object> fix = fix(secondsAgo(10 - fixes.size()));
            fix.put("recordedAt", text);
            fixes.add(fix);
        });
        assertThat(texts(sendAll(session, fixes).value(), "outcome")).containsOnly("STORED");
        Stream.of(
                        "2026-03-21T15:33Z",
                        "2026-03-21T15:33:00.Z",
                        "2026-03-21T15:33:00+00",
                        "2026-03-21T15:33:00+05:30:00")
                .forEach(text -> {
                    Map<String, Object> fix = fix(secondsAgo(1));
                    fix.put("recordedAt", text);
                    sendAll(session, List.of(fix))
                            .refusal()
                            .is("BAD_INPUT", "input.locations[0].recordedAt", "RFC 3339");
                    dispatcher
                            .api()
                            .refused(
                                    "updateLocation(input: {sessionId: '%s', location: {latitude: 1, longitude: 1, recordedAt: '%s'}}) { outcome }"
                                            .formatted(session, text))
                            .is("BAD_INPUT", "input.location.recordedAt", "RFC 3339");
                    dispatcher
                            .api()
                            .refused(
                                    "startTrackingSession(input: {incidentId: 'i', vendorId: 'v', startedAt: '%s'}) { id }"
                                            .formatted(text))
                            .is("BAD_INPUT", "input.startedAt", "RFC 3339");
                });
        dispatcher
                .api()
                .refused("startTrackingSession(input: {incidentId: 'i', vendorId: 'v', startedAt:"
                        + " '2016-12-31T23:59:60Z'}) { id }")
                .is("BAD_INPUT", "input.startedAt", "7 days");
    }

    @Test
    void writesNothingForWhatIsNotNew() {
        String session = dispatcher.session();
        Fix known = secondsAgo(100);
        int version = dispatcher.send(session, known).at("/session/version").asInt();
        assertThat(dispatcher.send(session, known).path("outcome").asString()).isEqualTo("DUPLICATE");
        assertThat(dispatcher.readSession(session).path("version").asInt()).isEqualTo(version);
        Fix late = secondsAgo(120);
        assertThat(dispatcher.send(session, late).path("outcome").asString()).isEqualTo("LATE");
        assertThat(dispatcher.send(session, late).path("outcome").asString()).isEqualTo("DUPLICATE");
        JsonNode after = dispatcher.readSession(session);
        assertThat(after.path("version").asInt()).isEqualTo(version + 1);
        assertThat(after.path("sequence").asInt())
                .as("a LATE fix has no number")
                .isEqualTo(2);
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
    void letsFixesOfTheSameSessionTakeTurnsInsteadOfColliding() throws InterruptedException {
        String session = dispatcher.session();
        DYNAMO.forgetRequests();
        Together.run(IntStream.rangeClosed(1, 20)
                .<Together.Task<JsonNode>>mapToObj(i -> () -> dispatcher.send(session, secondsAgo(10 * i)))
                .toList());
        assertThat(DYNAMO.requests("GetItem")).as("reads of the state").hasSize(1);
        assertThat(DYNAMO.requests("TransactWriteItems").size()
                        + DYNAMO.requests("PutItem").size())
                .isEqualTo(20);
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
        dispatcher
                .answerToAll(session, Collections.nCopies(501, impossible).toArray(Fix[]::new))
                .refusal()
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

    private static Map<String, Object> fix(Fix fix) {
        return new HashMap<>(
                Map.of("latitude", fix.latitude(), "longitude", fix.longitude(), "recordedAt", fix.recordedAtText()));
    }

    private Answer sendAll(String session, List<Map<String, Object>> fixes) {
        return dispatcher
                .api()
                .ask(
                        "mutation($input: UpdateLocationsInput!) { updateLocations(input: $input) { outcome session {"
                                + " eta { durationSeconds arrivesAt } } } }",
                        Map.of("input", Map.of("sessionId", session, "locations", fixes)));
    }

    private static List<String> texts(JsonNode results, String field) {
        return results.valueStream()
                .map(result -> result.path(field).asString(""))
                .toList();
    }
}

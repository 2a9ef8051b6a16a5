package dev.towline.scenarios;

import static dev.towline.scenarios.Dispatcher.secondsAgo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.towline.dynamo.DynamoRequest;
import dev.towline.dynamo.Fault;
import dev.towline.dynamo.Lagging;
import dev.towline.local.AlsoWithoutDax;
import dev.towline.store.ChangeStages;
import dev.towline.vendor.EmptySearches;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** The cache of one instance, seen from outside. */
@AlsoWithoutDax
class CacheScenarios extends RunningTowline {

    private static final Map<String, String> REPORT = Map.of("X-Towline-Cache-Report", "1");

    @Autowired
    private MeterRegistry meters;

    @Autowired
    private ChangeStages stages;

    @BeforeEach
    void countFromHere() {
        forgetReads();
    }

    @AfterEach
    void calm() {
        DYNAMO.calm();
    }

    @Test
    void readsOnceAndSaysWhereAnswersComeFrom() {
        String session = dispatcher.session();
        forgetReads();
        String query =
                "{ getTrackingSession(id: '%s') { status vendor { name } incident { status } } }".formatted(session);
        JsonNode first = report(query, REPORT);
        for (String path : List.of("/getTrackingSession", "/getTrackingSession/incident")) {
            assertThat(line(first, path)).as(path).isEqualTo("miss absent store public");
        }
        // Vendors are shared, as soon as this instance has run for long enough to know what is of use.
        String vendor = line(first, "/getTrackingSession/vendor");
        assertThat(vendor).isIn("miss absent store public", "hit null l2 public");
        assertThat(reads()).hasSize(vendor.contains("l2") ? 2 : 3);

        forgetReads();
        JsonNode second = report(query, REPORT);
        assertThat(reads()).isEmpty();
        for (String path :
                List.of("/getTrackingSession", "/getTrackingSession/vendor", "/getTrackingSession/incident")) {
            assertThat(line(second, path)).as(path).isEqualTo("hit null l1 public");
            assertThat(second.path(path).path("ageMs").asLong(-1)).isBetween(0L, 5_000L);
        }
        assertThat(second.path("/getTrackingSession").path("remainingTtlMs").asLong())
                .isBetween(1L, 5_000L);
        assertThat(second.path("/getTrackingSession/vendor")
                        .path("remainingTtlMs")
                        .asLong())
                .isBetween(200_000L, 300_000L);
    }

    @Test
    void everyChangePassesTheStagesInTheirOrder() {
        assertThat(stages.inOrder())
                .extracting(stage -> stage.stage() + " " + stage.getClass().getSimpleName())
                .containsExactly(
                        "INDEX VendorIndex",
                        "SHARED SharedStage",
                        "LOCAL KnownLinks",
                        "LOCAL CurrentSessions",
                        "LOCAL KnownSessions",
                        "LOCAL LocalStage",
                        "LIVE OpenLinks",
                        "LIVE SessionTopic",
                        "BUS BusStage");
    }

    @Test
    void redactsASearchForEachViewerAndNeverInWhatIsRemembered() {
        dispatcher.vendor();
        new Nearby(dispatcher.api(), meters).untilIndexed();
        String search =
                "{ searchVendorsNearby(near: {latitude: 30.25, longitude: -97.75}, radiusMiles: 50) { totalCount } }";
        Caller findsNobody = dispatcher.api().named(EmptySearches.SUBJECT);

        assertThat(count(findsNobody, search)).as("asks first").isZero();
        assertThat(count(dispatcher.api(), search)).as("the next viewer").isEqualTo(1);
        assertThat(count(findsNobody, search)).as("from memory").isZero();
        JsonNode report = report(search, REPORT);
        assertThat(line(report, "/searchVendorsNearby"))
                .as("it was remembered all the time")
                .startsWith("hit");
    }

    private static int count(Caller caller, String search) {
        return caller.ask(search).value().path("totalCount").asInt(-1);
    }

    @Test
    void reportsOnlyWhereAsked() {
        JsonNode response = dispatcher.api().response("{ getVendor(id: 'v1') { id } }", Map.of(), Map.of());
        assertThat(response.path("extensions").has("cache")).isFalse();
        JsonNode twice = dispatcher
                .api()
                .responseTo(
                        "{ getVendor(id: 'v1') { id } }",
                        List.of(Map.entry("X-Towline-Cache-Report", "1"), Map.entry("X-Towline-Cache-Report", "1")));
        assertThat(twice.has("errors")).isFalse();
        assertThat(twice.path("extensions").has("cache"))
                .as("it has one value or none")
                .isFalse();
    }

    @Test
    void countsByFieldTierAndResult() {
        double inMemory = hits("l1");
        double inAnswers = hits("answer");
        String vendor = dispatcher.vendor();
        dispatcher.readVendor(vendor);
        dispatcher.readVendor(vendor);
        dispatcher.readVendor(vendor);
        assertThat(hits("l1")).isEqualTo(inMemory + 1);
        assertThat(hits("answer")).isEqualTo(inAnswers + 1);
    }

    private double hits(String tier) {
        return meters.counter("towline.cache.requests", "field", "Query.getVendor", "tier", tier, "result", "hit")
                .count();
    }

    @Test
    void sharesOneEntryAmongAllFieldsOfAnEntity() {
        String vendor = dispatcher.vendor();
        dispatcher.readVendor(vendor);
        forgetReads();
        JsonNode many = report("{ getVendors(ids: ['%1$s', '%1$s']) { name } }".formatted(vendor), REPORT);
        assertThat(line(many, "/getVendors")).startsWith("hit");
        assertThat(reads()).isEmpty();
    }

    @Test
    void loadsAKeyOnceForEverybodyWhoWaits() throws InterruptedException {
        String incident = dispatcher.incident();
        forgetReads();
        DYNAMO.always("BatchGetItem", Fault.slow(Duration.ofSeconds(1)));
        List<JsonNode> answers = Together.run(IntStream.range(0, 100)
                .<Together.Task<JsonNode>>mapToObj(_ -> () -> dispatcher.readIncident(incident))
                .toList());
        assertThat(answers)
                .hasSize(100)
                .allSatisfy(answer -> assertThat(answer.path("id").asString()).isEqualTo(incident));
        assertThat(reads()).hasSize(1);
    }

    @Test
    void neverAnswersOlderThanItAcknowledgedHoweverFarReadsLagBehind() {
        Lagging.inFrontOf(DYNAMO);
        String vendor = dispatcher.vendor();
        assertThat(dispatcher.readVendor(vendor).path("version").asInt()).isEqualTo(1);
        String incident = dispatcher.incident();
        assertThat(dispatcher.readIncident(incident).path("status").asString()).isEqualTo("REPORTED");
        String session = dispatcher.session(incident, vendor);
        assertThat(dispatcher.readVendor(vendor).path("availability").asString())
                .isEqualTo("BUSY");
        assertThat(dispatcher.readIncident(incident).at("/activeSession/id").asString())
                .isEqualTo(session);
        for (int i = 10; i > 0; i--) {
            int sequence =
                    dispatcher.send(session, secondsAgo(i)).path("sequence").asInt();
            assertThat(dispatcher.readSession(session).path("sequence").asInt()).isEqualTo(sequence);
        }
        dispatcher.step(session, "COMPLETED");
        assertThat(dispatcher.readSession(session).path("status").asString()).isEqualTo("COMPLETED");
        assertThat(dispatcher.readVendor(vendor).path("availability").asString())
                .isEqualTo("AVAILABLE");
        assertThat(dispatcher.readIncident(incident).path("status").asString()).isEqualTo("RESOLVED");
    }

    @Test
    void showsAfterEachOfTwoMutationsWhatItHasDone() {
        String session = dispatcher.session();
        String vendor = dispatcher.readSession(session).at("/vendor/id").asString();
        Answer answer = dispatcher.api().ask("""
            mutation {
              a: updateSessionStatus(input: {sessionId: '%1$s', status: EN_ROUTE}) { vendor { availability } }
              b: setVendorAvailability(input: {vendorId: '%2$s', availability: OFFLINE}) { id }
              c: updateSessionStatus(input: {sessionId: '%1$s', status: COMPLETED}) { vendor { availability } }
            }\
            """.formatted(session, vendor));
        assertThat(answer.errors()).isEmpty();
        assertThat(answer.data().at("/a/vendor/availability").asString()).isEqualTo("BUSY");
        assertThat(answer.data().at("/c/vendor/availability").asString()).isEqualTo("OFFLINE");
    }

    @Test
    void goesOnWithWhatItKnowsWhileTheDatabaseIsCutOff() {
        String vendor = dispatcher.vendor();
        dispatcher.readVendor(vendor);
        DYNAMO.cutOff();
        assertThat(dispatcher.readVendor(vendor).path("id").asString()).isEqualTo(vendor);
        dispatcher.api().refusedQuery("getVendor(id: 'unknown') { id }").is("UNAVAILABLE", null);
    }

    @Test
    void remembersASearchUntilSomethingHappensThere() {
        String near = "near: {latitude: 30.25, longitude: -97.75}, radiusMiles: 5";
        String far = "near: {latitude: 45.0, longitude: -97.75}, radiusMiles: 5";
        String vendor = dispatcher.vendor();
        await().atMost(Duration.ofSeconds(20)).until(() -> search(near).equals("hit"));
        await().atMost(Duration.ofSeconds(20)).until(() -> search(far).equals("hit"));

        dispatcher
                .api()
                .mutate("setVendorAvailability(input: {vendorId: '%s', availability: OFFLINE}) { id }"
                        .formatted(vendor));
        assertThat(search(near)).as("it changed").isEqualTo("miss");
        assertThat(search(near)).isEqualTo("hit");
        assertThat(search(far)).isEqualTo("hit");

        dispatcher
                .api()
                .mutate("updateVendor(input: {vendorId: '%s', position: {latitude: 45.0, longitude: -97.75}}) { id }"
                        .formatted(vendor));
        assertThat(search(near)).as("it left").isEqualTo("miss");
        assertThat(search(far)).as("it came").isEqualTo("miss");

        dispatcher.vendor();
        assertThat(search(near)).as("there is a new one").isEqualTo("miss");
        assertThat(search(far)).isEqualTo("hit");
    }

    @Test
    void answersNothingOlderThanAClientHasSeen() {
        String vendor = dispatcher.vendor();
        dispatcher.readVendor(vendor);
        JsonNode report = report(
                "{ getVendor(id: '%s') { version } }".formatted(vendor),
                Map.of("X-Towline-Cache-Report", "1", "X-Towline-Seen", "vendor:" + vendor + "=2"));
        assertThat(line(report, "/getVendor")).as("it could be newer").isEqualTo("miss seen store public");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void readsWhatAClientHasSeenInAnyLine(int place) {
        String vendor = dispatcher.vendor();
        dispatcher.readVendor(vendor);
        List<String> lines = new ArrayList<>(List.of("vendor:other=1, , incident:another=1", "", ","));
        lines.set(place, lines.get(place) + ", vendor:" + vendor + "=2,");
        JsonNode report = dispatcher
                .api()
                .responseTo(
                        "{ getVendor(id: '%s') { version } }".formatted(vendor),
                        Stream.concat(
                                        Stream.of(Map.entry("X-Towline-Cache-Report", "1")),
                                        lines.stream().map(line -> Map.entry("X-Towline-Seen", line)))
                                .toList())
                .at("/extensions/cache");
        assertThat(line(report, "/getVendor")).isEqualTo("miss seen store public");
    }

    @Test
    void saysWhatIsWrongWithWhatAClientSaysItHasSeen() {
        JsonNode response = dispatcher
                .api()
                .response("{ getVendor(id: 'v1') { id } }", Map.of(), Map.of("X-Towline-Seen", "vehicle:v1=2"));
        Answer.of(response).refusal().is("BAD_INPUT", "X-Towline-Seen", "session:<id>=<version>");
        JsonNode inSecondLine = dispatcher
                .api()
                .responseTo(
                        "{ getVendor(id: 'v1') { id } }",
                        List.of(Map.entry("X-Towline-Seen", "vendor:v1=2"), Map.entry("X-Towline-Seen", "vendor:v2")));
        Answer.of(inSecondLine).refusal().is("BAD_INPUT", "X-Towline-Seen", "session:<id>=<version>");
    }

    @Test
    void showsNobodyWhatAnotherTenantHasMadeItRemember() {
        String vendor = dispatcher.vendor();
        dispatcher.readVendor(vendor);
        assertThat(newTenant()
                        .query("getVendor(id: '%s') { id }".formatted(vendor))
                        .isNull())
                .isTrue();
    }

    private String search(String where) {
        JsonNode report = report("{ searchVendorsNearby(%s) { totalCount } }".formatted(where), REPORT);
        return report.path("/searchVendorsNearby").path("result").asString();
    }

    private JsonNode report(String query, Map<String, String> headers) {
        JsonNode response = dispatcher.api().response(query, Map.of(), headers);
        assertThat(response.has("errors")).as("%s", response).isFalse();
        return response.at("/extensions/cache");
    }

    private static String line(JsonNode report, String path) {
        JsonNode line = report.path(path);
        return String.join(
                " ",
                line.path("result").asString(),
                line.path("reason").asString("null"),
                line.path("tier").asString(),
                line.path("scope").asString());
    }

    /** The reads of entities so far. */
    private static List<DynamoRequest> reads() {
        return DYNAMO.requests("BatchGetItem");
    }
}

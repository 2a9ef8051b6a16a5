package dev.towline.scenarios;

import static dev.towline.scenarios.Dispatcher.secondsAgo;
import static dev.towline.scenarios.Json.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.dynamo.DynamoRequest;
import dev.towline.edge.SocketClient;
import dev.towline.local.AlsoWithoutDax;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;

/** Whoever has a share link watches one session. */
@AlsoWithoutDax
class ShareLinkScenarios extends RunningTowline {

    private static final String SHARED =
            "getSharedSession { id status currentLocation { latitude } eta { durationSeconds }"
                    + " trail { edges { cursor } } incident { description position { latitude } }"
                    + " vendor { name phone position { latitude } } }";

    @Test
    void showsItsSessionAndNothingElse() {
        String session = dispatcher.session();
        String other = dispatcher.session();
        dispatcher.send(session, secondsAgo(100));
        Caller guest = holder(SharedLink.of(dispatcher.api(), session));

        assertThat(guest.query("getSharedSession { id currentLocation { latitude } vendor { name phone } }"))
                .isEqualTo(json("{id: '%s', currentLocation: {latitude: 30.26}, vendor: {name: 'Ace', phone: null}}"
                        .formatted(session)));
        assertThat(guest.query("getTrackingSession(id: '%s') { id }".formatted(other))
                        .isNull())
                .isTrue();
        guest.refusedQuery("listTrackingSessions { edges { cursor } }").is("FORBIDDEN", null);
        guest.refused("createShareLink(input: {sessionId: '%s', expiresInMinutes: 1}) { id }".formatted(session))
                .is("FORBIDDEN", null);
        guest.refused("updateSessionStatus(input: {sessionId: '%s', status: ARRIVED}) { id }".formatted(session))
                .is("FORBIDDEN", null);
        assertThat(dispatcher.api().query("getSharedSession { id }").isNull())
                .as("for a dispatcher")
                .isTrue();
    }

    /** The fragment of a URL is sent to no server, so no log has it. */
    @Test
    void hasTheSecretInTheFragmentOfItsAddress() {
        SharedLink link = SharedLink.of(dispatcher.api(), dispatcher.session());

        assertThat(link.url().toString())
                .matches("http://127\\.0\\.0\\.1:\\d+/track#tenant-[0-9a-f-]{36}\\." + link.id() + "\\.[\\w-]{43}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tenant", "id", "secret", "form"})
    void isNotGuessed(String part) {
        SharedLink link = SharedLink.of(dispatcher.api(), dispatcher.session());
        SharedLink other = SharedLink.of(dispatcher.api(), dispatcher.session());
        Caller foreign = newTenant();
        String text = link.text();
        String forged = switch (part) {
            case "tenant" -> text.replace(dispatcher.api().tenant(), foreign.tenant());
            case "id" -> text.replace(link.id(), other.id());
            case "secret" -> text.replace(link.secret(), other.secret());
            default -> text.substring(1);
        };

        dispatcher
                .api()
                .with("X-Towline-Share", forged)
                .refusedQuery("getSharedSession { id }")
                .is("UNAUTHENTICATED", null);
        try (SocketClient socket = SocketClient.connect(dispatcher.api().port())) {
            assertThat(socket.says(init(forged)).closed().code()).isEqualTo(4401);
        }
    }

    @Test
    void endsWhenItIsRevoked() {
        String session = dispatcher.session();
        SharedLink link = SharedLink.of(dispatcher.api(), session);
        SharedLink another = SharedLink.of(dispatcher.api(), session);
        Caller guest = holder(link);
        assertThat(guest.query("getSharedSession { id }").isNull()).isFalse();
        try (SocketClient socket = SocketClient.connect(guest.port())) {
            socket.says(init(link.text())).hears();
            socket.subscribes(
                    "1", "subscription { onTrackingUpdated(sessionId: \\'%s\\') { kind } }".formatted(session));
            assertThat(socket.hears("next", "1")
                            .at("/data/onTrackingUpdated/kind")
                            .asString())
                    .isEqualTo("SNAPSHOT");

            JsonNode revoked = revoke(dispatcher.api(), link);

            assertThat(socket.closed().code()).isEqualTo(4403);
            assertThat(revoked.path("url").isNull()).isTrue();
            assertThat(Instant.parse(revoked.path("revokedAt").asString()))
                    .isBetween(Instant.now().minusSeconds(60), Instant.now());
            assertThat(revoke(dispatcher.api(), link)).as("revoked again").isEqualTo(revoked);
        }
        guest.refusedQuery("getSharedSession { id }").is("UNAUTHENTICATED", null);
        assertThat(holder(another).query("getSharedSession { id }").isNull())
                .as("another link of the session")
                .isFalse();
    }

    @Test
    void tellsTheEndOfTheSessionWithoutALocation() {
        Caller reporter = dispatcher.api().named("reporter").with("X-Towline-Local-Role", "CALLER");
        String incident = new Dispatcher(reporter).incident();
        String vendor = dispatcher.vendor();
        String session = dispatcher.session(incident, vendor);
        dispatcher.send(session, secondsAgo(100));
        Caller guest = holder(SharedLink.of(reporter, session));
        String update =
                "kind status location { latitude } eta { durationSeconds } session { currentLocation { latitude } }";
        try (Watching watching = Watching.session(guest, session, update)) {
            assertThat(watching.next().at("/location/latitude").isNumber()).isTrue();

            dispatcher.step(session, "COMPLETED");

            assertThat(watching.rest())
                    .containsExactly(json("{kind: 'ENDED', status: 'COMPLETED', location: null, eta: null,"
                            + " session: {currentLocation: null}}"));
        }
        assertThat(guest.query(SHARED))
                .isEqualTo(json("{id: '%s', status: 'COMPLETED', currentLocation: null, eta: null, trail: {edges: []},"
                                .formatted(session)
                        + " incident: {description: null, position: null},"
                        + " vendor: {name: 'Ace', phone: null, position: null}}"));
        reporter.refused("createShareLink(input: {sessionId: '%s', expiresInMinutes: 1}) { id }".formatted(session))
                .is("CONFLICT", "input.sessionId");
    }

    @ParameterizedTest
    @CsvSource({"0", "1441", "-5"})
    void isValidForADayAtMost(int minutes) {
        dispatcher
                .api()
                .refused("createShareLink(input: {sessionId: '%s', expiresInMinutes: %s}) { id }"
                        .formatted(dispatcher.session(), minutes))
                .is("BAD_INPUT", "input.expiresInMinutes");
    }

    @Test
    void isOneOfTwentyAtMost() {
        String session = dispatcher.session();
        SharedLink first = SharedLink.of(dispatcher.api(), session);
        for (int i = 1; i < 20; i++) {
            SharedLink.of(dispatcher.api(), session);
        }
        String more = "createShareLink(input: {sessionId: '%s', expiresInMinutes: 9}) { id }".formatted(session);
        dispatcher.api().refused(more).is("CONFLICT", "input.sessionId");

        revoke(dispatcher.api(), first);

        assertThat(dispatcher.api().mutate(more).path("id").isString()).isTrue();
    }

    /** Each request of a guest must not cost reads. */
    @Test
    void isReadOnceForManyRequests() {
        String session = dispatcher.session();
        Caller guest = holder(SharedLink.of(dispatcher.api(), session));
        guest.query("getSharedSession { id }");
        forgetReads();
        for (int i = 0; i < 20; i++) {
            guest.query("getSharedSession { id }");
        }
        assertThat(DYNAMO.requests()).hasSizeLessThan(5);
    }

    /** Otherwise the time of an answer tells that a link exists. */
    @Test
    void aForeignLinkCostsAStrangerTheReadsOfAnAbsentOne() {
        SharedLink foreign = SharedLink.of(dispatcher.api(), dispatcher.session());
        Caller stranger = dispatcher.api().named("stranger").with("X-Towline-Local-Role", "CALLER");
        List<List<String>> reads = new ArrayList<>();
        for (String id : List.of(foreign.id(), UUID.randomUUID().toString())) {
            forgetReads();
            stranger.refused("revokeShareLink(input: {shareLinkId: '%s'}) { id }".formatted(id))
                    .is("NOT_FOUND", "input.shareLinkId");
            reads.add(DYNAMO.requests().stream().map(DynamoRequest::operation).toList());
        }
        assertThat(reads.getFirst()).hasSize(2).isEqualTo(reads.getLast());
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void isInTheAuditLogWithoutItsSecret(CapturedOutput output) {
        String incident = dispatcher.incident();
        String session = dispatcher.session(incident, dispatcher.vendor());
        SharedLink link = SharedLink.of(dispatcher.api(), session);
        holder(link).query("getSharedSession { id }");
        revoke(dispatcher.api(), link);
        dispatcher.api().mutate("cancelIncident(input: {incidentId: '%s'}) { id }".formatted(incident));

        assertThat(output.getOut())
                .contains("action=createShareLink object=\\\"" + link.id())
                .contains("action=revokeShareLink object=\\\"" + link.id())
                .contains("action=cancelIncident object=\\\"" + incident)
                .doesNotContain(link.secret());
    }

    private static JsonNode revoke(Caller viewer, SharedLink link) {
        return viewer.mutate("revokeShareLink(input: {shareLinkId: '%s'}) { id url revokedAt }".formatted(link.id()));
    }

    /** Somebody who has nothing but the link; what else they say of themselves counts for nothing. */
    private Caller holder(SharedLink link) {
        return dispatcher.api().with("X-Towline-Share", link.text());
    }

    private static String init(String text) {
        return "{'type':'connection_init','payload':{'x-towline-share':'%s'}}".formatted(text);
    }
}

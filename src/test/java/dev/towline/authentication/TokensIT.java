package dev.towline.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.towline.edge.Endpoint;
import dev.towline.edge.SocketClient;
import dev.towline.local.Http;
import dev.towline.local.LocalIssuer;
import dev.towline.local.RunsTowline;
import dev.towline.local.SharedStack;
import dev.towline.viewer.Role;
import dev.towline.viewer.Tenant;
import dev.towline.viewer.Viewer;
import dev.towline.viewer.ViewerSource;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** Tokens and API keys over each transport, with the issuer of the embedded stack. */
@RunsTowline
class TokensIT {

    private static final String REPORT =
            "{\"query\":\"mutation { createIncident(input: {kind: TIRE, position: {latitude: 1, longitude: 2}}) { id }"
                    + " }\"}";
    private static final String LIST = "{ listIncidents { edges { node { id } } } }";
    private static final String BODY = "{\"query\":\"" + LIST + "\"}";
    private static final String BOARD = "subscription { onDispatchChanged { kind id } }";
    private static final String PREFERRED = "application/graphql-response+json";

    private final LocalIssuer issuer = SharedStack.stack().issuer();
    private final String tenant = "tokens-" + UUID.randomUUID();

    @Autowired
    private List<ViewerSource> sources;

    @LocalServerPort
    private int port;

    /** A token that is not valid. */
    record Bad(String why, String token) {

        @Override
        public String toString() {
            return why;
        }
    }

    @Test
    void knowsTheViewerOverEachTransport() {
        String token = token(Duration.ofMinutes(5));
        Endpoint endpoint = new Endpoint(port);
        String id = endpoint.post(REPORT, "Authorization", "Bearer " + token)
                .body()
                .at("/data/createIncident/id")
                .asString();

        assertThat(endpoint.post(BODY, "authorization", token).text()).contains(id);
        assertThat(endpoint.get(Map.of("query", LIST), "Authorization", "bearer " + token)
                        .text())
                .contains(id);
        assertThat(endpoint.post(BODY, "Authorization", "Bearer " + token, "Accept", "text/event-stream")
                        .text())
                .contains(id);
        assertThat(overSocket("AUTHORIZATION", "Bearer " + token).toString()).contains(id);
        // another tenant
        assertThat(endpoint.post(BODY, "X-Towline-Local-Tenant", tenant).text()).contains(id);
        assertThat(endpoint.post(BODY, "Authorization", "Bearer " + tokenOf("other-" + tenant))
                        .text())
                .contains("\"edges\":[]");
    }

    static Stream<Bad> badTokens() throws Exception {
        LocalIssuer issuer = SharedStack.stack().issuer();
        Viewer viewer = new Viewer(Role.DISPATCHER, "dora", new Tenant("bad-tokens"));
        String good = issuer.token(viewer, Duration.ofMinutes(5)).token();
        SignedJWT parsed = SignedJWT.parse(good);
        JWTClaimsSet claims = parsed.getJWTClaimsSet();
        JWSHeader header = parsed.getHeader();
        var secret = new OctetSequenceKeyGenerator(256).keyID(header.getKeyID()).generate();
        try (LocalIssuer other = LocalIssuer.start()) {
            return Stream.of(
                    new Bad("garbage", "garbage"),
                    new Bad("no algorithm", new PlainJWT(claims).serialize()),
                    new Bad(
                            "HS256",
                            TestIssuer.signed(
                                    secret,
                                    new JWSHeader.Builder(JWSAlgorithm.HS256)
                                            .keyID(secret.getKeyID())
                                            .build(),
                                    claims)),
                    new Bad("the key of somebody else", TestIssuer.signed(TestIssuer.EC, header, claims)),
                    new Bad(
                            "a key that it brings",
                            TestIssuer.signed(
                                    TestIssuer.EC,
                                    new JWSHeader.Builder(JWSAlgorithm.ES256)
                                            .keyID("ec-1")
                                            .jwk(TestIssuer.EC.toPublicJWK())
                                            .build(),
                                    claims)),
                    new Bad(
                            "another issuer",
                            other.token(viewer, Duration.ofMinutes(5)).token()),
                    new Bad(
                            "expired",
                            issuer.token(viewer, Duration.ofSeconds(-1)).token()));
        }
    }

    @ParameterizedTest
    @MethodSource("badTokens")
    void refusesABadTokenOverEachTransport(Bad bad) {
        Endpoint endpoint = new Endpoint(port);
        for (Endpoint.Answer answer : List.of(
                endpoint.post(BODY, "Authorization", "Bearer " + bad.token, "Accept", PREFERRED),
                endpoint.get(Map.of("query", LIST), "Authorization", "Bearer " + bad.token, "Accept", PREFERRED))) {
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
            assertThat(answer.code()).isEqualTo("UNAUTHENTICATED");
            assertThat(answer.body().has("data")).isFalse();
        }
        assertThat(endpoint.post(BODY, "Authorization", "Bearer " + bad.token, "Accept", "text/event-stream")
                        .text())
                .contains("UNAUTHENTICATED")
                .doesNotContain("listIncidents");
        try (SocketClient socket = SocketClient.connect(port)) {
            assertThat(init(socket, "Authorization", bad.token).closed())
                    .isEqualTo(new SocketClient.Close(4401, "Unauthorized"));
        }
    }

    @Test
    void namesATokenThatIsHuge() {
        String huge = "x".repeat(8 * 1024 + 1);
        Endpoint.Answer answer = new Endpoint(port).post(BODY, "Authorization", huge);

        assertThat(answer.code()).isEqualTo("BAD_INPUT");
        assertThat(answer.argument()).isEqualTo("Authorization");
        try (SocketClient socket = SocketClient.connect(port)) {
            assertThat(init(socket, "Authorization", huge).closed().code()).isEqualTo(4400);
        }
    }

    @Test
    void knowsAMachineByItsApiKey() {
        Endpoint endpoint = new Endpoint(port);
        String id = endpoint.post(REPORT, "X-Api-Key", "robot-secret")
                .body()
                .at("/data/createIncident/id")
                .asString();

        assertThat(endpoint.post(BODY, "X-Towline-Local-Tenant", "robots").text())
                .contains(id);
        assertThat(overSocket("x-api-key", "robot-secret").toString()).contains(id);
        assertThat(endpoint.post(BODY, "X-Api-Key", "robot-secre").code()).isEqualTo("UNAUTHENTICATED");
    }

    /** Each pair of {@link ViewerSource}s that do not give way to others, valid or not. */
    @ParameterizedTest
    @CsvSource({"Authorization, x-api-key", "Authorization, X-Towline-Share", "x-api-key, X-Towline-Share"})
    void refusesTwoKindsOfCredentials(String one, String other) {
        Map<String, String> credentials = Map.of(
                "Authorization", token(Duration.ofMinutes(5)), "x-api-key", "robot-secret", "X-Towline-Share", "a.b.c");
        assertThat(sources.stream().map(ViewerSource::credential).filter(Objects::nonNull))
                .containsExactlyInAnyOrderElementsOf(credentials.keySet());
        String first = Objects.requireNonNull(credentials.get(one));
        String second = Objects.requireNonNull(credentials.get(other));

        Endpoint.Answer answer = new Endpoint(port).post(BODY, one, first, other, second);

        assertThat(answer.code()).isEqualTo("BAD_INPUT");
        assertThat(answer.argument()).isEqualTo(other);
        try (SocketClient socket = SocketClient.connect(port)) {
            socket.says(
                    "{'type':'connection_init','payload':{'%s':'%s','%s':'%s'}}".formatted(one, first, other, second));
            assertThat(socket.closed().code()).isEqualTo(4400);
        }
    }

    @Test
    void endsAnEventStreamWithItsToken() {
        String events = new Endpoint(port)
                .post(
                        "{\"query\":\"" + BOARD + "\"}",
                        "Authorization",
                        "Bearer " + token(Duration.ofSeconds(2)),
                        "Accept",
                        "text/event-stream")
                .text();

        assertThat(events).contains("RESET");
        assertThat(events.substring(events.lastIndexOf("event: next")))
                .startsWith("event: next\ndata: {\"errors\":[")
                .contains("\"code\":\"UNAUTHENTICATED\"")
                .endsWith("\n\nevent: complete\ndata: {}\n\n");
    }

    @Test
    void closesAWebSocketWithItsToken() {
        LocalIssuer.Token token = issuer.token(dora(tenant), Duration.ofSeconds(3));
        try (SocketClient socket = SocketClient.connect(port)) {
            assertThat(init(socket, "Authorization", token.token()).hears()).isEqualTo("{'type':'connection_ack'}");
            socket.subscribes("1", BOARD);
            assertThat(socket.hears("next", "1").toString()).contains("RESET");
            new Endpoint(port).post(REPORT, "X-Towline-Local-Tenant", tenant);
            assertThat(socket.hears("next", "1").toString()).contains("INCIDENT");

            assertThat(socket.closed()).isEqualTo(new SocketClient.Close(4403, "Forbidden"));
            assertThat(Instant.now())
                    .isBetween(token.expiresAt(), token.expiresAt().plusSeconds(5));
        }
        try (SocketClient socket = SocketClient.connect(port)) {
            assertThat(init(socket, "Authorization", token.token()).closed().code())
                    .isEqualTo(4401);
        }
    }

    @Test
    void givesATokenToAnybodyOnThisMachine() {
        JsonNode given = mint("{\"role\":\"CALLER\",\"subject\":\"carl\",\"tenant\":\"" + tenant
                        + "\",\"expiresInSeconds\":60}")
                .body();

        assertThat(Instant.parse(given.path("expiresAt").asString()))
                .isBetween(Instant.now().plusSeconds(50), Instant.now().plusSeconds(60));
        Endpoint.Answer report = new Endpoint(port)
                .post(REPORT, "Authorization", given.path("token").asString());
        assertThat(report.body().at("/data/createIncident/id").asString()).isNotEmpty();
        assertThat(new Endpoint(port)
                        .post(
                                "{\"query\":\"" + BOARD + "\"}",
                                "Authorization",
                                given.path("token").asString(),
                                "Accept",
                                "text/event-stream")
                        .text())
                .contains("FORBIDDEN");
        assertThat(mint("{}").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | body",
                "{ | body",
                "'' | body",
                "{\"role\":\"BOSS\"} | role",
                "{\"role\":\"GUEST\"} | role",
                "{\"role\":1} | role",
                "{\"subject\":\"a b\"} | subject",
                "{\"tenant\":\"a:b\"} | tenant",
                "{\"expiresInSeconds\":0} | expiresInSeconds",
                "{\"expiresInSeconds\":86401} | expiresInSeconds",
                "{\"expiresInSeconds\":1.5} | expiresInSeconds",
                "{\"name\":\"dora\"} | name"
            })
    void namesWhatIsWrongWithTheRequestForAToken(String body, String argument) {
        Endpoint.Answer answer = mint(body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.argument()).isEqualTo(argument);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text/plain", "application/x-www-form-urlencoded"})
    void givesATokenForJsonOnly(String contentType) {
        Endpoint.Answer answer =
                contentType.isEmpty() ? mint("{}", new String[0]) : mint("{}", "Content-Type", contentType);

        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.error().path("message").asString()).isEqualTo("`Content-Type` must be application/json.");
    }

    private Endpoint.Answer mint(String body) {
        return mint(body, "Content-Type", "application/json");
    }

    private Endpoint.Answer mint(String body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/local/token".formatted(port)));
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> response = Http.send(request.POST(BodyPublishers.ofString(body)));
        return new Endpoint.Answer(response.statusCode(), response.headers(), response.body());
    }

    private JsonNode overSocket(String name, String value) {
        try (SocketClient socket = SocketClient.connect(port)) {
            assertThat(init(socket, name, value).hears()).isEqualTo("{'type':'connection_ack'}");
            return socket.subscribes("1", LIST).hears("next", "1");
        }
    }

    private static SocketClient init(SocketClient socket, String name, String value) {
        return socket.says("{'type':'connection_init','payload':{'%s':'%s'}}".formatted(name, value));
    }

    private String token(Duration lifetime) {
        return issuer.token(dora(tenant), lifetime).token();
    }

    private String tokenOf(String otherTenant) {
        return issuer.token(dora(otherTenant), Duration.ofMinutes(5)).token();
    }

    private static Viewer dora(String tenant) {
        return new Viewer(Role.DISPATCHER, "dora", new Tenant(tenant));
    }
}
